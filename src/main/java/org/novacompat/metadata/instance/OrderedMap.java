// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values by name, in an order. It cannot be changed and takes little memory; to find a name it is
 * walked through.
 *
 * @param <V> the values
 */
final class OrderedMap<V> extends AbstractMap<String, V> {
  private final List<Map.Entry<String, V>> entries;

  private OrderedMap(List<Map.Entry<String, V>> entries) {
    this.entries = entries;
  }

  /** Makes a copy. */
  static <V> Map<String, V> copyOf(Map<String, V> map) {
    return map.isEmpty()
        ? Map.of()
        : new OrderedMap<>(
            map.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList());
  }

  @Override
  public Set<Map.Entry<String, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, V>> iterator() {
        return entries.iterator();
      }

      @Override
      public int size() {
        return entries.size();
      }
    };
  }
}
