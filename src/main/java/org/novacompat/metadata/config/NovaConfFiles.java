// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.novacompat.metadata.config.oslo.Arguments;
import org.novacompat.metadata.config.oslo.ConfigFiles;
import org.novacompat.metadata.config.oslo.ConfigPaths;
import org.novacompat.metadata.config.oslo.InvalidConfigurationException;

/**
 * The files of nova's configuration, found and parsed.
 *
 * @param source the options that they, the command line and oslo.config's environment variables set
 * @param places where files are looked for that options name
 * @param warnings files that were found and may not be read, a line each
 */
public record NovaConfFiles(ConfigFiles source, List<Path> places, List<String> warnings) {

  /** The system property that lists the files, separated as in {@code PATH}. */
  public static final String FILES_PROPERTY = "nova-compat.config-file";

  /** The system property that lists the directories, separated as in {@code PATH}. */
  public static final String DIRECTORIES_PROPERTY = "nova-compat.config-dir";

  /** The system property by which a command hands on its {@link Arguments}, for both of these. */
  public static final String ARGUMENTS_PROPERTY = "nova-compat.arguments";

  /**
   * What was parsed last, by the values of the properties: the application, which finds the
   * launcher's classes before its own, need not parse again.
   */
  private static Map<List<String>, NovaConfFiles> parsed = Map.of();

  /**
   * Reads what the system property {@value #ARGUMENTS_PROPERTY} names, or else what {@value
   * #FILES_PROPERTY} and {@value #DIRECTORIES_PROPERTY} list. Where there is no file, or no
   * directory, what oslo.config would find is read first: {@code nova.conf} and {@code
   * nova-api-metadata.conf}, or the directories {@code nova.conf.d} and {@code
   * nova-api-metadata.conf.d}, each in the first of {@code ~/.nova}, {@code ~}, {@code /etc/nova},
   * {@code /etc} that contains it; or the files that the environment names for nova's WSGI
   * application. A directory that is found so and may not be listed is left out, with a warning.
   *
   * @throws InvalidConfigurationException when a file cannot be read
   */
  public static synchronized NovaConfFiles fromSystemProperties() {
    List<String> named =
        Stream.of(ARGUMENTS_PROPERTY, FILES_PROPERTY, DIRECTORIES_PROPERTY)
            .map(property -> System.getProperty(property, ""))
            .toList();
    if (!parsed.containsKey(named)) {
      parsed = Map.of(named, parse(named.get(0)));
    }
    return parsed.get(named);
  }

  private static NovaConfFiles parse(String handedOn) {
    ConfigPaths paths = ConfigPaths.here(System.getenv());
    return handedOn.isEmpty()
        ? afterFound(Arguments.reading(listed(FILES_PROPERTY)), listed(DIRECTORIES_PROPERTY), paths)
        : afterFound(Arguments.decoded(handedOn), List.of(), paths);
  }

  private static List<Path> listed(String property) {
    return ConfigPaths.split(System.getProperty(property, ""));
  }

  private static NovaConfFiles afterFound(
      Arguments arguments, List<Path> configDirs, ConfigPaths paths) {
    List<Path> found = paths.before(arguments.paths(), configDirs);
    List<Path> closed = found.stream().filter(NovaConfFiles::isClosed).toList();
    List<Path> open = found.stream().filter(path -> !closed.contains(path)).toList();
    NovaConfFiles read = read(Arguments.reading(open).and(arguments), configDirs, paths);
    return new NovaConfFiles(
        read.source,
        read.places,
        closed.stream().map(path -> path + ": permission denied: no file in it is read").toList());
  }

  /** Whether oslo.config, which only globs, sees nothing in it and goes on. */
  private static boolean isClosed(Path found) {
    return Files.isDirectory(found) && !Files.isReadable(found);
  }

  static NovaConfFiles read(Arguments arguments, List<Path> configDirs, ConfigPaths paths) {
    List<Path> given = Stream.concat(arguments.paths().stream(), configDirs.stream()).toList();
    return new NovaConfFiles(
        ConfigFiles.read(arguments, configDirs, paths.environment(), NovaConfFiles::startsNoSecret),
        paths.beside(given),
        List.of());
  }

  private static boolean startsNoSecret(String word) {
    return Catalogue.all().stream()
        .filter(option -> !option.secret())
        .anyMatch(option -> option.name().equals(word));
  }
}
