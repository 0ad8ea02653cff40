// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.config.NovaConf;
import picocli.CommandLine.Option;

/**
 * Where nova.conf is, as every command of nova's is told: {@code --config-file} and {@code
 * --config-dir}, both repeatable, in an order among each other that oslo.config heeds.
 */
public final class ConfigurationOptions {
  private static final String FILE = "--config-file";

  @Option(
      names = {FILE, "--config-dir"},
      paramLabel = "PATH",
      description = {
        "A file like nova.conf, or a folder whose *.conf files are read in the order of their names;"
            + " both may be given again, later ones win. Default: /etc/nova/nova.conf."
      })
  private List<Path> paths = List.of();

  /**
   * Reads the configuration that the command line names, or the one that is found.
   *
   * @param first what is read before it
   * @return nova.conf
   * @throws org.novacompat.metadata.config.InvalidConfigurationException when it cannot be used
   */
  public NovaConf read(Path... first) {
    String all =
        Stream.concat(Stream.of(first), paths.stream())
            .map(Path::toAbsolutePath)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    System.setProperty(NovaConf.FILES_PROPERTY, all);
    return NovaConf.fromSystemProperties();
  }

  /** Whether the command line names any. */
  public boolean isGiven() {
    return !paths.isEmpty();
  }

  /** The arguments by which another command reads what this process has {@link #read}. */
  public static List<String> given() {
    return Stream.of(System.getProperty(NovaConf.FILES_PROPERTY, "").split(File.pathSeparator))
        .filter(path -> !path.isEmpty())
        .flatMap(path -> Stream.of(FILE, path))
        .toList();
  }
}
