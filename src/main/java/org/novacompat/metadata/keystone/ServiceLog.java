// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.novacompat.metadata.log.Seldom;

/** Tells the operator that a service cannot be asked, at most once a minute, and when it can. */
final class ServiceLog {
  private static final System.Logger LOG = System.getLogger(ServiceLog.class.getName());
  private static final long BETWEEN_LINES = TimeUnit.MINUTES.toNanos(1);

  private final String service;
  private final LongSupplier clock;
  private final Seldom early;
  private long nextLineAt;
  private volatile boolean told;

  /**
   * Creates it in the healthy state.
   *
   * @param service the service's name
   * @param clock {@link System#nanoTime}
   */
  ServiceLog(String service, LongSupplier clock) {
    this.service = service;
    this.clock = clock;
    this.early = new Seldom(LOG, Duration.ofNanos(BETWEEN_LINES), clock);
    this.nextLineAt = clock.getAsLong();
  }

  synchronized void failed(CallFailure why) {
    LOG.log(Level.DEBUG, service + " cannot be asked", why);
    long now = clock.getAsLong();
    if (now - nextLineAt >= 0) {
      nextLineAt = now + BETWEEN_LINES;
      told = true;
      LOG.log(Level.ERROR, "{0} cannot be asked: {1}", service, why.getMessage());
    }
  }

  /** Tells of a login that nobody waits for, because the last token is still valid. */
  void failedEarly(CallFailure why) {
    early.log(
        Level.WARNING,
        () ->
            service + "'s next token cannot be had yet, the last is used on: " + why.getMessage());
  }

  void succeeded() {
    if (told) {
      told = false;
      LOG.log(Level.INFO, "{0} can be asked again", service);
    }
  }
}
