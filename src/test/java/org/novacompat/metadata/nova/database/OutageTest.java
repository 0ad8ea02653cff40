// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.novacompat.metadata.fixture.LoggedLines;

class OutageTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private final Outage outage = new Outage("cell a is away", "cell a is back");
  @RegisterExtension private final LoggedLines lines = new LoggedLines(Outage.class);

  @Test
  void knowsItsCauseUntilItIsOver() {
    Exception cause = new Exception("refused");
    assertTrue(outage.failed(cause, 0));
    assertEquals(Optional.of(cause), outage.cause());
    assertFalse(outage.failed(cause, SECOND), "it is under way already");
    outage.over();
    assertEquals(Optional.empty(), outage.cause());
    assertTrue(outage.failed(cause, 2 * SECOND));
  }

  @Test
  void saysOneLineAMinuteAndOneAtItsEnd() {
    String complaint = "SEVERE cell a is away: refused";
    for (long second = 0; second < 180; second++) {
      outage.failed(new Exception("refused"), second * SECOND);
    }
    String again = complaint + " (and 59 more)";
    assertEquals(List.of(complaint, again, again), lines.all());
    outage.over();
    outage.over();
    assertEquals(List.of(complaint, again, again, "INFO cell a is back"), lines.all());
  }

  @Test
  void isQuietWhenItFlutters() {
    for (long second = 0; second < 50; second += 2) {
      outage.failed(new Exception("refused"), second * SECOND);
      outage.over();
    }
    assertEquals(List.of("SEVERE cell a is away: refused", "INFO cell a is back"), lines.all());
  }

  @Test
  void leavesItToAnotherToTellWhatThatKnows() {
    outage.failed(DatabaseUnavailableException.known(new Exception("refused")), 0);
    assertTrue(outage.cause().isPresent());
    outage.over();
    assertEquals(List.of(), lines.all());
  }
}
