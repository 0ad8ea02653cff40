// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All that oslo.config reads: the files, the command line, and the environment's {@code
 * OS_GROUP__OPTION} ({@code oslo_config/cfg.py: _Namespace._get_file_value, ConfigOpts._do_get}):
 * the environment before the files, a later file before an earlier one, in one file the current
 * name before deprecated ones, of repetitions the last. An option of the command line counts like a
 * file in its place there; what no file sets as well, it sets before the environment.
 */
public final class ConfigFiles implements OptionSource {
  private final List<ConfigFile> inOrder;
  private final List<ConfigFile> latestFirst;
  private final Map<String, String> environment;

  ConfigFiles(List<ConfigFile> filesInOrder, Map<String, String> environment) {
    this.inOrder = filesInOrder;
    this.latestFirst = new ArrayList<>(filesInOrder);
    Collections.reverse(latestFirst);
    this.environment = environment;
  }

  /**
   * Reads what a command line names.
   *
   * @param arguments the files and directories, and the options that are set among them
   * @param configDirs directories whose fragments ({@code *.conf}, by name) are read after them
   * @param environment the environment
   * @param mayBeShown whether a word that starts an unreadable line shows that the line holds no
   *     secret
   * @throws InvalidConfigurationException when a file cannot be read, or is of another format
   */
  public static ConfigFiles read(
      Arguments arguments,
      List<Path> configDirs,
      Map<String, String> environment,
      Predicate<String> mayBeShown) {
    List<ConfigFile> files = new ArrayList<>();
    for (Arguments.Argument argument : arguments.inOrder()) {
      if (argument instanceof Arguments.Set set) {
        files.add(ConfigFile.of(List.of(Setting.of(set)), List.of()));
      } else {
        Path path = ((Arguments.Read) argument).path();
        files.addAll(
            Files.isDirectory(path)
                ? fragments(path, mayBeShown)
                : List.of(ConfigFileParser.parse(path, mayBeShown)));
      }
    }
    configDirs.forEach(path -> files.addAll(fragments(path, mayBeShown)));
    InvalidConfigurationException.requireNone(
        files.stream().flatMap(file -> file.problems().stream()).toList());
    return new ConfigFiles(files, environment);
  }

  private static List<ConfigFile> fragments(Path directory, Predicate<String> mayBeShown) {
    if (!Files.isDirectory(directory)) {
      return List.of(ConfigFile.unreadable(directory, "no such directory"));
    }
    try {
      return ConfigPaths.fragments(directory).stream()
          .map(path -> ConfigFileParser.parse(path, mayBeShown))
          .toList();
    } catch (AccessDeniedException e) {
      return List.of(ConfigFile.unreadable(directory, "permission denied"));
    } catch (IOException e) {
      return List.of(ConfigFile.unreadable(directory, "cannot be listed: " + e.getMessage()));
    }
  }

  /** The options for which the command line counts among all of this. */
  public OptionSource commandLine() {
    return new CommandLineSource(this);
  }

  @Override
  public Optional<Assignment> find(Option<?> option) {
    return find(option.fullName(), names(option), option.type().repeatable());
  }

  @Override
  public Optional<Assignment> find(OptionName name) {
    return find(name, List.of(name), false);
  }

  private Optional<Assignment> find(OptionName current, List<OptionName> names, boolean all) {
    Optional<Assignment> set = assignment(inFiles(names, all));
    return onCommandLineAlone(names) ? set : inEnvironment(current).or(() -> set);
  }

  private boolean onCommandLineAlone(List<OptionName> names) {
    List<Setting> everywhere = inFiles(names, true);
    return !everywhere.isEmpty() && everywhere.stream().allMatch(Setting::onCommandLine);
  }

  private Optional<Assignment> inEnvironment(OptionName name) {
    String variable = name.osloVariable();
    return Optional.ofNullable(environment.get(variable))
        .map(text -> new Assignment(List.of(text), variable));
  }

  /** The settings of the files, in the order of the files and of the lines in each. */
  @Override
  public Stream<Setting> settings() {
    return inOrder.stream()
        .flatMap(
            file ->
                file.settings().values().stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.comparingInt(Setting::line)));
  }

  @Override
  public Stream<Setting> deprecated(Option<?> option) {
    return inFiles(names(option), option.type().repeatable()).stream()
        .filter(setting -> !setting.name().equals(option.fullName()));
  }

  private List<Setting> inFiles(List<OptionName> names, boolean all) {
    List<Setting> found = new ArrayList<>();
    for (ConfigFile file : latestFirst) {
      for (OptionName name : names) {
        List<Setting> here = file.get(name);
        if (!all && !here.isEmpty()) {
          return List.of(here.get(here.size() - 1));
        }
        found.addAll(0, here);
      }
    }
    return found;
  }

  private static Optional<Assignment> assignment(List<Setting> found) {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Setting last = found.get(found.size() - 1);
    List<String> texts = found.stream().map(Setting::text).toList();
    return Optional.of(new Assignment(texts, last.place(), last.onCommandLine()));
  }

  private static List<OptionName> names(Option<?> option) {
    return Stream.concat(Stream.of(option.fullName()), option.deprecatedNames().stream()).toList();
  }
}
