// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import java.util.concurrent.atomic.AtomicLong;

/** What is held for all peers that are slow, in bytes: at most a sixteenth of the heap. */
final class HeldBytes {
  private static final long MAX = Math.max(8L << 20, Runtime.getRuntime().maxMemory() / 16);

  private static final AtomicLong HELD = new AtomicLong();

  private HeldBytes() {}

  /** Reserves room; false, and nothing reserved, where there is none. */
  static boolean reserve(long bytes) {
    if (HELD.addAndGet(bytes) <= MAX) {
      return true;
    }
    HELD.addAndGet(-bytes);
    return false;
  }

  static void release(long bytes) {
    HELD.addAndGet(-bytes);
  }
}
