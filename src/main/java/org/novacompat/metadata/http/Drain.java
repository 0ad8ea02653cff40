// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Whether this node is about to end, and whether a balancer is there to be told. */
public final class Drain implements DrainMXBean {
  private static final String NAME = "org.novacompat.metadata:type=Drain";

  /** Balancers ask every few seconds. */
  private static final long WATCHED_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoClock;
  private volatile long lastAsked;
  private volatile boolean draining;

  /** A node that nobody has asked yet. */
  public Drain() {
    this(System::nanoTime);
  }

  Drain(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.lastAsked = nanoClock.getAsLong() - WATCHED_NANOS;
  }

  /**
   * Lets it be asked over JMX, in the place of any that was asked there before.
   *
   * @return ends that
   * @throws JMException when the JVM does not take it
   */
  public AutoCloseable register() throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName(NAME);
    if (server.isRegistered(name)) {
      server.unregisterMBean(name);
    }
    server.registerMBean(this, name);
    return () -> server.unregisterMBean(name);
  }

  void asked() {
    lastAsked = nanoClock.getAsLong();
  }

  @Override
  public boolean isWatched() {
    return nanoClock.getAsLong() - lastAsked < WATCHED_NANOS;
  }

  @Override
  public boolean isDraining() {
    return draining;
  }

  @Override
  public void begin() {
    draining = true;
  }
}
