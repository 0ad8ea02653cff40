// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.lang.System.Logger.Level;
import java.util.Optional;
import org.novacompat.metadata.log.OutageLog;

/**
 * Whether something is away, and why. Says so in the log, at most once a minute however often it
 * fails, and once when it is over. Safe for several threads.
 */
final class Outage {
  private static final System.Logger LOG = System.getLogger(Outage.class.getName());

  private final String complaint;
  private volatile Optional<Exception> cause = Optional.empty();
  private final OutageLog log;
  private long now;

  /**
   * Creates it in the healthy state.
   *
   * @param complaint what the log says when it is away; the reason follows
   * @param relief what the log says when it is back
   */
  Outage(String complaint, String relief) {
    this.complaint = complaint;
    this.log = new OutageLog(LOG, relief, () -> this.now);
  }

  /** Why it is away; empty when it is not. */
  Optional<Exception> cause() {
    return cause;
  }

  /**
   * Notes a failure. One that comes of another outage is not told again.
   *
   * @param now nanoseconds
   * @return whether this is the outage's first
   */
  synchronized boolean failed(Exception why, long now) {
    boolean first = cause.isEmpty();
    cause = Optional.of(why);
    this.now = now;
    if (!(why instanceof AwayException)) {
      log.failed(Level.ERROR, () -> complaint + ": " + why.getMessage());
    }
    return first;
  }

  synchronized void over() {
    cause = Optional.empty();
    log.recovered();
  }
}
