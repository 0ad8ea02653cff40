// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.lang.System.Logger.Level;
import java.util.Optional;
import org.novacompat.metadata.log.OutageLog;

/** Whether a database is unavailable, and why; the log tells of it. Safe for several threads. */
final class Outage {
  private static final System.Logger LOG = System.getLogger(Outage.class.getName());

  private final String complaint;
  private volatile Optional<Exception> cause = Optional.empty();
  private final OutageLog log;
  private long now;

  /**
   * Creates it in the healthy state.
   *
   * @param complaint what the log says when it is unavailable; the reason follows
   * @param relief what the log says when it is available again
   */
  Outage(String complaint, String relief) {
    this.complaint = complaint;
    this.log = new OutageLog(LOG, relief, () -> this.now);
  }

  /** Why it is unavailable; empty where it is not known to be. */
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
    if (!(why instanceof DatabaseUnavailableException)) {
      log.failed(Level.ERROR, () -> complaint + ": " + why.getMessage());
    }
    return first;
  }

  synchronized void over() {
    cause = Optional.empty();
    log.recovered();
  }
}
