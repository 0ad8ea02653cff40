// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionName;
import org.novacompat.metadata.config.oslo.Resolution;
import org.novacompat.metadata.config.oslo.Setting;
import org.novacompat.metadata.config.oslo.Settings;
import org.novacompat.metadata.config.oslo.Spelling;
import org.novacompat.metadata.python.PythonText;

/**
 * What an operator should know of a configuration that works: deprecated names, values that are not
 * heeded as nova heeds them, and names that look misspelled. A line each, that starts with the file
 * and line, the variable or the property and shows no value; in the order of the files and their
 * lines, what no file sets last.
 */
final class Warnings {

  /**
   * One of them.
   *
   * @param place the file and line, the option of the command line, the variable or the property
   * @param sentence what is said of it
   */
  private record Warning(String place, String sentence) {

    String line() {
      return PythonText.printable(place + ": " + sentence);
    }
  }

  private final Settings settings;
  private final HeededOptions heeded;
  private final List<Option<?>> unheeded;
  private final Resolution resolution;

  private Warnings(Settings settings, HeededOptions heeded) {
    Set<OptionName> names = heeded.all().stream().map(Option::fullName).collect(Collectors.toSet());
    this.settings = settings;
    this.heeded = heeded;
    this.unheeded =
        UnheededOptions.all().stream()
            .filter(option -> !names.contains(option.fullName()))
            .toList();
    this.resolution = new Resolution(known().toList(), settings);
  }

  /**
   * The lines.
   *
   * @param settings everything that is set
   * @param heeded the options that have a value here
   */
  static List<String> of(Settings settings, HeededOptions heeded) {
    return new Warnings(settings, heeded).lines();
  }

  private List<String> lines() {
    List<String> places = settings.all().map(Setting::place).toList();
    return Stream.of(
            heeded.all().stream().filter(heeded::isLookedAt).flatMap(this::deprecations),
            known().filter(heeded::isLookedAt).flatMap(this::caveat),
            misspellings())
        .flatMap(warnings -> warnings)
        .distinct()
        .sorted(Comparator.comparingInt(warning -> order(places.indexOf(warning.place()))))
        .map(Warning::line)
        .toList();
  }

  private static int order(int index) {
    return index < 0 ? Integer.MAX_VALUE : index;
  }

  private Stream<Option<?>> known() {
    return Stream.concat(heeded.all().stream(), unheeded.stream());
  }

  private Stream<Warning> deprecations(Option<?> option) {
    return settings
        .deprecated(option)
        .map(
            setting ->
                new Warning(
                    setting.place(),
                    setting.name() + " is deprecated: the option is now " + option.fullName()));
  }

  private <T> Stream<Warning> caveat(Option<T> option) {
    return option.caveat().stream()
        .filter(caveat -> isToldOf(caveat, resolution.values().get(option.fullName())))
        .flatMap(
            caveat ->
                settings.placeOf(option).stream()
                    .map(place -> new Warning(place, option.fullName() + " " + caveat.sentence())));
  }

  /** A value that its type does not allow is not the default either. */
  @SuppressWarnings("unchecked")
  private static <T> boolean isToldOf(Option.Caveat<T> caveat, Resolution.Value value) {
    return value.isBroken() || caveat.values().test((T) value.value());
  }

  private Stream<Warning> misspellings() {
    Set<OptionName> names =
        known()
            .flatMap(
                option ->
                    Stream.concat(Stream.of(option.fullName()), option.deprecatedNames().stream()))
            .collect(Collectors.toSet());
    Set<List<Object>> seen = new HashSet<>();
    return settings
        .all()
        .filter(setting -> !setting.onCommandLine() && !names.contains(setting.name()))
        .filter(setting -> seen.add(List.of(setting.name(), setting.source())))
        .flatMap(setting -> misspelling(setting).stream());
  }

  /**
   * The group that {@code auth_section} names has options of its own that are not known here, so
   * none of its names is taken for misspelled.
   */
  private Optional<Warning> misspelling(Setting setting) {
    List<String> group =
        Catalogue.all().stream()
            .filter(heeded::isLookedAt)
            .filter(option -> option.group().equals(setting.name().group()))
            .map(Option::name)
            .toList();
    return Spelling.meant(setting.name().name(), group)
        .map(
            name ->
                new Warning(
                    setting.place(),
                    setting.name() + " is no option and is ignored: is " + name + " meant?"));
  }
}
