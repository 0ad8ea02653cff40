// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.log;

import java.util.OptionalLong;

/** How many lines of one reason may be written within a period, and how many were left out. */
final class Budget {
  private final int maxLines;
  private final long periodNanos;
  private long start;
  private int written;
  private long leftOut;

  Budget(int maxLines, long periodNanos) {
    this.maxLines = maxLines;
    this.periodNanos = periodNanos;
  }

  /**
   * Takes the place of a line.
   *
   * @param now nanoseconds since any time
   * @return how many were left out before it; empty when this one is left out
   */
  synchronized OptionalLong take(long now) {
    if (written == 0 || now - start >= periodNanos) {
      start = now;
      written = 0;
    }
    if (written == maxLines) {
      leftOut++;
      return OptionalLong.empty();
    }
    written++;
    return OptionalLong.of(settle());
  }

  /** Whether the next line of this period will be left out; gives the period's start then. */
  synchronized OptionalLong spentSince() {
    return written == maxLines ? OptionalLong.of(start) : OptionalLong.empty();
  }

  /** How many are left out since a period's start; none when another period has begun. */
  synchronized long settle(long periodsStart) {
    return start == periodsStart ? settle() : 0;
  }

  synchronized long settle() {
    long missing = leftOut;
    leftOut = 0;
    return missing;
  }
}
