// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
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
 * know; those of them that nova heeds are told in the {@link #warnings}.
 */
public final class NovaConf {

  /** The system property that lists the files, separated as in {@code PATH}. */
  public static final String FILES_PROPERTY = "nova-compat.config-file";

  /** The system property that lists the directories, separated as in {@code PATH}. */
  public static final String DIRECTORIES_PROPERTY = "nova-compat.config-dir";

  /** The system property by which a command hands on its {@link Arguments}, for both of these. */
  public static final String ARGUMENTS_PROPERTY = "nova-compat.arguments";

  /** The system property by which tests put another root before {@code /etc} and the like. */
  static final String ROOT_PROPERTY = "nova-compat.root";

  /**
   * The system property by which the launcher tells the application, which reads the same
   * configuration in the same process, that the {@link #warnings} are in the log.
   */
  public static final String WARNED_PROPERTY = "nova-compat.warned";

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
    return load(Arguments.reading(configFiles), configDirs, ConfigPaths.here(environment));
  }

  static NovaConf load(Arguments arguments, List<Path> configDirs, ConfigPaths paths) {
    List<ConfigFile> files = new ArrayList<>();
    arguments.inOrder().forEach(argument -> files.addAll(sources(argument)));
    configDirs.forEach(path -> files.addAll(fragments(path)));
    List<Path> given = Stream.concat(arguments.paths().stream(), configDirs.stream()).toList();
    return of(files, paths.environment(), Catalogue.all(), paths.beside(given));
  }

  private static List<ConfigFile> sources(Arguments.Argument argument) {
    if (argument instanceof Arguments.Set set) {
      return List.of(ConfigFile.of(List.of(Setting.of(set)), List.of()));
    }
    Path path = ((Arguments.Read) argument).path();
    return Files.isDirectory(path) ? fragments(path) : List.of(file(path));
  }

  /**
   * Reads what the system property {@value #ARGUMENTS_PROPERTY} says, or else what {@value
   * #FILES_PROPERTY} and {@value #DIRECTORIES_PROPERTY} list, and the environment. Where there is
   * no file, or no directory, what oslo.config would find is read first: {@code nova.conf} and
   * {@code nova-api-metadata.conf}, or the directories {@code nova.conf.d} and {@code
   * nova-api-metadata.conf.d}, each in the first of {@code ~/.nova}, {@code ~}, {@code /etc/nova},
   * {@code /etc} that has it; or the files that the environment names for nova's WSGI application.
   * A directory that is found so and may not be listed is left out, which the warnings tell.
   *
   * @throws InvalidConfigurationException when a file cannot be read or a value is wrong
   */
  public static NovaConf fromSystemProperties() {
    ConfigPaths paths = ConfigPaths.here(System.getenv());
    String handedOn = System.getProperty(ARGUMENTS_PROPERTY, "");
    return handedOn.isEmpty()
        ? afterFound(Arguments.reading(listed(FILES_PROPERTY)), listed(DIRECTORIES_PROPERTY), paths)
        : afterFound(Arguments.decoded(handedOn), List.of(), paths);
  }

  private static List<Path> listed(String property) {
    return ConfigPaths.split(System.getProperty(property, ""));
  }

  private static NovaConf afterFound(
      Arguments arguments, List<Path> configDirs, ConfigPaths paths) {
    List<Path> found = paths.before(arguments.paths(), configDirs);
    List<Path> closed = found.stream().filter(NovaConf::isClosed).toList();
    List<Path> read = found.stream().filter(path -> !closed.contains(path)).toList();
    return load(Arguments.reading(read).and(arguments), configDirs, paths).without(closed);
  }

  /** Whether oslo.config, which only globs, sees nothing in it and goes on. */
  private static boolean isClosed(Path found) {
    return Files.isDirectory(found) && !Files.isReadable(found);
  }

  private NovaConf without(List<Path> closed) {
    List<String> first =
        closed.stream().map(path -> path + ": permission denied: no file in it is read").toList();
    return new NovaConf(
        values, () -> Stream.concat(first.stream(), warnings().stream()).toList(), places);
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
    Resolution listed = new Resolution(catalogue, settings);
    HeededOptions heeded = HeededOptions.of(catalogue, listed.values());
    Resolution all = heeded.followed().isEmpty() ? listed : new Resolution(heeded.all(), settings);
    refuse(all.problems());
    return new NovaConf(all.values(), () -> Warnings.of(settings, heeded, Unheeded.all()), places);
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

  /**
   * What an operator should know or change, though it works: a line each, with file and line or the
   * variable, and without any value.
   */
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
    } catch (AccessDeniedException e) {
      return List.of(ConfigFile.unreadable(directory, "permission denied"));
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
