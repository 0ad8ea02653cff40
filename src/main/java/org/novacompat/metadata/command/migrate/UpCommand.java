// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

import picocli.CommandLine.Command;

/** {@code nova-compat-migrate up} */
@Command(
    name = "up",
    description =
        "Brings every cell to the newest version. Where it is already, nothing is changed. The"
            + " service notices within a minute; it need not be stopped.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class UpCommand extends CellsCommand {
  @Override
  Report at(CellServer server) throws MigrateException {
    int before = server.version();
    server.up();
    String told =
        before == server.version()
            ? "at version " + before + ", as it was"
            : "at version " + server.version() + ", was at " + before;
    return new Report(true, told);
  }
}
