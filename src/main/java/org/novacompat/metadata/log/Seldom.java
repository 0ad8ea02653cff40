// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.log;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Log lines that strangers can cause at will: one a second, which says how many were left out since
 * the last.
 */
public final class Seldom {
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int LONGEST = 200;

  private final System.Logger log;
  private final AtomicLong last = new AtomicLong(System.nanoTime() - PAUSE_NANOS);
  private final AtomicLong leftOut = new AtomicLong();

  /**
   * Logs seldom.
   *
   * @param log where to
   */
  public Seldom(System.Logger log) {
    this.log = log;
  }

  /**
   * Logs a line, or counts it among those left out.
   *
   * @param level how grave it is
   * @param text the line; may hold what a stranger sent
   */
  public void log(System.Logger.Level level, String text) {
    long before = last.get();
    long now = System.nanoTime();
    if (now - before < PAUSE_NANOS || !last.compareAndSet(before, now)) {
      leftOut.incrementAndGet();
      return;
    }
    long missing = leftOut.getAndSet(0);
    log.log(level, printable(text) + (missing == 0 ? "" : " (and " + missing + " more)"));
  }

  /** What a stranger sent may be in it: nothing may start a new line or be endless. */
  private static String printable(String text) {
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    return shown.replaceAll("[^\\x20-\\x7E]", "?");
  }
}
