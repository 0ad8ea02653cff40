// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Accounts for the bytes that one connection holds because its peer is slow. The first 8 KiB are
 * free; what all connections hold beyond them is bounded, for requests and for answers apart. Safe
 * for several threads.
 */
final class HeldBytes {
  /** The bytes held for one of the two purposes: at most a thirty-second of the heap. */
  enum Budget {
    REQUESTS,
    ANSWERS;

    private static final long MAX = Math.max(4L << 20, Runtime.getRuntime().maxMemory() / 32);

    private final AtomicLong reserved = new AtomicLong();

    private boolean reserve(long bytes) {
      if (bytes <= 0 || reserved.addAndGet(bytes) <= MAX) {
        reserved.addAndGet(Math.min(0, bytes));
        return true;
      }
      reserved.addAndGet(-bytes);
      return false;
    }
  }

  private static final long FREE = 8192;

  private final Budget budget;
  private long reserved;
  private boolean hasEnded;

  HeldBytes(Budget budget) {
    this.budget = budget;
  }

  /** Tells whether this connection may hold so many bytes; if not, it holds what it held before. */
  synchronized boolean hold(long bytes) {
    long beyond = Math.max(0, bytes - FREE);
    if (hasEnded || !budget.reserve(beyond - reserved)) {
      return false;
    }
    reserved = beyond;
    return true;
  }

  /** The connection has ended. */
  synchronized void end() {
    budget.reserve(-reserved);
    reserved = 0;
    hasEnded = true;
  }
}
