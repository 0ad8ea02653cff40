// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.novacompat.metadata.log.Seldom;

/** Tells the operator that a service cannot be asked, at most once a minute, and when it can. */
final class ServiceLog {
  private static final System.Logger LOG = System.getLogger(ServiceLog.class.getName());

  private final String service;
  private final Seldom seldom;
  private final Seldom early;

  /**
   * Creates it in the healthy state.
   *
   * @param service the service's name
   * @param clock {@link System#nanoTime}
   */
  ServiceLog(String service, LongSupplier clock) {
    this.service = service;
    this.seldom = new Seldom(LOG, Duration.ofMinutes(1), clock);
    this.early = new Seldom(LOG, Duration.ofMinutes(1), clock);
  }

  void failed(CallFailure why) {
    LOG.log(Level.DEBUG, service + " cannot be asked", why);
    seldom.log(Level.ERROR, () -> service + " cannot be asked: " + why.getMessage());
  }

  /** Tells of a login that nobody waits for, because the last token is still valid. */
  void failedEarly(CallFailure why) {
    early.log(
        Level.WARNING,
        () ->
            service + "'s next token cannot be had yet, the last is used on: " + why.getMessage());
  }

  void succeeded() {
    seldom.over(service + " can be asked again");
  }
}
