// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.python.PythonText;

/**
 * What an operator should know of a configuration that works: names that are deprecated, values
 * that are not heeded as nova heeds them, and names that look misspelled. A line each, that starts
 * with the file and line or the variable and shows no value; in the order of the files and their
 * lines, the environment last.
 */
final class Warnings {

  /**
   * One of them.
   *
   * @param place the file and line, the option of the command line or the variable
   * @param sentence what is said of it
   */
  record Warning(String place, String sentence) {

    String line() {
      return place + ": " + sentence;
    }
  }

  private final Settings settings;
  private final HeededOptions heeded;
  private final Collection<Option<?>> unheeded;

  private Warnings(Settings settings, HeededOptions heeded, Collection<Option<?>> unheeded) {
    this.settings = settings;
    this.heeded = heeded;
    this.unheeded = unheeded;
  }

  /**
   * The lines.
   *
   * @param settings everything that is set
   * @param heeded the options that have a value here
   * @param unheeded those that have one in nova only; one that is heeded counts as such
   */
  static List<String> of(Settings settings, HeededOptions heeded, Collection<Option<?>> unheeded) {
    Set<OptionName> names = heeded.all().stream().map(Option::fullName).collect(Collectors.toSet());
    List<Option<?>> others =
        unheeded.stream().filter(option -> !names.contains(option.fullName())).toList();
    return new Warnings(settings, heeded, others).lines();
  }

  private List<String> lines() {
    List<Option<?>> known = Stream.concat(heeded.all().stream(), unheeded.stream()).toList();
    Resolution resolution = new Resolution(known, settings);
    List<String> places = settings.places();
    return Stream.of(
            heeded.lookedAt().stream().flatMap(settings::deprecationWarnings),
            Stream.concat(heeded.lookedAt().stream(), unheeded.stream())
                .flatMap(option -> caveat(option, resolution)),
            settings.misspellingWarnings(heeded.spelled(), known))
        .flatMap(warnings -> warnings)
        .distinct()
        .sorted(Comparator.comparingInt(warning -> order(places.indexOf(warning.place()))))
        .map(Warning::line)
        .map(PythonText::printable)
        .toList();
  }

  /** What no file sets comes last. */
  private static int order(int index) {
    return index < 0 ? Integer.MAX_VALUE : index;
  }

  private <T> Stream<Warning> caveat(Option<T> option, Resolution resolution) {
    return settings
        .of(option)
        .filter(source -> option.caveat().isPresent())
        .filter(source -> isTold(option.caveat().get(), resolution.values().get(option.fullName())))
        .map(
            source ->
                new Warning(
                    source.place(), option.fullName() + " " + option.caveat().get().sentence()))
        .stream();
  }

  /** A value that its type does not allow is not the default either. */
  @SuppressWarnings("unchecked")
  private static <T> boolean isTold(Caveat<T> caveat, Resolution.Value value) {
    return value == Resolution.Value.BROKEN || caveat.told().test((T) value.value());
  }
}
