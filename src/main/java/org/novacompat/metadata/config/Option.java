// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One option of nova.conf, described once.
 *
 * @param <T> the type of its value; an {@link java.util.Optional} when it may be unset
 * @param fullName its group and name
 * @param type what values it takes
 * @param defaultValue what it is when nobody sets it
 * @param help what it is for, in a few sentences
 * @param deprecatedNames the names that it had in earlier releases, the newest first
 * @param secret whether its value must never be shown
 * @param caveat which of its values are not heeded as nova heeds them; empty when all are
 */
public record Option<T>(
    OptionName fullName,
    OptionType<T> type,
    Default defaultValue,
    String help,
    List<OptionName> deprecatedNames,
    boolean secret,
    Optional<Caveat<T>> caveat) {

  /** An option that never had another name and is no secret. */
  static <T> Option<T> of(
      String group, String name, OptionType<T> type, Default defaultValue, String help) {
    return new Option<>(
        new OptionName(group, name),
        type,
        defaultValue,
        help.strip(),
        List.of(),
        false,
        Optional.empty());
  }

  /** The group it stands in. */
  public String group() {
    return fullName.group();
  }

  /** Its name in the group. */
  public String name() {
    return fullName.name();
  }

  /** The same option, known also by a name that it had before. */
  Option<T> formerly(String oldGroup, String oldName) {
    List<OptionName> names =
        Stream.concat(deprecatedNames.stream(), Stream.of(new OptionName(oldGroup, oldName)))
            .toList();
    return new Option<>(fullName, type, defaultValue, help, names, secret, caveat);
  }

  /** The same option, its value never shown. */
  Option<T> keptSecret() {
    return new Option<>(fullName, type, defaultValue, help, deprecatedNames, true, caveat);
  }

  /**
   * The same option, of whose values some are not heeded as nova heeds them.
   *
   * @param values which
   * @param sentence what is said of them, to follow the option's name
   */
  Option<T> toldWhere(Predicate<T> values, String sentence) {
    return new Option<>(
        fullName,
        type,
        defaultValue,
        help,
        deprecatedNames,
        secret,
        Optional.of(new Caveat<>(values, sentence)));
  }
}
