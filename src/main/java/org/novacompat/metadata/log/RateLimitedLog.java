// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.log;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Writes lines that guests, callers or a failing dependency can cause at will: a few for each
 * reason and period, with the number of those left out. A reason is the constant of an enum, never
 * anything that was sent, so memory is bounded, and each has lines of its own. The number stands at
 * the end of the reason's next line, or in a line of its own when none follows. Safe for several
 * threads.
 */
public final class RateLimitedLog {
  private static final int MAX_LENGTH = 500;
  private static final int MAX_LINES = 10;
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final System.Logger log;
  private final int maxLines;
  private final long periodNanos;
  private final LongSupplier clock;
  private final Map<Enum<?>, Budget> budgets = new ConcurrentHashMap<>();

  /** The reason of a log that has only one. */
  private enum Only {
    REASON
  }

  /**
   * Writes to a log, {@value #MAX_LINES} lines a minute for each reason.
   *
   * @param log the log
   */
  public RateLimitedLog(System.Logger log) {
    this(log, MAX_LINES, PERIOD, System::nanoTime);
  }

  /**
   * Writes to a log, a line in each period for each reason.
   *
   * @param log the log
   * @param period the least time between two lines
   * @param clock nanoseconds since any time, as {@link System#nanoTime}
   */
  public RateLimitedLog(System.Logger log, Duration period, LongSupplier clock) {
    this(log, 1, period, clock);
  }

  RateLimitedLog(System.Logger log, int maxLines, Duration period, LongSupplier clock) {
    this.log = log;
    this.maxLines = maxLines;
    this.periodNanos = period.toNanos();
    this.clock = clock;
  }

  /**
   * Writes a line, or counts it among those left out.
   *
   * @param level the line's level
   * @param text the line; what a stranger sent may be in it
   * @return whether it was written
   */
  public boolean log(Level level, String text) {
    return log(level, () -> text);
  }

  /**
   * Writes a line, or counts it among those left out.
   *
   * @param level the line's level
   * @param text makes the line, if it is written; what a stranger sent may be in it
   * @return whether it was written
   */
  public boolean log(Level level, Supplier<String> text) {
    return log(Only.REASON, level, text);
  }

  /**
   * Writes a line, or counts it among those left out for the same reason.
   *
   * @param reason what the line is about
   * @param level the line's level
   * @param text makes the line, if it is written; what a stranger sent may be in it
   * @return whether it was written
   */
  public boolean log(Enum<?> reason, Level level, Supplier<String> text) {
    return write(reason, level, text, line -> log.log(level, line));
  }

  /**
   * Writes a line with a stack trace, or counts it among those left out.
   *
   * @param level the line's level
   * @param text the line; what a stranger sent may be in it
   * @param failure the cause, whose message holds nothing that was sent
   */
  public void log(Level level, String text, Throwable failure) {
    write(Only.REASON, level, () -> text, line -> log.log(level, line, failure));
  }

  /** Does not tell any more how many lines were left out until now. */
  void forgetLeftOut() {
    budgets.values().forEach(Budget::settle);
  }

  /** Writes what was made of a line. */
  private interface Writing {
    void write(String line);
  }

  private boolean write(Enum<?> reason, Level level, Supplier<String> text, Writing writing) {
    Budget budget = budgets.computeIfAbsent(reason, key -> new Budget(maxLines, periodNanos));
    OptionalLong missing = budget.take(clock.getAsLong());
    if (missing.isEmpty()) {
      return false;
    }
    String line = Printable.ascii(text.get(), MAX_LENGTH);
    budget.spentSince().ifPresent(start -> settleLater(budget, start, level, line));
    long more = missing.getAsLong();
    writing.write(more == 0 ? line : line + " (and " + more + " more)");
    return true;
  }

  /** After the next period, in which a line of the same reason would tell the number. */
  private void settleLater(Budget budget, long start, Level level, String line) {
    CompletableFuture.delayedExecutor(2 * periodNanos, TimeUnit.NANOSECONDS)
        .execute(() -> settle(budget, start, level, line));
  }

  private void settle(Budget budget, long start, Level level, String line) {
    long missing = budget.settle(start);
    if (missing > 0) {
      log.log(level, missing + " more lines were left out that are like this one: " + line);
    }
  }
}
