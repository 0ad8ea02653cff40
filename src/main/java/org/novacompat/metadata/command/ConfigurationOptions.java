// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.NovaConfFiles;
import org.novacompat.metadata.config.oslo.Arguments;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Where nova.conf is, as every command of nova's is told: {@code --config-file} and {@code
 * --config-dir}, both repeatable, in an order among each other, and among other options that set
 * what nova.conf could, that oslo.config heeds.
 */
public final class ConfigurationOptions {
  private static final String FILE = "--config-file";

  private final List<Arguments.Argument> arguments = new ArrayList<>();

  /** As in nova's commands, the last one counts of an option that is given again. */
  @Spec(Spec.Target.MIXEE)
  private void allowRepetitions(CommandSpec command) {
    command.parser().overwrittenOptionsAllowed(true);
  }

  @Option(
      names = {FILE, "--config-dir"},
      paramLabel = "PATH",
      description = {
        "A file like nova.conf, or a folder whose *.conf files are read in the order of their"
            + " names; both may be given again, later ones win.",
        "Without a file: those that OS_NOVA_CONFIG_DIR and OS_NOVA_CONFIG_FILES name, or else"
            + " /usr/share/nova/nova-dist.conf, if there is one, nova.conf and"
            + " nova-api-metadata.conf. Without a folder: nova.conf.d and nova-api-metadata.conf.d."
            + " Each of these four is read from the first of ~/.nova, ~, /etc/nova and /etc that"
            + " has it."
      })
  private void add(Path path) {
    if (path != null) { // as picocli says before it parses
      arguments.add(Arguments.Read.written(path));
    }
  }

  /**
   * Takes down that another option of the command line sets one of nova.conf.
   *
   * @param argument which, and to what
   */
  public void set(Arguments.Set argument) {
    arguments.add(argument);
  }

  /**
   * Reads the configuration that the command line names, or the one that is found.
   *
   * @param first what is read before it
   * @return nova.conf
   * @throws org.novacompat.metadata.config.oslo.InvalidConfigurationException when it cannot be
   *     used
   */
  public NovaConf read(Path... first) {
    Arguments all =
        Arguments.reading(Stream.of(first).map(Path::toAbsolutePath).toList()).and(arguments());
    System.setProperty(NovaConfFiles.ARGUMENTS_PROPERTY, all.encoded());
    return NovaConf.fromSystemProperties();
  }

  /** What the command line says of the configuration. */
  public Arguments arguments() {
    return new Arguments(List.copyOf(arguments));
  }

  /** Whether the command line names any file or folder. */
  public boolean isGiven() {
    return !arguments().paths().isEmpty();
  }

  /** The arguments by which another command reads the files that this process has {@link #read}. */
  public static List<String> given() {
    return Arguments.decoded(System.getProperty(NovaConfFiles.ARGUMENTS_PROPERTY, ""))
        .paths()
        .stream()
        .flatMap(path -> Stream.of(FILE, path.toString()))
        .toList();
  }
}
