// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchesTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Watches watches = new Watches();

  @Test
  void lookEverMoreSeldomAndThenNoMore() {
    watches.add("a", 0);
    List<Long> looks = new ArrayList<>();
    for (long second = 0; second < 1_000; second++) {
      List<String> due = watches.due(second * SECOND);
      if (!due.isEmpty()) {
        looks.add(second);
        watches.looked(due, second * SECOND);
      }
    }
    assertEquals(List.of(0L, 2L, 5L, 10L, 20L, 40L, 80L, 160L, 300L), looks);
    assertEquals(List.of(), watches.latest(10));
  }

  @Test
  void remainDueUntilLookedAt() {
    watches.add("a", 0);
    assertEquals(List.of("a"), watches.due(0));
    assertEquals(List.of("a"), watches.due(7 * SECOND));
    watches.looked(List.of("a"), 7 * SECOND);
    assertEquals(List.of(), watches.due(9 * SECOND));
    assertEquals(List.of("a"), watches.due(10 * SECOND));
  }

  @Test
  void startAnewWithAFurtherAction() {
    watches.add("a", 0);
    watches.add("b", 0);
    watches.looked(List.of("a", "b"), 100 * SECOND);
    watches.add("a", 101 * SECOND);
    assertEquals(List.of("a"), watches.due(101 * SECOND));
    assertEquals(List.of("a"), watches.latest(1));
    assertEquals(List.of("b", "a"), watches.latest(5));
  }

  @Test
  void giveUpTheEldestBeyondTheirNumber() {
    for (int number = 0; number <= Watches.MOST; number++) {
      watches.add("i" + number, number);
    }
    List<String> all = watches.latest(Integer.MAX_VALUE);
    assertEquals(Watches.MOST, all.size());
    assertEquals("i1", all.get(0));
  }
}
