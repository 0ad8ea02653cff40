// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Which instances of one cell have an address, and when that was read. It is made of arrays, some
 * 70 to 140 bytes for an instance with one address. Safe for several threads; what was read later
 * wins.
 */
final class AddressIndex {
  private static final long VACANT = Long.MAX_VALUE;

  private final SlotTable instances = new SlotTable();
  private long[] readAt = new long[instances.capacity()];
  private int[] firstAddress = new int[instances.capacity()];

  private final SlotTable addresses = new SlotTable();
  private int[] owner = new int[addresses.capacity()];
  private int[] nextOfOwner = new int[addresses.capacity()];

  /**
   * An instance with the address that was asked for.
   *
   * @param instance its UUID
   * @param readAt when its row was read
   */
  record Entry(UUID instance, long readAt) {}

  /** Sets the addresses of an instance; one without any is forgotten. */
  synchronized void put(UUID instance, List<Address> found, long time) {
    int slot =
        instances.first(instance.getMostSignificantBits(), instance.getLeastSignificantBits());
    if (slot == SlotTable.NONE) {
      if (!found.isEmpty()) {
        link(add(instance), found, time);
      }
    } else if (readAt[slot] <= time) {
      if (found.isEmpty()) {
        remove(slot);
      } else if (has(slot, found)) {
        readAt[slot] = time;
      } else {
        unlink(slot);
        link(slot, found, time);
      }
    }
  }

  synchronized List<Entry> find(Address address) {
    int link = addresses.first(address.high(), address.low());
    if (link == SlotTable.NONE) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>(1);
    for (; link != SlotTable.NONE; link = addresses.after(link)) {
      int slot = owner[link];
      UUID instance = new UUID(instances.high(slot), instances.low(slot));
      entries.add(new Entry(instance, readAt[slot]));
    }
    return entries;
  }

  /** Forgets the instances that were last read before this time. */
  synchronized void forgetReadBefore(long time) {
    for (int slot = 0; slot < instances.slots(); slot++) {
      if (readAt[slot] < time) {
        remove(slot);
      }
    }
  }

  private int add(UUID instance) {
    int slot = instances.add(instance.getMostSignificantBits(), instance.getLeastSignificantBits());
    if (instances.capacity() > readAt.length) {
      readAt = Arrays.copyOf(readAt, instances.capacity());
      firstAddress = Arrays.copyOf(firstAddress, instances.capacity());
    }
    return slot;
  }

  private void remove(int slot) {
    unlink(slot);
    instances.remove(slot);
    readAt[slot] = VACANT;
  }

  /** Last address first, so that {@link #has} finds them in order. */
  private void link(int slot, List<Address> found, long time) {
    int link = SlotTable.NONE;
    for (int i = found.size() - 1; i >= 0; i--) {
      int added = addresses.add(found.get(i).high(), found.get(i).low());
      if (addresses.capacity() > owner.length) {
        owner = Arrays.copyOf(owner, addresses.capacity());
        nextOfOwner = Arrays.copyOf(nextOfOwner, addresses.capacity());
      }
      owner[added] = slot;
      nextOfOwner[added] = link;
      link = added;
    }
    firstAddress[slot] = link;
    readAt[slot] = time;
  }

  private void unlink(int slot) {
    int link = firstAddress[slot];
    while (link != SlotTable.NONE) {
      int following = nextOfOwner[link];
      addresses.remove(link);
      link = following;
    }
  }

  private boolean has(int slot, List<Address> found) {
    int link = firstAddress[slot];
    for (Address address : found) {
      if (link == SlotTable.NONE
          || addresses.low(link) != address.low()
          || addresses.high(link) != address.high()) {
        return false;
      }
      link = nextOfOwner[link];
    }
    return link == SlotTable.NONE;
  }
}
