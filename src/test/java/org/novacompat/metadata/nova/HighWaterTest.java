// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HighWaterTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final HighWater water = new HighWater(5_000, 0, Duration.ofSeconds(60));

  @Test
  void looksAtTheRowsBeforeTheStartForAWhile() {
    assertEquals(5_000 - HighWater.OVERLAP_ROWS, water.after(0));
    assertEquals(5_000 - HighWater.OVERLAP_ROWS, water.after(59 * SECOND));
    assertEquals(5_000, water.after(60 * SECOND));
    assertEquals(5_000, water.after(600 * SECOND));
  }

  @Test
  void staysWhereItStoodUntilLateRowsMustHaveCome() {
    water.reached(5_010, 100 * SECOND);
    water.reached(5_020, 130 * SECOND);
    assertEquals(5_000, water.after(159 * SECOND));
    assertEquals(5_010, water.after(160 * SECOND));
    assertEquals(5_010, water.after(189 * SECOND));
    assertEquals(5_020, water.after(190 * SECOND));
  }

  @Test
  void doesNotFallBackWhenRowsAreReadAgain() {
    water.reached(5_010, 100 * SECOND);
    water.reached(5_003, 110 * SECOND);
    assertEquals(5_010, water.after(170 * SECOND));
  }

  @Test
  void looksNoFurtherBackThanItsOverlapInAFlood() {
    water.reached(90_000, SECOND);
    assertEquals(90_000 - HighWater.OVERLAP_ROWS, water.after(2 * SECOND));
  }

  @Test
  void startsAtTheVeryBeginningOfASmallTable() {
    assertEquals(0, new HighWater(3, 0, Duration.ofSeconds(60)).after(0));
  }
}
