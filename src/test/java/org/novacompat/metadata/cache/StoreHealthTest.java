// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.log.Lines;

class StoreHealthTest {
  private final Lines lines = new Lines();
  private final AtomicLong clock = new AtomicLong(System.nanoTime());
  private final StoreHealth health = new StoreHealth(lines, clock::get);

  @Test
  void tellsOfStaleAnswersOnceAMinuteAndThatAllIsWellOnce() {
    health.failed("cell1 does not answer");
    Instant since = health.failingSince().orElseThrow();
    for (int second = 0; second < 90; second++) {
      health.servedStale();
      health.failed("cell1 is away");
      pass(Duration.ofSeconds(1));
    }
    pass(Duration.ofSeconds(3));
    health.answered();
    health.answered();
    String stale =
        "WARNING A guest is shown its instance as it was: instances cannot be loaded since "
            + since
            + ", cell1 does not answer";
    assertEquals(
        List.of(
            stale,
            stale + " (and 59 more)",
            "INFO Instances can be loaded again: guests are shown them as they are"),
        lines.all());
    assertEquals(Optional.empty(), health.failingSince());
  }

  @Test
  void aCellThatIsSeldomAskedWhileOthersAnswerMakesNoMoreLines() {
    for (int i = 0; i < 5; i++) {
      health.failed("cell1 does not answer");
      health.servedStale();
      pass(Duration.ofSeconds(10));
      health.answered();
    }
    assertEquals(2, lines.all().size(), lines.all()::toString);
  }

  @Test
  void doesNotTakeOneCellForAll() {
    health.failed("cell1 does not answer");
    pass(Duration.ofSeconds(2));
    health.answered();
    assertTrue(health.failingSince().isPresent());
  }

  @Test
  void saysNothingWhereNobodyWasShownWhatWas() {
    health.failed("cell1 does not answer");
    pass(Duration.ofSeconds(10));
    health.answered();
    assertEquals(List.of(), lines.all());
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
