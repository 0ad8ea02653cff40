// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.log;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells the operator of the outages of one dependency: its failures at most once a minute, with the
 * number of those left out, and once that it has recovered. The end of an outage of which no
 * failure was written is not written either. Safe for several threads.
 */
public final class OutageLog {
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final System.Logger log;
  private final RateLimitedLog failures;
  private final String recovered;
  private final AtomicBoolean isOpen = new AtomicBoolean();

  /**
   * Creates it in the healthy state.
   *
   * @param log where the operator is told
   * @param recovered the line for the end of an outage
   * @param clock nanoseconds since any time, as {@link System#nanoTime}
   */
  public OutageLog(System.Logger log, String recovered, LongSupplier clock) {
    this.log = log;
    this.recovered = recovered;
    this.failures = new RateLimitedLog(log, PERIOD, clock);
  }

  /**
   * Writes about a failure, or counts it among those left out.
   *
   * @param level the line's level
   * @param failure makes the line, if it is written
   */
  public void failed(Level level, Supplier<String> failure) {
    if (failures.log(level, failure)) {
      isOpen.set(true);
    }
  }

  /** Writes that the outage is over, if one of its failures was written. */
  public void recovered() {
    if (isOpen.get() && isOpen.compareAndSet(true, false)) {
      failures.forgetLeftOut();
      log.log(Level.INFO, recovered);
    }
  }
}
