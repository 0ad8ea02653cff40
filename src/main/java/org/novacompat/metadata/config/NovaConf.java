// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.novacompat.metadata.config.oslo.Arguments;
import org.novacompat.metadata.config.oslo.ConfigPaths;
import org.novacompat.metadata.config.oslo.InvalidConfigurationException;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionName;
import org.novacompat.metadata.config.oslo.OptionSource;
import org.novacompat.metadata.config.oslo.PropertySource;
import org.novacompat.metadata.config.oslo.Resolution;
import org.novacompat.metadata.config.oslo.Settings;

/**
 * nova's configuration, read once and valid: every option of the {@link Catalogue} has a value of
 * its type. Other options are ignored, as nova ignores what it does not know; the {@link #warnings}
 * name those that nova heeds.
 *
 * <p>nova.conf, with all that oslo.config reads, is one source of options. Before it come the
 * properties of the JVM and the environment, by the names that MicroProfile Config gives to the
 * property {@code nova.GROUP.OPTION}. Before all comes what the command line sets.
 */
public final class NovaConf {

  /** The system property that holds the {@link #warnings} that this process has logged. */
  private static final String WARNED_PROPERTY = "nova-compat.warned";

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
   * @param environment the environment
   * @throws InvalidConfigurationException when a file cannot be read or a value is wrong
   */
  public static NovaConf load(
      List<Path> configFiles, List<Path> configDirs, Map<String, String> environment) {
    return load(Arguments.reading(configFiles), configDirs, ConfigPaths.here(environment));
  }

  static NovaConf load(Arguments arguments, List<Path> configDirs, ConfigPaths paths) {
    NovaConfFiles files = NovaConfFiles.read(arguments, configDirs, paths);
    return of(files, List.of(PropertySource.environment(paths.environment()), files.source()));
  }

  /**
   * Reads the nova.conf that the system properties name, see {@link
   * NovaConfFiles#fromSystemProperties}, the properties of the JVM and the environment.
   *
   * @throws InvalidConfigurationException when a file cannot be read or a value is wrong
   */
  public static NovaConf fromSystemProperties() {
    return withProperties(NovaConfFiles.fromSystemProperties(), System.getenv());
  }

  static NovaConf withProperties(NovaConfFiles files, Map<String, String> environment) {
    return of(
        files,
        List.of(PropertySource.system(), PropertySource.environment(environment), files.source()));
  }

  /**
   * Reads options from several sources, after what the command line sets ({@code
   * oslo_config/cfg.py: ConfigOpts._do_get}).
   *
   * @param files nova.conf with the command line
   * @param sources all sources, nova.conf among them, the one that counts most first
   * @throws InvalidConfigurationException when a value is wrong
   */
  public static NovaConf of(NovaConfFiles files, List<OptionSource> sources) {
    Settings settings =
        new Settings(
            Stream.concat(Stream.of(files.source().commandLine()), sources.stream()).toList());
    Resolution listed = new Resolution(Catalogue.all(), settings);
    HeededOptions heeded = HeededOptions.of(listed.values());
    Resolution all = heeded.followed().isEmpty() ? listed : new Resolution(heeded.all(), settings);
    InvalidConfigurationException.requireNone(all.problems());
    return new NovaConf(
        all.values(),
        () ->
            Stream.concat(files.warnings().stream(), Warnings.of(settings, heeded).stream())
                .toList(),
        files.places());
  }

  /**
   * An option's value.
   *
   * @throws IllegalArgumentException when the option is not in the catalogue
   */
  @SuppressWarnings("unchecked")
  public <T> T get(Option<T> option) {
    return (T) value(option).value();
  }

  private Resolution.Value value(Option<?> option) {
    Resolution.Value value = values.get(option.fullName());
    if (value == null) {
      throw new IllegalArgumentException(option.fullName() + " is not in the catalogue");
    }
    return value;
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
   * The complaint about a value that its type allows and that still cannot be used for its purpose.
   *
   * @param option the option, whose value is shown unless it is a secret or made from one
   * @param expected what would do, to follow the word "expected"
   */
  public InvalidConfigurationException unusable(Option<?> option, String expected) {
    String got = isSecret(option) ? "" : ", got '" + value(option).text() + "'";
    return refusal(option, "expected " + expected + got);
  }

  /** Whether an option's value must not be shown: it is a secret, or made from one. */
  public boolean isSecret(Option<?> option) {
    return value(option).secret();
  }

  /**
   * The complaint about a value, which is not shown.
   *
   * @param option the option
   * @param reason why it cannot be used
   */
  InvalidConfigurationException refusal(Option<?> option, String reason) {
    return new InvalidConfigurationException(
        List.of("%s: %s: %s".formatted(value(option).place(), option.fullName(), reason)));
  }

  /**
   * What an operator should know or change, though it works: a line each, with file and line, the
   * variable or the property, and without any value.
   */
  public List<String> warnings() {
    return warnings.get();
  }

  /**
   * Logs the warnings that this process has not logged: the launcher and the application, which are
   * loaded apart, read the same nova.conf.
   */
  public void warnOnce(Consumer<String> log) {
    List<String> logged = System.getProperty(WARNED_PROPERTY, "").lines().toList();
    List<String> all = warnings();
    all.stream().filter(warning -> !logged.contains(warning)).forEach(log);
    System.setProperty(WARNED_PROPERTY, String.join("\n", all));
  }

  /**
   * Every option that has a value, as text, references replaced, by its {@link
   * OptionName#property}. Secrets, and what is made from them, are left out.
   */
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (!value.secret() && !value.text().isEmpty()) {
            properties.put(name.property(), value.text());
          }
        });
    return properties;
  }
}
