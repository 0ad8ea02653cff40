// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.migrate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.novacompat.metadata.command.ConfigurationOptions;
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
    boolean asWanted = true;
    for (Cells.Cell cell : Cells.of(configuration.read())) {
      asWanted &= at(cell);
    }
    return asWanted ? 0 : NovaCompatMigrate.FAILED;
  }

  private boolean at(Cells.Cell cell) throws IOException {
    try (CellServer server = CellServer.open(cell.database(), migrations())) {
      Report report = at(server);
      console().println(cell.label() + ": " + report.told());
      return report.asWanted();
    } catch (MigrateException e) {
      spec.commandLine().getErr().println(cell.label() + ": " + e.getMessage());
      return false;
    }
  }

  private PrintWriter console() {
    return spec.commandLine().getOut();
  }

  private static Path migrations() {
    return Path.of(System.getProperty(HOME_PROPERTY)).resolve("migrations");
  }
}
