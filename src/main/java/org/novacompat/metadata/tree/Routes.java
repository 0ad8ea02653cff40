// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.novacompat.metadata.instance.Instance;

/**
 * Every path that the trees' tables name, in full, with the slot whose reply it shows. Built once;
 * looking up a path is one look into a hash table.
 */
final class Routes {
  private final Map<String, Slot> byPath;

  private Routes(Map<String, Slot> byPath) {
    this.byPath = byPath;
  }

  /**
   * What is made once for an instance and kept; several paths share it when they show the same.
   *
   * @param index its place among all slots
   * @param content makes it
   */
  record Slot(int index, Function<Instance, Reply> content) {}

  /** Finds the slot of a normalised path; null when no table names it. */
  Slot at(String path) {
    return byPath.get(path);
  }

  Set<String> paths() {
    return Collections.unmodifiableSet(byPath.keySet());
  }

  /** Collects routes. */
  static final class Builder {
    private final Map<String, Slot> byPath = new HashMap<>();
    private int slots;

    Slot slot(Function<Instance, Reply> content) {
      return new Slot(slots++, content);
    }

    void add(String path, Slot slot) {
      if (byPath.putIfAbsent(path, slot) != null) {
        throw new IllegalStateException("two trees claim " + path);
      }
    }

    Routes build() {
      return new Routes(byPath);
    }
  }
}
