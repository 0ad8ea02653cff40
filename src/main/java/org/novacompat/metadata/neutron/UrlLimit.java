// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** How many ids fit into one call: Neutron refuses URLs longer than 8 KB. */
final class UrlLimit {
  private static final int LONGEST_URL = 8192;

  /** For the address, the path, the fields and a marker. */
  private static final int THE_REST = 512;

  private UrlLimit() {}

  /**
   * Splits ids so that each part fits, every id a parameter of its own.
   *
   * @param parameter the parameter's name
   * @param ids the ids, in which nothing needs escaping
   * @return the parts, in order
   */
  static List<List<String>> parts(String parameter, Collection<String> ids) {
    List<List<String>> parts = new ArrayList<>();
    int left = 0;
    for (String id : ids) {
      int length = parameter.length() + id.length() + 2;
      if (left < length) {
        parts.add(new ArrayList<>());
        left = LONGEST_URL - THE_REST;
      }
      parts.get(parts.size() - 1).add(id);
      left -= length;
    }
    return parts;
  }
}
