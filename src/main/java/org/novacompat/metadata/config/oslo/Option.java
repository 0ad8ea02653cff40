// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One option of nova.conf. An {@link OptionGroup} makes them.
 *
 * @param <T> the type of its value; an {@link Optional} when it may be unset
 * @param fullName its group and name
 * @param type what values it takes
 * @param defaultValue its value where it is not set
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

  /**
   * The value of an option that is not set.
   *
   * @param text the value as it is written in nova.conf; empty when there is none
   * @param shown how the documents show it
   */
  public record Default(Supplier<String> text, String shown) {}

  /**
   * Values that mean something to nova, and nothing or something else to this service.
   *
   * @param <T> the type of the option's value
   * @param values the values that are reported at the start
   * @param sentence what is said of them, to follow the option's name: {@code is not heeded: …}
   */
  public record Caveat<T>(Predicate<T> values, String sentence) {}

  /** The group that it is in. */
  public String group() {
    return fullName.group();
  }

  /** Its name in the group. */
  public String name() {
    return fullName.name();
  }
}
