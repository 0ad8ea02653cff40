// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.novacompat.metadata.log.OutageLog;
import org.novacompat.metadata.log.RateLimitedLog;

/** Tells the operator that a service cannot be asked, at most once a minute, and when it can. */
final class ServiceLog {
  private static final System.Logger LOG = System.getLogger(ServiceLog.class.getName());

  private final String service;
  private final OutageLog outages;
  private final RateLimitedLog early;

  /**
   * Creates it in the healthy state.
   *
   * @param service the service's name
   * @param clock {@link System#nanoTime}
   */
  ServiceLog(String service, LongSupplier clock) {
    this.service = service;
    this.outages = new OutageLog(LOG, service + " can be asked again", clock);
    this.early = new RateLimitedLog(LOG, Duration.ofMinutes(1), clock);
  }

  void failed(CallFailure why) {
    LOG.log(Level.DEBUG, service + " cannot be asked", why);
    outages.failed(Level.ERROR, () -> service + " cannot be asked: " + why.getMessage());
  }

  /** Tells of a login that nobody waits for, because the last token is still valid. */
  void failedEarly(CallFailure why) {
    early.log(
        Level.WARNING,
        () ->
            service + "'s next token cannot be had yet, the last is used on: " + why.getMessage());
  }

  void succeeded() {
    outages.recovered();
  }
}
