// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.nova.AddressIndex.Entry;

class AddressIndexTest {
  private final AddressIndex index = new AddressIndex();

  @Test
  void findsWhatAPlainMapWould() {
    Random random = new Random(42);
    Map<UUID, Set<Address>> model = new HashMap<>();
    for (int time = 0; time < 50_000; time++) {
      UUID instance = new UUID(7, random.nextInt(2_000));
      Set<Address> addresses = new LinkedHashSet<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        addresses.add(address(random.nextInt(1_000)));
      }
      index.put(instance, List.copyOf(addresses), time);
      model.put(instance, addresses);
    }
    for (int number = 0; number < 1_000; number++) {
      Address address = address(number);
      Set<UUID> expected =
          model.keySet().stream()
              .filter(instance -> model.get(instance).contains(address))
              .collect(Collectors.toSet());
      assertEquals(expected, instancesWith(address));
    }
  }

  @Test
  void holdsAMillionInstances() {
    for (int number = 0; number < 1_000_000; number++) {
      index.put(new UUID(number, 1), List.of(address(number)), 0);
    }
    for (int number = 0; number < 1_000_000; number += 1_000) {
      assertEquals(List.of(new Entry(new UUID(number, 1), 0)), index.find(address(number)));
    }
  }

  @Test
  void prefersWhatWasReadLater() {
    UUID instance = new UUID(1, 1);
    index.put(instance, List.of(address(1)), 20);
    index.put(instance, List.of(address(2)), 10);
    assertEquals(List.of(new Entry(instance, 20)), index.find(address(1)));
    index.put(instance, List.of(address(1)), 30);
    assertEquals(List.of(new Entry(instance, 30)), index.find(address(1)));
  }

  @Test
  void forgetsWhatWasNotReadAgain() {
    List<UUID> kept = new ArrayList<>();
    for (int number = 0; number < 100; number++) {
      UUID instance = new UUID(1, number);
      index.put(instance, List.of(address(1), address(2)), number);
      if (number >= 60) {
        kept.add(instance);
      }
    }
    index.forgetReadBefore(60);
    assertEquals(new HashSet<>(kept), instancesWith(address(1)));
    assertEquals(new HashSet<>(kept), instancesWith(address(2)));
    index.put(new UUID(2, 2), List.of(address(3)), 70);
    assertEquals(Set.of(new UUID(2, 2)), instancesWith(address(3)));
  }

  private Set<UUID> instancesWith(Address address) {
    List<Entry> found = index.find(address);
    Set<UUID> instances = found.stream().map(Entry::instance).collect(Collectors.toSet());
    assertEquals(found.size(), instances.size());
    return instances;
  }

  private static Address address(int number) {
    return new Address(0, 0xffff_0a00_0000L + number);
  }
}
