// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.util.Arrays;

/**
 * A hash table from 128-bit keys to slots, which number whatever is kept beside it in arrays. A key
 * may have several slots. It holds 24 bytes a slot and no objects. Not safe for several threads.
 */
final class SlotTable {
  /** No slot. */
  static final int NONE = -1;

  private static final int FIRST_CAPACITY = 64;

  private long[] high = new long[FIRST_CAPACITY];
  private long[] low = new long[FIRST_CAPACITY];
  private int[] next = new int[FIRST_CAPACITY];
  private int[] heads = heads(FIRST_CAPACITY);
  private int slots;
  private int free = NONE;

  /** How many slots there may be before the arrays beside this must grow. */
  int capacity() {
    return high.length;
  }

  /** All slots ever given out are below this. */
  int slots() {
    return slots;
  }

  long high(int slot) {
    return high[slot];
  }

  long low(int slot) {
    return low[slot];
  }

  /** The first slot of a key, or {@link #NONE}. */
  int first(long keyHigh, long keyLow) {
    return sameKey(heads[bucket(keyHigh, keyLow)], keyHigh, keyLow);
  }

  /** The next slot with the same key, or {@link #NONE}. */
  int after(int slot) {
    return sameKey(next[slot], high[slot], low[slot]);
  }

  /** Gives a key a further slot. */
  int add(long keyHigh, long keyLow) {
    int slot = vacantSlot();
    high[slot] = keyHigh;
    low[slot] = keyLow;
    int bucket = bucket(keyHigh, keyLow);
    next[slot] = heads[bucket];
    heads[bucket] = slot;
    return slot;
  }

  /** Takes a slot away, to be given out again. */
  void remove(int slot) {
    int bucket = bucket(high[slot], low[slot]);
    if (heads[bucket] == slot) {
      heads[bucket] = next[slot];
    } else {
      int before = heads[bucket];
      while (next[before] != slot) {
        before = next[before];
      }
      next[before] = next[slot];
    }
    next[slot] = free;
    free = slot;
  }

  private int vacantSlot() {
    if (free != NONE) {
      int slot = free;
      free = next[slot];
      return slot;
    }
    if (slots == high.length) {
      grow();
    }
    return slots++;
  }

  /** All slots are in use when this is called. */
  private void grow() {
    int capacity = Math.multiplyExact(high.length, 2);
    high = Arrays.copyOf(high, capacity);
    low = Arrays.copyOf(low, capacity);
    next = Arrays.copyOf(next, capacity);
    heads = heads(capacity);
    for (int slot = 0; slot < slots; slot++) {
      int bucket = bucket(high[slot], low[slot]);
      next[slot] = heads[bucket];
      heads[bucket] = slot;
    }
  }

  private int sameKey(int from, long keyHigh, long keyLow) {
    int slot = from;
    while (slot != NONE && (low[slot] != keyLow || high[slot] != keyHigh)) {
      slot = next[slot];
    }
    return slot;
  }

  private int bucket(long keyHigh, long keyLow) {
    long mixed = (keyHigh * 31 + keyLow) * 0x9e37_79b9_7f4a_7c15L;
    return (int) (mixed >>> 32) & heads.length - 1;
  }

  private static int[] heads(int capacity) {
    int[] heads = new int[capacity];
    Arrays.fill(heads, NONE);
    return heads;
  }
}
