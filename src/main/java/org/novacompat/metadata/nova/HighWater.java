// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * From which id on a growing table is to be read again. Ids are given out at insert and seen at
 * commit, so a row may appear below one that was already read; reading starts again from where it
 * stood some time ago.
 */
final class HighWater {
  /** How many ids back a late row is looked for at most. */
  static final int OVERLAP_ROWS = 1_000;

  private final long overlap;
  private final Deque<Mark> marks = new ArrayDeque<>();

  private record Mark(long id, long reachedAt) {}

  /**
   * Starts at the end of a table, with the rows before it still to be looked at for a while.
   *
   * @param lastId the highest id now
   * @param now nanoseconds
   * @param overlap how long after a higher id was seen a row may still be committed
   */
  HighWater(long lastId, long now, Duration overlap) {
    this.overlap = overlap.toNanos();
    marks.add(new Mark(Math.max(0, lastId - OVERLAP_ROWS), now));
    marks.add(new Mark(lastId, now));
  }

  /** The id after which to read. */
  long after(long now) {
    Mark oldest = marks.remove();
    while (!marks.isEmpty() && marks.peek().reachedAt <= now - overlap) {
      oldest = marks.remove();
    }
    marks.addFirst(oldest);
    return Math.max(oldest.id, marks.getLast().id - OVERLAP_ROWS);
  }

  /** Notes how far a reading came. */
  void reached(long id, long now) {
    if (id > marks.getLast().id) {
      marks.add(new Mark(id, now));
    }
  }
}
