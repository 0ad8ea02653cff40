// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Until when something may take, however many statements and databases it needs.
 *
 * @param at as {@link System#nanoTime} counts
 */
record Deadline(long at) implements Patience {
  /**
   * What a guest who waits is worth: an answer, or a clean refusal, in less than two seconds. The
   * pool's steps and the answer's own way take a part of those.
   */
  private static final Duration GUEST = Duration.ofMillis(1_250);

  /**
   * What every step gets, even after the deadline: a database is not to blame for a start or a
   * machine that takes its time.
   */
  private static final int LEAST_MILLIS = 250;

  /** From now on. */
  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** For all that is asked of databases on behalf of one request. */
  static Deadline forGuest() {
    return in(GUEST);
  }

  boolean isOver() {
    return at - System.nanoTime() <= 0;
  }

  boolean isOverSince(Duration time) {
    return at + time.toNanos() - System.nanoTime() <= 0;
  }

  /** How long the next step may take. */
  int leftMillis() {
    return (int) Math.max(LEAST_MILLIS, TimeUnit.NANOSECONDS.toMillis(at - System.nanoTime()));
  }

  @Override
  public Deadline deadline() {
    return this;
  }

  /** {@inheritDoc} What is slow cannot keep a deadline, and is not asked. */
  @Override
  public Deadline on(CellConnections.Way way) throws SQLException {
    if (way.isSlow()) {
      throw new SQLTransientException("it answers too late for guests", CellPool.OUT_OF_TIME);
    }
    return this;
  }
}
