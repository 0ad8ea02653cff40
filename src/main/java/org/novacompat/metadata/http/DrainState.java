// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Whether this node is about to end, and whether a balancer is there to be told. */
public final class DrainState implements DrainMXBean {
  /** Balancers ask every few seconds. */
  private static final long WATCHED_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoClock;
  private volatile long lastAsked;
  private volatile boolean draining;

  /** A node that no balancer has asked yet. */
  public DrainState() {
    this(System::nanoTime);
  }

  DrainState(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.lastAsked = nanoClock.getAsLong() - WATCHED_NANOS;
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
