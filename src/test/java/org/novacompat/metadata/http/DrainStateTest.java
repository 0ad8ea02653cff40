// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.application.ManagementBean;

class DrainStateTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
  private final DrainState drain = new DrainState(now::get);

  @Test
  void isWatchedForAMinuteAfterABalancerAsked() {
    assertFalse(drain.isWatched());
    drain.asked();
    assertTrue(drain.isWatched());
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    assertTrue(drain.isWatched());
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertFalse(drain.isWatched());
  }

  @Test
  void isBegunOverJmx() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("org.novacompat.metadata:type=Drain");
    AutoCloseable registration = ManagementBean.publish("Drain", drain);
    try {
      assertEquals(false, server.getAttribute(name, "Draining"));
      assertEquals(false, server.getAttribute(name, "Watched"));
      server.invoke(name, "begin", new Object[0], new String[0]);
      assertEquals(true, server.getAttribute(name, "Draining"));
    } finally {
      registration.close();
    }
    assertFalse(server.isRegistered(name));
    assertTrue(drain.isDraining());
  }
}
