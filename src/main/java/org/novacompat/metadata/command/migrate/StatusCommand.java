// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

import picocli.CommandLine.Command;

/** {@code nova-compat-migrate status} */
@Command(
    name = "status",
    description =
        "Says which version every cell is at, how many values our table has there, and how many"
            + " rows purge would remove. Exit status 0 when up would change nothing, else 1.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StatusCommand extends CellsCommand {
  @Override
  Report at(CellServer server) throws MigrateException {
    int version = server.version();
    return new Report(
        version >= server.newest(),
        "at version %d of %d, %d values, %d rows to purge"
            .formatted(version, server.newest(), server.values(), server.purgeable()));
  }
}
