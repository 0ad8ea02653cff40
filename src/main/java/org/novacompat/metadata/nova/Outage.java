// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether a database is away, and when to try it again: after a second, then ever later, at least
 * every five seconds. Says so in the log, at most once a minute. Safe for several threads.
 */
final class Outage {
  private static final System.Logger LOG = System.getLogger(Outage.class.getName());
  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);
  private static final long BETWEEN_LINES = TimeUnit.MINUTES.toNanos(1);

  private final String what;
  private Optional<Exception> cause = Optional.empty();
  private long pause;
  private long retryAt;
  private long nextLineAt;
  private boolean told;

  /**
   * Starts well.
   *
   * @param what the database, as the log names it
   */
  Outage(String what) {
    this.what = what;
  }

  /** Why it is away; empty when it is not. */
  synchronized Optional<Exception> cause() {
    return cause;
  }

  synchronized boolean isTimeToTry(long now) {
    return cause.isEmpty() || now >= retryAt;
  }

  synchronized void failed(Exception why, long now) {
    pause = cause.isEmpty() ? FIRST_PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
    retryAt = now + pause;
    cause = Optional.of(why);
    if (now >= nextLineAt) {
      nextLineAt = now + BETWEEN_LINES;
      told = true;
      LOG.log(
          Level.WARNING,
          "Addresses are not kept up to date: cannot read {0}: {1}",
          what,
          why.getMessage());
    }
  }

  synchronized void succeeded() {
    cause = Optional.empty();
    if (told) {
      told = false;
      LOG.log(Level.INFO, "Addresses are kept up to date again: {0} can be read", what);
    }
  }
}
