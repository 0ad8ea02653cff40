// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that the files, the command line and the environment set, and which of it counts
 * ({@code oslo_config/cfg.py: _Namespace._get_file_value, ConfigOpts._do_get}): the environment
 * before the files, a later file before an earlier one, in one file the current name before
 * deprecated ones, of repetitions the last. An option of the command line counts like a file in its
 * place there; what no file sets as well, it sets before the environment.
 */
final class Settings {

  /**
   * What counts for one option.
   *
   * @param texts its text; for a repeatable option all of them, in order
   * @param place where it comes from: {@code FILE:LINE}, the option of the command line, or the
   *     variable's name
   */
  record Source(List<String> texts, String place) {

    String last() {
      return texts.get(texts.size() - 1);
    }
  }

  private final List<ConfigFile> latestFirst;
  private final Map<String, String> environment;

  Settings(List<ConfigFile> filesInOrder, Map<String, String> environment) {
    this.latestFirst = new ArrayList<>(filesInOrder);
    Collections.reverse(latestFirst);
    this.environment = environment;
  }

  /** What counts for an option; empty when nobody sets it. */
  Optional<Source> of(Option<?> option) {
    return of(option.fullName(), names(option), option.type().repeatable());
  }

  /** What counts for an option that is in no catalogue. */
  Optional<Source> of(OptionName name) {
    return of(name, List.of(name), false);
  }

  private Optional<Source> of(OptionName current, List<OptionName> names, boolean all) {
    Optional<Source> set = source(inFiles(names, all));
    return onCommandLineAlone(names) ? set : environment(current).or(() -> set);
  }

  private boolean onCommandLineAlone(List<OptionName> names) {
    List<Setting> everywhere = inFiles(names, true);
    return !everywhere.isEmpty() && everywhere.stream().allMatch(Setting::onCommandLine);
  }

  /** Where options are set: in the order of the files and of the lines in each. */
  List<String> places() {
    List<ConfigFile> inOrder = new ArrayList<>(latestFirst);
    Collections.reverse(inOrder);
    return inOrder.stream()
        .flatMap(
            file ->
                file.settings().values().stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.comparingInt(Setting::line)))
        .map(Setting::place)
        .toList();
  }

  /** One for each option that is set by a name that it no longer has. */
  Stream<Warnings.Warning> deprecationWarnings(Option<?> option) {
    return inFiles(names(option), option.type().repeatable()).stream()
        .filter(setting -> !setting.name().equals(option.fullName()))
        .map(
            setting ->
                new Warnings.Warning(
                    setting.place(),
                    setting.name() + " is deprecated: the option is now " + option.fullName()));
  }

  /**
   * One for each unknown option that looks like a known one of the same group.
   *
   * @param heeded the options that may be meant
   * @param others those that are known as well
   */
  Stream<Warnings.Warning> misspellingWarnings(
      Collection<Option<?>> heeded, Collection<Option<?>> others) {
    Set<OptionName> known =
        Stream.concat(heeded.stream(), others.stream())
            .flatMap(option -> names(option).stream())
            .collect(Collectors.toSet());
    return latestFirst.stream()
        .flatMap(file -> file.settings().values().stream())
        .map(repetitions -> repetitions.get(0))
        .filter(setting -> !setting.onCommandLine() && !known.contains(setting.name()))
        .flatMap(setting -> misspellingWarning(setting, heeded).stream());
  }

  private static Optional<Warnings.Warning> misspellingWarning(
      Setting setting, Collection<Option<?>> heeded) {
    List<String> group =
        heeded.stream()
            .filter(option -> option.group().equals(setting.name().group()))
            .map(Option::name)
            .toList();
    return Spelling.meant(setting.name().name(), group)
        .map(
            name ->
                new Warnings.Warning(
                    setting.place(),
                    setting.name() + " is no option and is ignored: is " + name + " meant?"));
  }

  private Optional<Source> environment(OptionName name) {
    String variable = name.environmentVariable();
    return Optional.ofNullable(environment.get(variable))
        .map(text -> new Source(List.of(text), variable));
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

  private static Optional<Source> source(List<Setting> found) {
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Source(
                found.stream().map(Setting::text).toList(), found.get(found.size() - 1).place()));
  }

  private static List<OptionName> names(Option<?> option) {
    return Stream.concat(Stream.of(option.fullName()), option.deprecatedNames().stream()).toList();
  }
}
