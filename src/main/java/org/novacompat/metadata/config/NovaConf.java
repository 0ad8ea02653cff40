// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * nova's configuration, read once and valid: every option of the {@link Catalogue} has a value of
 * its type. Options that are not in the catalogue are ignored, as nova ignores what it does not
 * know.
 */
public final class NovaConf {

  /** What is read when nothing else is named or found. */
  public static final Path DEFAULT_FILE = Path.of("/etc/nova/nova.conf");

  /** The system property that lists the files, separated as in {@code PATH}. */
  public static final String FILES_PROPERTY = "nova-compat.config-file";

  /** The system property that lists the directories, separated as in {@code PATH}. */
  public static final String DIRECTORIES_PROPERTY = "nova-compat.config-dir";

  private final Map<OptionName, Resolution.Value> values;
  private final Supplier<List<String>> warnings;
  private final List<Path> places;

  private NovaConf(
      Map<OptionName, Resolution.Value> values,
      Supplier<List<String>> warnings,
      List<Path> places) {
    this.values = values;
    this.warnings = warnings;
    this.places = places;
  }

  /**
   * Reads files and directories as {@code --config-file} and {@code --config-dir} name them, and
   * nothing else.
   *
   * @param configFiles the files, later ones before earlier ones; a directory among them stands for
   *     its fragments at this very place, so that the order of a command line can be kept
   * @param configDirs the directories whose fragments ({@code *.conf}, by name) are read after the
   *     files
   * @param environment the environment, whose {@code OS_GROUP__OPTION} come before the files
   * @throws InvalidConfigurationException when a file cannot be read or a value is wrong
   */
  public static NovaConf load(
      List<Path> configFiles, List<Path> configDirs, Map<String, String> environment) {
    List<ConfigFile> files = new ArrayList<>();
    configFiles.forEach(
        path -> files.addAll(Files.isDirectory(path) ? fragments(path) : List.of(file(path))));
    configDirs.forEach(path -> files.addAll(fragments(path)));
    List<Path> given = Stream.concat(configFiles.stream(), configDirs.stream()).toList();
    return of(files, environment, Catalogue.all(), ConfigPaths.beside(given, environment));
  }

  /**
   * Reads what the system properties {@value #FILES_PROPERTY} and {@value #DIRECTORIES_PROPERTY}
   * list, and the environment. Where one of the two lists nothing, what oslo.config would find is
   * read first: {@code nova.conf} and {@code nova-api-metadata.conf}, or the directories {@code
   * nova.conf.d} and {@code nova-api-metadata.conf.d}, each in the first of {@code ~/.nova}, {@code
   * ~}, {@code /etc/nova}, {@code /etc} that has it.
   *
   * @throws InvalidConfigurationException when a file cannot be read or a value is wrong
   */
  public static NovaConf fromSystemProperties() {
    Map<String, String> environment = System.getenv();
    List<Path> paths =
        ConfigPaths.inOrder(
            ConfigPaths.split(System.getProperty(FILES_PROPERTY, "")),
            ConfigPaths.split(System.getProperty(DIRECTORIES_PROPERTY, "")),
            environment);
    return load(paths, List.of(), environment);
  }

  static NovaConf of(
      List<ConfigFile> files, Map<String, String> environment, Collection<Option<?>> catalogue) {
    return of(files, environment, catalogue, List.of());
  }

  private static NovaConf of(
      List<ConfigFile> files,
      Map<String, String> environment,
      Collection<Option<?>> catalogue,
      List<Path> places) {
    refuse(files.stream().flatMap(file -> file.problems().stream()).toList());
    Settings settings = new Settings(files, environment);
    Resolution resolution = new Resolution(catalogue, settings);
    refuse(resolution.problems());
    return new NovaConf(resolution.values(), () -> warnings(settings, catalogue), places);
  }

  private static List<String> warnings(Settings settings, Collection<Option<?>> catalogue) {
    return Stream.concat(
            catalogue.stream().flatMap(settings::deprecationWarnings),
            settings.misspellingWarnings(catalogue))
        .distinct()
        .toList();
  }

  /**
   * An option's value.
   *
   * @throws IllegalArgumentException when the option is not in the catalogue
   */
  @SuppressWarnings("unchecked")
  public <T> T get(Option<T> option) {
    Resolution.Value value = values.get(option.fullName());
    if (value == null) {
      throw new IllegalArgumentException(option.fullName() + " is not in the catalogue");
    }
    return (T) value.value();
  }

  /**
   * Looks for a file that an option names ({@code oslo_config/cfg.py: find_file}): beside the
   * configuration that was read, then where nova's configuration usually is.
   *
   * @param name its name or its path
   * @return the file; empty when there is none
   */
  public Optional<Path> find(Path name) {
    return places.stream().map(place -> place.resolve(name)).filter(Files::exists).findFirst();
  }

  /**
   * The complaint about a value that its type allows and that still cannot be used for what it is
   * wanted for.
   *
   * @param option an option that is no secret
   * @param expected what would do, to follow the word "expected"
   */
  public InvalidConfigurationException unusable(Option<?> option, String expected) {
    Resolution.Value value = values.get(option.fullName());
    return new InvalidConfigurationException(
        List.of(
            "%s: %s: expected %s, got '%s'"
                .formatted(value.place(), option.fullName(), expected, value.text())));
  }

  /**
   * The complaint about a value, which is not shown.
   *
   * @param option the option
   * @param reason why it cannot be used
   */
  InvalidConfigurationException refusal(Option<?> option, String reason) {
    String place = values.get(option.fullName()).place();
    return new InvalidConfigurationException(
        List.of("%s: %s: %s".formatted(place, option.fullName(), reason)));
  }

  /** What an operator should change, though it works: one line each, with file and line. */
  public List<String> warnings() {
    return warnings.get();
  }

  /**
   * Every option that has a value, as text, references replaced, by the name {@code group.option}.
   * Secrets, and what is made from them, are left out.
   */
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (!value.secret() && !value.text().isEmpty()) {
            properties.put(name.group() + "." + name.name(), value.text());
          }
        });
    return properties;
  }

  static ConfigFile file(Path path) {
    return ConfigFileParser.parse(path, NovaConf::isNoSecret);
  }

  private static boolean isNoSecret(String word) {
    return Catalogue.all().stream()
        .filter(option -> !option.secret())
        .anyMatch(option -> option.name().equals(word));
  }

  private static List<ConfigFile> fragments(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of(ConfigFile.unreadable(directory, "no such directory"));
    }
    try {
      return ConfigPaths.fragments(directory).stream().map(NovaConf::file).toList();
    } catch (IOException e) {
      return List.of(ConfigFile.unreadable(directory, "cannot be listed: " + e.getMessage()));
    }
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
  }
}
