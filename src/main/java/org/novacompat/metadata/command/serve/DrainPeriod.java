// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Waits between the signal and the end, while balancers learn from {@code /healthcheck} that this
 * node is draining. Speaks to the web application over JMX ({@code http/DrainMXBean}), since it is
 * in another class loader.
 */
final class DrainPeriod {
  private static final String NAME = "org.novacompat.metadata:type=Drain";

  private final Duration time;
  private final Logger log;
  private final Consumer<String> status;
  private final CountDownLatch cutShort = new CountDownLatch(1);

  /**
   * Prepares the period.
   *
   * @param time how long balancers need to notice
   * @param log told what is waited for
   * @param status told the same
   */
  DrainPeriod(Duration time, Logger log, Consumer<String> status) {
    this.time = time;
    this.log = log;
    this.status = status;
  }

  /** Begins to drain; where a balancer asks for {@code /healthcheck}, waits for its time. */
  void await() throws InterruptedException {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName node = new ObjectName(NAME);
      server.invoke(node, "begin", new Object[0], new String[0]);
      if (!time.isZero() && Boolean.TRUE.equals(server.getAttribute(node, "Watched"))) {
        String sentence =
            "Draining: /healthcheck says 503 for %d seconds, then this node ends"
                .formatted(time.toSeconds());
        log.info(sentence);
        status.accept(sentence);
        cutShort.await(time.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (JMException e) {
      log.log(Level.WARNING, "balancers are not told that this node ends", e);
    }
  }

  /** Ends the wait. */
  void cutShort() {
    cutShort.countDown();
  }
}
