// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

import picocli.CommandLine.Command;

/** {@code nova-compat-migrate purge} */
@Command(
    name = "purge",
    description =
        "Removes from our table what no instance can show any more: values that were deleted or"
            + " replaced, and those of instances that nova has deleted. To be run now and then,"
            + " like nova-manage db purge, which does the same for nova's tables.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PurgeCommand extends CellsCommand {
  @Override
  Report at(CellServer server) throws MigrateException {
    return new Report(true, server.purge() + " rows removed");
  }
}
