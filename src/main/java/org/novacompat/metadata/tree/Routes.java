// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.HashMap;
import java.util.Map;

/** Collects the routes of trees by full path. */
public final class Routes {
  private final Map<String, Route> byPath = new HashMap<>();

  Routes() {}

  /**
   * Adds a route.
   *
   * @param path the full path, normalised
   * @param route where it leads
   * @throws IllegalStateException when the path is taken
   */
  public void add(String path, Route route) {
    if (byPath.putIfAbsent(path, route) != null) {
      throw new IllegalStateException("two trees claim " + path);
    }
  }

  /** Gives the routes by path. */
  Map<String, Route> byPath() {
    return byPath;
  }
}
