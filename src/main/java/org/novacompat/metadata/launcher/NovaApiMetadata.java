// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.launcher;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.InvalidConfigurationException;
import org.novacompat.metadata.config.NovaConf;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command {@code nova-api-metadata}, with the command line of nova's own. */
@Command(
    name = "nova-api-metadata",
    description = {
      "Serves OpenStack instances their metadata, as nova's nova-api-metadata does and in its place.",
      "Reads the operator's nova.conf and the nova database; stays in the foreground until SIGTERM."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Any option of nova.conf may also come from the environment, as OS_<GROUP>__<OPTION>:",
      "  OS_DEFAULT__METADATA_LISTEN_PORT=18775 nova-api-metadata --config-file nova.conf",
      "",
      "Exit status: 0 after SIGTERM or SIGINT, 1 when the service cannot start, 2 for a wrong command line."
    })
public final class NovaApiMetadata implements Callable<Integer> {
  @Option(
      names = "--config-file",
      paramLabel = "FILE",
      parameterConsumer = InOrder.class,
      description =
          "A file like nova.conf; may be given again, later ones win. Default: /etc/nova/nova.conf.")
  private Path configFile;

  @Option(
      names = "--config-dir",
      paramLabel = "DIR",
      parameterConsumer = InOrder.class,
      description =
          "A folder whose *.conf files are read in the order of their names; may be given again.")
  private Path configDir;

  /** Files and folders as the command line mixes them. */
  private final List<Path> configuration = new ArrayList<>();

  @Option(
      names = "--demo",
      description = {
        "Needs no nova: starts a MariaDB of its own with three instances, and serves them on 127.0.0.1:8775.",
        "A --config-file is read on top of the demo's own."
      })
  private boolean demo;

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
    PrintStream console = System.err;
    System.exit(
        new CommandLine(new NovaApiMetadata(console))
            .setUsageHelpAutoWidth(true)
            .execute(arguments));
  }

  @Override
  public Integer call() {
    Installation installation = Installation.ofThisCommand();
    try (Service service = new Service(installation, console)) {
      if (demo) {
        Demo started = service.add(Demo.start(installation, console));
        NovaConf conf = configuration(started.configuration());
        service.start(conf);
        started.explain(
            console, conf.get(Catalogue.METADATA_LISTEN), conf.get(Catalogue.METADATA_LISTEN_PORT));
      } else {
        service.start(configuration(List.of()));
      }
      service.await();
      return 0;
    } catch (LaunchException | InvalidConfigurationException | IOException e) {
      console.println(e.getMessage());
      return 1;
    }
  }

  private NovaConf configuration(List<Path> first) {
    String paths =
        Stream.concat(first.stream(), configuration.stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    System.setProperty(NovaConf.FILES_PROPERTY, paths);
    return NovaConf.fromSystemProperties();
  }

  /** Keeps the order of the two options among each other, which oslo.config heeds. */
  private static final class InOrder implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> rest, ArgSpec option, CommandSpec command) {
      if (rest.isEmpty()) {
        throw new ParameterException(command.commandLine(), "Missing value of " + option);
      }
      ((NovaApiMetadata) command.userObject())
          .configuration.add(Path.of(rest.pop()).toAbsolutePath());
    }
  }
}
