// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A part of a list: Neutron cuts long ones where its administrator set a limit.
 *
 * @param <T> what is listed
 */
interface Page<T extends Page.Item> {
  /** Something with an id. */
  interface Item {
    String id();
  }

  /**
   * A link to another page.
   *
   * @param rel {@code next} or {@code previous}
   */
  record Link(String rel) {}

  List<T> items();

  List<Link> links();

  /** More than any list that is asked for here has. */
  int MOST_PAGES = 1000;

  /**
   * Reads a list to its end; no further than where the pages lead back to one that was read.
   *
   * @param from reads the page after an item, by its id; the first page after null
   */
  static <T extends Item> List<T> all(Function<String, ? extends Page<T>> from) {
    List<T> all = new ArrayList<>();
    Set<String> markers = new HashSet<>();
    Page<T> page = from.apply(null);
    all.addAll(page.items());
    while (page.hasNext() && !page.items().isEmpty() && markers.size() < MOST_PAGES) {
      String marker = page.items().get(page.items().size() - 1).id();
      if (marker == null || !markers.add(marker)) {
        break;
      }
      page = from.apply(marker);
      all.addAll(page.items());
    }
    return all;
  }

  private boolean hasNext() {
    return links().stream().anyMatch(link -> "next".equals(link.rel()));
  }

  /** Checks that an answer has a list at all. */
  static <T> List<T> required(List<T> items) {
    if (items == null || items.contains(null)) {
      throw new IllegalArgumentException("no list");
    }
    return items;
  }

  /** The links, which most answers lack. */
  static List<Link> orNone(List<Link> links) {
    return links == null ? List.of() : links;
  }
}
