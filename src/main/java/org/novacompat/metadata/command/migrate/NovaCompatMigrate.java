// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

import org.novacompat.metadata.command.Version;
import org.novacompat.metadata.config.InvalidConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code nova-compat-migrate}. */
@Command(
    name = "nova-compat-migrate",
    description = {
      "Makes, on the database server of every cell, the table for custom metadata that nova's own"
          + " instance_metadata cannot hold: values other than strings of at most 255 characters."
          + " Without it, such values are refused and everything else works. Beside it, a table in"
          + " which all nodes with the same [database] remember the OpenAPI's calls."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisSubcommandLabel = "up|down|status|purge",
    subcommands = {UpCommand.class, DownCommand.class, StatusCommand.class, PurgeCommand.class},
    footer = {
      "",
      "Of nova.conf it reads:",
      "  [api_database] connection  where cell_mappings names the cells, cell0 too",
      "  [database] connection      one more cell; the only one without [api_database]",
      "                             or with [api] local_metadata_per_cell",
      "",
      "To look first and then do it, on any host that has nova.conf:",
      "  nova-compat-migrate status",
      "  nova-compat-migrate up",
      "",
      "The table is not in the cell's database, where nova-manage db archive_deleted_rows would"
          + " fail at a table that nova does not know, but in one beside it: for the cell in nova,"
          + " it is nova_compat_nova.custom_metadata, and in nova there is only a view of it,"
          + " nova_compat_custom_metadata. nova's user must be allowed to make that database."
          + " Where it is not, an administrator of the server allows it by:",
      "  GRANT ALL PRIVILEGES ON `nova\\_compat\\_%%`.* TO 'nova'@'%%';",
      "",
      "Back up both databases together.",
      "",
      "Exit status: 0 done, or as wanted; 1 not done in some cell, or not as wanted; 2 wrong command"
          + " line."
    })
public final class NovaCompatMigrate {
  static final int FAILED = 1;

  NovaCompatMigrate() {}

  /**
   * Runs the command and ends the JVM with its exit status.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new NovaCompatMigrate())
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof MigrateException
                  || failure instanceof InvalidConfigurationException) {
                command.getErr().println(failure.getMessage());
                return FAILED;
              }
              throw failure;
            });
  }
}
