// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Until when something may take, however many statements and databases it needs.
 *
 * @param time how long it was from the start
 * @param at when it ends, as {@link System#nanoTime} counts
 * @param whenSlow what happens before a slow database is asked, which has a time of its own
 */
public record Deadline(Duration time, long at, WhenSlow whenSlow) {

  /** From now on, and a slow database is waited for. */
  public static Deadline in(Duration time) {
    return new Deadline(time, System.nanoTime() + time.toNanos(), WhenSlow.WAIT);
  }

  /**
   * For all that is asked of databases on behalf of one request.
   *
   * @param whenSlow what happens before a slow database is asked
   */
  public static Deadline forGuest(WhenSlow whenSlow) {
    Deadline deadline = in(TimeBudget.GUEST);
    return new Deadline(deadline.time, deadline.at, whenSlow);
  }

  /** The same time again, from now on. */
  Deadline again() {
    return new Deadline(time, System.nanoTime() + time.toNanos(), whenSlow);
  }

  boolean isOver() {
    return isOverSince(Duration.ZERO);
  }

  boolean isOverSince(Duration overtime) {
    return at + overtime.toNanos() - System.nanoTime() <= 0;
  }

  /** How long the next step may take: even after the deadline, {@link TimeBudget#MIN_STEP}. */
  public int leftMillis() {
    long left = TimeUnit.NANOSECONDS.toMillis(at - System.nanoTime());
    return (int) Math.max(TimeBudget.MIN_STEP.toMillis(), left);
  }
}
