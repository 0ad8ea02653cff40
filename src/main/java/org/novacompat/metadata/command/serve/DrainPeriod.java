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
 * The time between the signal and the end in which balancers learn from {@code /healthcheck} that
 * this node is leaving. The web application is asked over the JVM's MBean server ({@code
 * http/DrainMXBean}), since none of its classes is known here.
 */
final class DrainPeriod {
  private static final String NAME = "org.novacompat.metadata:type=Drain";

  private final Duration time;
  private final Logger log;
  private final Consumer<String> status;
  private final CountDownLatch cutShort = new CountDownLatch(1);

  /**
   * Changes nothing yet.
   *
   * @param time how long balancers need to notice
   * @param log where it is said what is waited for
   * @param status who else is told
   */
  DrainPeriod(Duration time, Logger log, Consumer<String> status) {
    this.time = time;
    this.log = log;
    this.status = status;
  }

  /** Tells balancers, if there are any, and waits until they have noticed. */
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

  /** Does not let it take longer. */
  void cutShort() {
    cutShort.countDown();
  }
}
