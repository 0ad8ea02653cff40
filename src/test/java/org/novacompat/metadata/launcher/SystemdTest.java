// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When pings are wanted of this process ({@code sd_watchdog_enabled(3)}). */
class SystemdTest {
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
