// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SeldomTest {
  private final Lines lines = new Lines();
  private final AtomicLong clock = new AtomicLong(System.nanoTime());
  private final Seldom seldom = new Seldom(lines, Duration.ofSeconds(1), clock::get);

  @Test
  void saysOneLineInAWhileAndHowManyItLeftOut() {
    seldom.log(Level.WARNING, "first");
    seldom.log(Level.WARNING, "second");
    clock.addAndGet(Duration.ofMillis(999).toNanos());
    seldom.log(Level.WARNING, "third");
    clock.addAndGet(Duration.ofMillis(1).toNanos());
    seldom.log(Level.WARNING, "fourth");
    assertEquals(List.of("WARNING first", "WARNING fourth (and 2 more)"), lines.all());
  }

  @Test
  void tellsHowItCameToALineAsSeldom() {
    seldom.log(Level.ERROR, "cannot answer", new IllegalStateException("first"));
    seldom.log(Level.ERROR, "cannot answer", new IllegalStateException("second"));
    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    seldom.log(Level.ERROR, "cannot answer", new IllegalStateException("third"));
    assertEquals(List.of("ERROR cannot answer", "ERROR cannot answer (and 1 more)"), lines.all());
  }

  private enum Reason {
    ONE,
    OTHER
  }

  @Test
  void noReasonTakesTheLinesOfAnother() {
    Seldom few = new Seldom(lines, 2, Duration.ofMinutes(1), clock::get);
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
  void tellsWhatItLeftOutThoughNothingFollows() throws Exception {
    Seldom often = new Seldom(lines, Duration.ofMillis(20), clock::get);
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
  void tellsOnceThatItIsOver() {
    seldom.over("well");
    seldom.log(Level.ERROR, "ill");
    seldom.log(Level.ERROR, "ill");
    seldom.over("well");
    seldom.over("well");
    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    seldom.log(Level.ERROR, "ill again");
    assertEquals(List.of("ERROR ill", "INFO well", "ERROR ill again"), lines.all());
  }

  @Test
  void letsNoStrangerStartALineOfHisOwn() {
    seldom.log(Level.WARNING, "no instance a\nforged {0}");
    assertEquals(List.of("WARNING no instance a?forged {0}"), lines.all());
  }

  @Test
  void shortensWhatIsEndless() {
    seldom.log(Level.WARNING, "x".repeat(10_000));
    assertEquals(List.of("WARNING " + "x".repeat(500) + "..."), lines.all());
  }
}
