// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Arrays;

/**
 * The replies that an instance was asked for so far, by slot. Few of all slots are ever asked for,
 * so only those have a place. Immutable.
 */
final class Replies {
  private static final int OWN_BYTES = 64;
  private static final int BYTES_OF_A_PLACE = Short.BYTES + 4;

  static final Replies NONE = new Replies(new short[0], new Reply[0], OWN_BYTES);

  private final short[] slots;
  private final Reply[] replies;
  private final int bytes;

  private Replies(short[] slots, Reply[] replies, int bytes) {
    this.slots = slots;
    this.replies = replies;
    this.bytes = bytes;
  }

  /** Finds the reply of a slot; null when there is none yet. */
  Reply at(int slot) {
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == slot) {
        return replies[i];
      }
    }
    return null;
  }

  /** These and one more; one that equals another takes no memory of its own. */
  Replies with(int slot, Reply reply) {
    int places = slots.length;
    short[] moreSlots = Arrays.copyOf(slots, places + 1);
    Reply[] moreReplies = Arrays.copyOf(replies, places + 1);
    int equal = Arrays.asList(replies).indexOf(reply);
    moreSlots[places] = (short) slot;
    moreReplies[places] = equal < 0 ? reply : replies[equal];
    int more = BYTES_OF_A_PLACE + (equal < 0 ? reply.bytes() : 0);
    return new Replies(moreSlots, moreReplies, bytes + more);
  }

  /** Estimates the memory that they take. */
  int bytes() {
    return bytes;
  }
}
