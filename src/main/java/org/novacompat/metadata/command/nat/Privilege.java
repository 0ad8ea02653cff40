// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process needs to read or change the host's rules: the capability CAP_NET_ADMIN. */
final class Privilege {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String EFFECTIVE = "CapEff:";
  private static final int CAP_NET_ADMIN = 12;

  private Privilege() {}

  /**
   * Sees that this process has it.
   *
   * @throws NatException when it has not
   */
  static void require() throws NatException {
    if (!isHeld()) {
      throw new NatException(
          "only root (CAP_NET_ADMIN) can read or change the host's rules; print needs no root");
    }
  }

  private static boolean isHeld() throws NatException {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(EFFECTIVE))
          .map(line -> Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).strip(), 16))
          .anyMatch(capabilities -> (capabilities >>> CAP_NET_ADMIN & 1) == 1);
    } catch (IOException e) {
      throw new NatException("this is no Linux with /proc: " + e.getMessage(), e);
    }
  }
}
