// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Pings systemd's watchdog as long as this service answers. */
final class Watchdog implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Watchdog.class.getName());
  private static final int PINGS_IN_TIME = 2;
  private static final int CHECKS_IN_TIME = 4;
  private static final int RETRIES_IN_TIME = 8;

  private final Duration time;
  private final Predicate<Duration> answers;
  private final Runnable ping;
  private final Thread thread = new Thread(this::run, "systemd watchdog");
  private volatile boolean ending;
  private boolean hangs;

  /**
   * Prepares a watchdog.
   *
   * @param time the longest time between two pings
   * @param answers finds out, within the time that it is given, whether this service answers
   * @param ping pings systemd
   */
  Watchdog(Duration time, Predicate<Duration> answers, Runnable ping) {
    this.time = time;
    this.answers = answers;
    this.ping = ping;
  }

  /** Begins to ping. */
  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** From now on pings without asking: the time for the end is limited in another way. */
  void letEnd() {
    ending = true;
  }

  private void run() {
    try {
      while (!Thread.interrupted()) {
        boolean well = ending || answers.test(time.dividedBy(CHECKS_IN_TIME));
        if (well) {
          ping.run();
        }
        say(well);
        Thread.sleep(Math.max(1, time.toMillis() / (well ? PINGS_IN_TIME : RETRIES_IN_TIME)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(boolean well) {
    if (well == hangs) {
      hangs = !well;
      LOG.log(
          well ? Level.INFO : Level.WARNING,
          well
              ? "This service answers again"
              : "This service does not answer itself: systemd may take it to hang");
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
