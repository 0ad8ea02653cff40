// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.novacompat.metadata.command.Cli;
import org.novacompat.metadata.command.CommandException;
import org.novacompat.metadata.command.ConfigurationOptions;
import org.novacompat.metadata.command.Version;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.config.DerivedOptions;
import org.novacompat.metadata.config.NovaConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
      "Exit status: 0 done, or as wanted; 1 not done in some cell, or not as wanted; 2 wrong"
          + " command line."
    })
public final class NovaCompatMigrate {
  private final Path migrations;
  @Spec private CommandSpec spec;

  NovaCompatMigrate(Path migrations) {
    this.migrations = migrations;
  }

  /** What is done to a cell. */
  @FunctionalInterface
  private interface Task {
    Report run(CompanionDatabase database) throws SQLException;
  }

  /** Whether a cell is as wanted, and what to say of it. */
  private record Report(boolean asWanted, String sentence) {}

  /**
   * Runs the command and ends the JVM with its exit status.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    Path home = Path.of(System.getProperty("nova-compat.home"));
    System.exit(Cli.of(new NovaCompatMigrate(home.resolve("migrations"))).execute(arguments));
  }

  @Command(
      description = {
        "Brings every cell to the newest version. Where it is already, nothing is changed. The"
            + " service notices within a minute; it need not be stopped."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  int up(@Mixin ConfigurationOptions configuration) throws IOException {
    return inEachCell(
        configuration.read(),
        database -> {
          int before = database.version();
          database.up();
          int version = database.version();
          return new Report(
              true,
              "at version " + version + (version == before ? ", as it was" : ", was at " + before));
        });
  }

  @Command(
      description = {
        "Takes every cell back to an earlier version; to 0, where nothing of this product is left."
            + " What is in nova's own table stays."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  int down(
      @Mixin ConfigurationOptions configuration,
      @Option(
              names = "--to",
              paramLabel = "VERSION",
              defaultValue = "0",
              description = "The version to go back to. Default: 0.")
          int wanted,
      @Option(
              names = "--discard-values",
              description = {
                "Also where instances still have values in the table, which are lost then. Without"
                    + " it, such a cell stays as it is."
              })
          boolean discard)
      throws IOException {
    int newest = Migration.in(migrations).size();
    if (wanted < 0 || wanted > newest) {
      throw new ParameterException(
          spec.subcommands().get("down"),
          "--to " + wanted + ": expected a version from 0 to " + newest);
    }
    return inEachCell(
        configuration.read(),
        database -> {
          int before = database.version();
          if (wanted == 0 && discard) {
            database.discard();
          } else {
            database.downTo(wanted);
          }
          return new Report(true, "at version " + database.version() + ", was at " + before);
        });
  }

  @Command(
      description = {
        "Says which version every cell is at, how many values the table has there, and how many"
            + " rows purge would remove. Exit status 0 when up would change nothing, else 1."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  int status(@Mixin ConfigurationOptions configuration) throws IOException {
    return inEachCell(
        configuration.read(),
        database ->
            new Report(
                database.version() >= database.newest(),
                "at version %d of %d, %d values, %d rows to purge"
                    .formatted(
                        database.version(),
                        database.newest(),
                        database.values(),
                        database.purgeable())));
  }

  @Command(
      description = {
        "Removes from the table what no instance can show any more: values that were deleted or"
            + " replaced, and those of instances that nova has deleted. To be run now and then,"
            + " like nova-manage db purge, which does the same for nova's tables."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false)
  int purge(@Mixin ConfigurationOptions configuration) throws IOException {
    return inEachCell(
        configuration.read(), database -> new Report(true, database.purge() + " rows removed"));
  }

  /** A cell in which the task fails does not keep the others from it. */
  private int inEachCell(NovaConf conf, Task task) throws IOException {
    DerivedOptions.database(conf, Catalogue.API_DATABASE)
        .ifPresent(api -> warn("[api_database]", api.warnings()));
    boolean asWanted = true;
    for (CellDatabases.Cell cell : CellDatabases.of(conf)) {
      asWanted &= inCell(cell, conf, task);
    }
    return asWanted ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private boolean inCell(CellDatabases.Cell cell, NovaConf conf, Task task) throws IOException {
    try {
      DatabaseUrl url = cell.url();
      warn(cell.label(), url.warnings());
      try (CompanionDatabase database =
          CompanionDatabase.open(
              url, DerivedOptions.connectionOptions(conf, Catalogue.DATABASE), migrations)) {
        Report report = task.run(database);
        spec.commandLine().getOut().println(cell.label() + ": " + report.sentence());
        return report.asWanted();
      }
    } catch (CommandException | SQLException e) {
      warn(cell.label(), List.of(e.getMessage()));
      return false;
    }
  }

  private void warn(String label, List<String> warnings) {
    PrintWriter console = spec.commandLine().getErr();
    warnings.forEach(warning -> console.println(label + ": " + warning));
  }
}
