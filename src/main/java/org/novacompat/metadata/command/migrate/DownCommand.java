// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nova-compat-migrate down} */
@Command(
    name = "down",
    description =
        "Takes every cell back to an earlier version; to 0, where nothing of ours is left. What is"
            + " in nova's own table stays.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DownCommand extends CellsCommand {
  @Option(
      names = "--to",
      paramLabel = "VERSION",
      defaultValue = "0",
      description = "The version to go back to. Default: 0.")
  private int version;

  @Option(
      names = "--discard-values",
      description =
          "Also where instances still have values in our table, which are lost then. Without it,"
              + " such a cell stays as it is.")
  private boolean discard;

  @Override
  Report at(CellServer server) throws MigrateException {
    int before = server.version();
    long values = server.values();
    if (version == 0 && values > 0 && !discard) {
      return new Report(
          false,
          "stays at version %d: %d values would be lost; --discard-values drops them"
              .formatted(before, values));
    }
    server.downTo(version);
    return new Report(true, "at version " + server.version() + ", was at " + before);
  }
}
