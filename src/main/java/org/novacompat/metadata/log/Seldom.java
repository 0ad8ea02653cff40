// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.log;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Log lines that guests can cause at will: one in a while, which says how many were left out since
 * the last. Safe for any number of threads, none of which waits.
 */
public final class Seldom {
  private static final int LONGEST = 300;

  private final System.Logger log;
  private final long pauseNanos;
  private final LongSupplier clock;
  private final AtomicLong last;
  private final AtomicLong leftOut = new AtomicLong();

  /**
   * Writes to a log, a line a second at most.
   *
   * @param log the log
   */
  public Seldom(System.Logger log) {
    this(log, Duration.ofSeconds(1), System::nanoTime);
  }

  /**
   * Writes to a log.
   *
   * @param log the log
   * @param pause the least time between two lines
   * @param clock nanoseconds since any time, as {@link System#nanoTime}
   */
  public Seldom(System.Logger log, Duration pause, LongSupplier clock) {
    this.log = log;
    this.pauseNanos = pause.toNanos();
    this.clock = clock;
    this.last = new AtomicLong(clock.getAsLong() - pauseNanos);
  }

  /**
   * Writes a line, or counts it among those left out.
   *
   * @param level the line's level
   * @param text the line; what a stranger sent may be in it
   * @return whether it was written
   */
  public boolean log(System.Logger.Level level, String text) {
    return log(level, () -> text);
  }

  /**
   * Writes a line and how it came to it, or counts it among those left out.
   *
   * @param level the line's level
   * @param text the line; what a stranger sent may be in it
   * @param failure what happened, as our own code tells it
   */
  public void log(System.Logger.Level level, String text, Throwable failure) {
    if (isTime()) {
      log.log(level, line(text), failure);
    }
  }

  /**
   * Writes a line, or counts it among those left out.
   *
   * @param level the line's level
   * @param text makes the line, if it is written; what a stranger sent may be in it
   * @return whether it was written
   */
  public boolean log(System.Logger.Level level, Supplier<String> text) {
    if (!isTime()) {
      return false;
    }
    log.log(level, line(text.get()));
    return true;
  }

  private boolean isTime() {
    long before = last.get();
    long now = clock.getAsLong();
    if (now - before < pauseNanos || !last.compareAndSet(before, now)) {
      leftOut.incrementAndGet();
      return false;
    }
    return true;
  }

  private String line(String text) {
    long missing = leftOut.getAndSet(0);
    return printable(text) + (missing == 0 ? "" : " (and " + missing + " more)");
  }

  /** Nothing may start a new line or be endless. */
  private static String printable(String text) {
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    return shown.replaceAll("[^\\x20-\\x7E]", "?");
  }
}
