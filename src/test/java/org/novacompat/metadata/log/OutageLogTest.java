// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageLogTest {
  private final Lines lines = new Lines();
  private final AtomicLong clock = new AtomicLong(System.nanoTime());
  private final OutageLog outages = new OutageLog(lines, "cell1 answers again", clock::get);

  @Test
  void tellsTheFirstFailureOneAMinuteAndTheEnd() {
    for (int second = 0; second < 90; second++) {
      fail();
      clock.addAndGet(Duration.ofSeconds(1).toNanos());
    }
    outages.recovered();
    outages.recovered();
    assertEquals(
        List.of("ERROR refused", "ERROR refused (and 59 more)", "INFO cell1 answers again"),
        lines.all());
  }

  @Test
  void anOutageOfWhichNothingWasToldEndsWithoutALine() {
    outages.recovered();
    fail();
    outages.recovered();
    fail();
    outages.recovered();
    assertEquals(List.of("ERROR refused", "INFO cell1 answers again"), lines.all());
  }

  @Test
  void doesNotCountAfterwardsWhatAnEarlierOutageLeftOut() {
    fail();
    fail();
    outages.recovered();
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    fail();
    assertEquals(
        List.of("ERROR refused", "INFO cell1 answers again", "ERROR refused"), lines.all());
  }

  private void fail() {
    outages.failed(Level.ERROR, () -> "refused");
  }
}
