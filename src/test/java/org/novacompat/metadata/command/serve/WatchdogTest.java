// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** A service that hangs loses its watchdog, and one whose guests wait does not. */
class WatchdogTest {
  private static final Duration TIME = Duration.ofMillis(400);

  /** As the web application publishes it. */
  public interface CountMXBean {
    /** How many. */
    long getCompleted();
  }

  @Test
  void pingsWhileTheServiceAnswers() throws Exception {
    AtomicBoolean answers = new AtomicBoolean(true);
    AtomicLong pings = new AtomicLong();
    try (Watchdog watchdog = new Watchdog(TIME, time -> answers.get(), pings::incrementAndGet)) {
      watchdog.start();
      awaitMoreThan(0, pings);
      answers.set(false);
      Thread.sleep(TIME.toMillis());
      long before = pings.get();
      Thread.sleep(TIME.toMillis() * 2);
      assertEquals(before, pings.get());
      watchdog.letEnd();
      awaitMoreThan(before, pings);
    }
  }

  @Test
  void anAnswerInTimeWillDo() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    GuestProbe probe = new GuestProbe(server.getAddress());
    assertTrue(probe.answers(Duration.ofSeconds(20)));
    server.stop(0);
    assertFalse(probe.answers(Duration.ofSeconds(20)));
  }

  @Test
  void withoutOneOthersMustHaveBeenDoneWith() throws Exception {
    AtomicLong completed = new AtomicLong(7);
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("org.novacompat.metadata:type=Requests");
    CountMXBean count = completed::get;
    beans.registerMBean(new javax.management.StandardMBean(count, CountMXBean.class, true), name);
    try (ServerSocket hangs = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      GuestProbe probe =
          new GuestProbe(new InetSocketAddress(hangs.getInetAddress(), hangs.getLocalPort()));
      probe.answers(TIME);
      assertFalse(probe.answers(TIME));
      completed.incrementAndGet();
      assertTrue(probe.answers(TIME));
      assertFalse(probe.answers(TIME));
    } finally {
      beans.unregisterMBean(name);
    }
  }

  private static void awaitMoreThan(long before, AtomicLong pings) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (pings.get() <= before) {
      assertTrue(System.nanoTime() < end, "no pings");
      Thread.sleep(10);
    }
  }
}
