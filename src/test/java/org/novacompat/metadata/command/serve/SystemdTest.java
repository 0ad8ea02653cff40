// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When pings are wanted of this process ({@code sd_watchdog_enabled(3)}), and what the log has of a
 * systemd that cannot be told.
 */
class SystemdTest {
  private static final Duration MAX_WAIT = Duration.ofSeconds(20);
  private static final Logger LOG = Logger.getLogger(Systemd.class.getName());

  private final List<Level> levels = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          levels.add(line.getLevel());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @TempDir Path directory;

  @BeforeEach
  void listen() {
    LOG.setLevel(Level.FINE);
    LOG.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    LOG.removeHandler(handler);
    LOG.setLevel(null);
  }

  @Test
  void aSystemdThatCannotBeToldIsWorthOneWarning() throws Exception {
    Systemd gone = gone();
    gone.status("serving");
    long end = System.nanoTime() + MAX_WAIT.toNanos();
    while (levels.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    gone.stopping("ending", Duration.ZERO);
    assertEquals(List.of(Level.WARNING, Level.FINE), levels);
  }

  @Test
  void aSystemdThatIsGoneAtTheEndIsWorthNone() {
    gone().stopping("ending", Duration.ZERO);
    assertEquals(List.of(Level.FINE), levels);
  }

  private Systemd gone() {
    return new Systemd(directory.resolve("notify").toString(), directory);
  }

  @Test
  void pingsAreWantedInTheTimeAndOfTheProcessThatSystemdNames() {
    assertEquals(Optional.of(Duration.ofSeconds(30)), Systemd.watchdog("30000000", "4711", 4711));
    assertEquals(Optional.of(Duration.ofSeconds(30)), Systemd.watchdog("30000000", "", 4711));
    assertEquals(Optional.empty(), Systemd.watchdog("30000000", "4712", 4711));
    assertEquals(Optional.empty(), Systemd.watchdog("", "4711", 4711));
    assertEquals(Optional.empty(), Systemd.watchdog("0", "4711", 4711));
    assertEquals(Optional.empty(), Systemd.watchdog("30s", "4711", 4711));
  }
}
