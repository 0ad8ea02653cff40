// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitedLogTest {
  private final Lines lines = new Lines();
  private final AtomicLong clock = new AtomicLong(System.nanoTime());
  private final RateLimitedLog limited =
      new RateLimitedLog(lines, Duration.ofSeconds(1), clock::get);

  @Test
  void writesOneLineAPeriodAndTheNumberLeftOut() {
    limited.log(Level.WARNING, "first");
    limited.log(Level.WARNING, "second");
    clock.addAndGet(Duration.ofMillis(999).toNanos());
    limited.log(Level.WARNING, "third");
    clock.addAndGet(Duration.ofMillis(1).toNanos());
    limited.log(Level.WARNING, "fourth");
    assertEquals(List.of("WARNING first", "WARNING fourth (and 2 more)"), lines.all());
  }

  @Test
  void limitsLinesWithAStackTraceAsWell() {
    limited.log(Level.ERROR, "cannot answer", new IllegalStateException("first"));
    limited.log(Level.ERROR, "cannot answer", new IllegalStateException("second"));
    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    limited.log(Level.ERROR, "cannot answer", new IllegalStateException("third"));
    assertEquals(List.of("ERROR cannot answer", "ERROR cannot answer (and 1 more)"), lines.all());
  }

  private enum Reason {
    ONE,
    OTHER
  }

  @Test
  void eachReasonHasItsOwnLines() {
    RateLimitedLog few = new RateLimitedLog(lines, 2, Duration.ofMinutes(1), clock::get);
    for (int i = 0; i < 1000; i++) {
      few.log(Reason.ONE, Level.WARNING, () -> "one");
    }
    few.log(Reason.OTHER, Level.WARNING, () -> "other");
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    few.log(Reason.OTHER, Level.WARNING, () -> "other");
    few.log(Reason.ONE, Level.WARNING, () -> "one");
    assertEquals(
        List.of(
            "WARNING one",
            "WARNING one",
            "WARNING other",
            "WARNING other",
            "WARNING one (and 998 more)"),
        lines.all());
  }

  @Test
  void tellsTheNumberLeftOutWhenNoLineFollows() throws Exception {
    RateLimitedLog often = new RateLimitedLog(lines, Duration.ofMillis(20), clock::get);
    for (int i = 0; i < 4; i++) {
      often.log(Level.WARNING, "line");
    }
    for (int i = 0; lines.all().size() < 2 && i < 500; i++) {
      Thread.sleep(20);
    }
    assertEquals(
        List.of("WARNING line", "WARNING 3 more lines were left out that are like this one: line"),
        lines.all());
  }

  @Test
  void keepsWhatWasSentOnOneLine() {
    limited.log(Level.WARNING, "no instance a\nforged {0}");
    assertEquals(List.of("WARNING no instance a?forged {0}"), lines.all());
  }

  @Test
  void shortensLongLines() {
    limited.log(Level.WARNING, "x".repeat(10_000));
    assertEquals(List.of("WARNING " + "x".repeat(500) + "..."), lines.all());
  }
}
