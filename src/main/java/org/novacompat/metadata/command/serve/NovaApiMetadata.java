// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.novacompat.metadata.command.Cli;
import org.novacompat.metadata.command.CommandException;
import org.novacompat.metadata.command.ConfigurationOptions;
import org.novacompat.metadata.command.Version;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.oslo.Arguments;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code nova-api-metadata}, with the command line of nova's own. */
@Command(
    name = "nova-api-metadata",
    customSynopsis = {
      "Usage: nova-api-metadata [--config-file=PATH]... [OPTION]...",
      "       nova-api-metadata --demo",
      "       nova-api-metadata --prepare [--config-file=PATH]..."
    },
    synopsisHeading = "",
    description = {
      "Serves OpenStack instances their metadata, as nova's nova-api-metadata does and in its"
          + " place.",
      "Reads the operator's nova.conf and the nova database; stays in the foreground until SIGTERM."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Any option of nova.conf may also come from the environment, as OS_<GROUP>__<OPTION>:",
      "  OS_DEFAULT__METADATA_LISTEN_PORT=18775 nova-api-metadata",
      "",
      "Exit status: 0 after SIGTERM or SIGINT, 1 when the service cannot start, 2 for a wrong"
          + " command line."
    })
public final class NovaApiMetadata implements Callable<Integer> {
  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Option(
      names = "--demo",
      description = {
        "Needs no nova: starts a MariaDB with three instances and serves them on 127.0.0.1, port"
            + " 8775.",
        "A --config-file is read on top of the demo's own."
      })
  private boolean demo;

  @Option(
      names = TrainingRun.OPTION,
      description = {
        "Makes later starts with this Java faster: starts and ends the service without serving"
            + " guests, and leaves an archive of the classes that it loaded. Reads the databases as"
            + " any start does, if nova.conf names them; starts become faster still. Does nothing"
            + " where such an archive is there that was made with an instance."
      })
  private boolean prepare;

  @Spec private CommandSpec spec;

  private final PrintStream console;

  NovaApiMetadata(PrintStream console) {
    this.console = console;
  }

  /**
   * Runs the command and ends the JVM with its exit status.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    CommandLine line = new NovaApiMetadata(System.err).commandLine();
    System.exit(line.execute(NovaOptions.expanded(line.getCommandSpec(), arguments)));
  }

  /** The command line that this takes, without abbreviations. */
  CommandLine commandLine() {
    // Liberty takes System.err
    CommandLine line = Cli.of(this).setErr(new PrintWriter(console, true));
    NovaOptions.addTo(line.getCommandSpec(), configuration);
    return line;
  }

  /** The files and options that the command line names. */
  Arguments arguments() {
    return configuration.arguments();
  }

  @Override
  public Integer call() {
    Installation installation = Installation.ofThisCommand();
    if (prepare && demo) {
      throw new ParameterException(
          spec.commandLine(), TrainingRun.OPTION + " and --demo do not go together");
    }
    try {
      if (prepare) {
        return new TrainingRun(installation, configuration).run(console);
      }
      serve(installation);
      return ExitCode.OK;
    } catch (IOException e) {
      throw new CommandException(e.getMessage(), e);
    }
  }

  private void serve(Installation installation) throws IOException {
    try (ServiceProcess service = new ServiceProcess(installation, console)) {
      if (demo) {
        Demo started = service.add(Demo.start(installation, console));
        NovaConf conf = configuration.read(started.configuration());
        service.start(conf);
        started.explain(
            console,
            conf.get(Catalogue.DEFAULT.metadataListen),
            conf.get(Catalogue.DEFAULT.metadataListenPort));
      } else {
        service.start(configuration.read());
      }
      service.await();
    }
  }
}
