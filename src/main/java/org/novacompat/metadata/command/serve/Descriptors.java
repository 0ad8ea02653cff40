// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.novacompat.metadata.command.CommandException;

/**
 * Checks the limit on file descriptors, of which the JVM raises {@code ulimit -n} to the hard one.
 * The server itself takes some 130; each connection of a guest or to a database takes one.
 */
final class Descriptors {
  /** With fewer, Liberty does not find its own files and logs a hundred lines about it. */
  private static final long MIN = 256;

  /** With fewer, guests may have to wait for each other. */
  private static final long MIN_USUAL = 1024;

  private Descriptors() {}

  /**
   * Checks that there are enough.
   *
   * @param log told where there are few
   * @throws CommandException when the service cannot start with them
   */
  static void requireEnough(Logger log) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean machine) {
      long limit = machine.getMaxFileDescriptorCount();
      if (limit < MIN) {
        throw new CommandException(
            "only %d open files are allowed (ulimit -n, systemd's LimitNOFILE): at least %d are needed"
                .formatted(limit, MIN));
      }
      if (limit < MIN_USUAL) {
        log.log(
            Level.WARNING,
            "Only {0} open files are allowed (ulimit -n, systemd''s LimitNOFILE): guests have few"
                + " connections, see [nova_compat] max_connections",
            limit);
      }
    }
  }
}
