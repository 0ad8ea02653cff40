// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.novacompat.metadata.instance.Instance;

/**
 * Every path that the trees' tables name, in full, with the slot whose reply it shows. Built once;
 * looking up a path is one look into a hash table.
 */
final class Routes {
  private final Map<String, Route> byPath;

  private Routes(Map<String, Route> byPath) {
    this.byPath = byPath;
  }

  /**
   * What is made once for an instance and kept; several paths share it when they show the same.
   *
   * @param index its place among all slots
   * @param content makes it
   */
  record Slot(int index, Function<Instance, Reply> content) {}

  /**
   * Where a path leads.
   *
   * @param slot what it shows
   * @param served whether it exists for an instance at all
   */
  record Route(Slot slot, Predicate<Instance> served) {}

  /** Finds the route of a normalised path; null when no table names it. */
  Route at(String path) {
    return byPath.get(path);
  }

  /** Collects routes. */
  static final class Builder {
    private final Map<String, Route> byPath = new HashMap<>();
    private int slots;

    Slot slot(Function<Instance, Reply> content) {
      return new Slot(slots++, content);
    }

    void add(String path, Route route) {
      if (byPath.putIfAbsent(path, route) != null) {
        throw new IllegalStateException("two trees claim " + path);
      }
    }

    Routes build() {
      return new Routes(byPath);
    }
  }
}
