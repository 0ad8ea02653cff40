// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.openapi.ReplayGuard.Verdict;

class ReplayGuardTest {
  private final MovableClock clock = new MovableClock();
  private final ReplayGuard replays = new ReplayGuard(clock, 3);

  @Test
  void knowsAnIdUntilItsEnd() {
    String id = UUID.randomUUID().toString();
    assertEquals(Verdict.FIRST, look("a", id));
    assertEquals(Verdict.AGAIN, look("a", id));
    clock.move(Duration.ofSeconds(59));
    assertEquals(Verdict.AGAIN, look("a", id));
    clock.move(Duration.ofSeconds(1));
    assertEquals(Verdict.FIRST, look("a", id));
  }

  @Test
  void takesNoCallTwiceWhenTheClockGoesForwardAndBack() {
    String id = UUID.randomUUID().toString();
    Instant end = clock.instant().plusSeconds(60);
    assertEquals(Verdict.FIRST, replays.look("a", id, end));
    clock.move(Duration.ofDays(1));
    look("a", UUID.randomUUID().toString());
    look("a", UUID.randomUUID().toString());
    look("a", UUID.randomUUID().toString()); // there is room, for the first is forgotten
    clock.move(Duration.ofDays(-1));
    assertEquals(Verdict.AGAIN, replays.look("a", id, end));
    assertEquals(
        Verdict.FIRST, replays.look("b", UUID.randomUUID().toString(), end.plusSeconds(1)));
    clock.move(Duration.ofHours(-1));
    assertEquals(Verdict.AGAIN, replays.look("a", id, end));
  }

  @Test
  void letsNobodyUseUpTheIdOfAnother() {
    String id = UUID.randomUUID().toString();
    assertEquals(Verdict.FIRST, look("a", id));
    assertEquals(Verdict.FIRST, look("b", id));
  }

  @Test
  void forgetsNothingForLackOfRoom() {
    String first = UUID.randomUUID().toString();
    look("a", first);
    look("a", UUID.randomUUID().toString());
    look("a", UUID.randomUUID().toString());
    assertEquals(Verdict.NO_ROOM, look("a", UUID.randomUUID().toString()));
    assertEquals(Verdict.AGAIN, look("a", first));
    assertEquals(Verdict.FIRST, look("b", UUID.randomUUID().toString()));
    clock.move(Duration.ofMinutes(1));
    assertEquals(Verdict.FIRST, look("a", UUID.randomUUID().toString()));
  }

  private Verdict look(String accessKey, String id) {
    Instant end = clock.instant().plusSeconds(60);
    return replays.look(accessKey, id, end);
  }
}
