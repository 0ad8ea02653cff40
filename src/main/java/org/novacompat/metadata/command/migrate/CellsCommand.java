// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.novacompat.metadata.command.ConfigurationOptions;
import org.novacompat.metadata.config.Combined;
import org.novacompat.metadata.config.ConnectionOptions;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.config.NovaConf;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What is done to every cell; one that fails does not keep the others from it. */
abstract class CellsCommand implements Callable<Integer> {
  private static final String HOME_PROPERTY = "nova-compat.home";

  @Mixin private ConfigurationOptions configuration;
  @Spec private CommandSpec spec;

  /** Whether a cell is as wanted, and what to tell of it. */
  record Report(boolean asWanted, String told) {}

  /** Does it to one cell. */
  abstract Report at(CellServer server) throws MigrateException;

  @Override
  public Integer call() throws MigrateException, IOException {
    NovaConf conf = configuration.read();
    Combined.apiDatabase(conf)
        .ifPresent(api -> api.warnings().forEach(warning -> tell("[api_database]", warning)));
    boolean asWanted = true;
    for (Cells.Cell cell : Cells.of(conf)) {
      asWanted &= at(cell, Combined.connectionOptions(conf));
    }
    return asWanted ? 0 : NovaCompatMigrate.FAILED;
  }

  private boolean at(Cells.Cell cell, ConnectionOptions options) throws IOException {
    if (cell.database().isEmpty()) {
      tell(cell.label(), cell.flaw());
      return false;
    }
    DatabaseUrl database = cell.database().get();
    database.warnings().forEach(warning -> tell(cell.label(), warning));
    try (CellServer server = CellServer.open(database, options, migrations())) {
      Report report = at(server);
      console().println(cell.label() + ": " + report.told());
      return report.asWanted();
    } catch (MigrateException e) {
      tell(cell.label(), e.getMessage());
      return false;
    }
  }

  private void tell(String label, String what) {
    spec.commandLine().getErr().println(label + ": " + what);
  }

  private PrintWriter console() {
    return spec.commandLine().getOut();
  }

  private static Path migrations() {
    return Path.of(System.getProperty(HOME_PROPERTY)).resolve("migrations");
  }
}
