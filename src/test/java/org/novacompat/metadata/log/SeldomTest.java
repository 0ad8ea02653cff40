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

  @Test
  void letsNoStrangerStartALineOfHisOwn() {
    seldom.log(Level.WARNING, "no instance a\nforged {0}");
    assertEquals(List.of("WARNING no instance a?forged {0}"), lines.all());
  }

  @Test
  void shortensWhatIsEndless() {
    seldom.log(Level.WARNING, "x".repeat(10_000));
    assertEquals(List.of("WARNING " + "x".repeat(300) + "..."), lines.all());
  }
}
