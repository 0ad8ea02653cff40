// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutageTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Logger LOG = Logger.getLogger(Outage.class.getName());

  private final Outage outage = new Outage("cell a");
  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getLevel().getName());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.setUseParentHandlers(false);
    LOG.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    LOG.removeHandler(handler);
    LOG.setUseParentHandlers(true);
  }

  @Test
  void isTriedAgainEverLaterButWithinFiveSeconds() {
    List<Long> tries = new ArrayList<>();
    for (long second = 0; second < 20; second++) {
      if (outage.isTimeToTry(second * SECOND)) {
        tries.add(second);
        outage.failed(new Exception("refused"), second * SECOND);
      }
    }
    assertEquals(List.of(0L, 1L, 3L, 7L, 12L, 17L), tries);
  }

  @Test
  void knowsItsCauseUntilItIsOver() {
    Exception cause = new Exception("refused");
    outage.failed(cause, 0);
    assertEquals(Optional.of(cause), outage.cause());
    assertFalse(outage.isTimeToTry(0));
    outage.succeeded();
    assertEquals(Optional.empty(), outage.cause());
    assertTrue(outage.isTimeToTry(0));
  }

  @Test
  void saysOneLineAMinuteAndOneAtItsEnd() {
    for (long second = 0; second < 180; second++) {
      outage.failed(new Exception("refused"), second * SECOND);
    }
    assertEquals(List.of("WARNING", "WARNING", "WARNING"), lines);
    outage.succeeded();
    outage.succeeded();
    assertEquals(List.of("WARNING", "WARNING", "WARNING", "INFO"), lines);
  }

  @Test
  void isQuietWhenItFlutters() {
    for (long second = 0; second < 50; second += 2) {
      outage.failed(new Exception("refused"), second * SECOND);
      outage.succeeded();
    }
    assertEquals(List.of("WARNING", "INFO"), lines);
  }
}
