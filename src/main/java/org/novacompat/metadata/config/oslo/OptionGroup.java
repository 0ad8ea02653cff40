// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A group of nova.conf; it lists the options that it makes, in the order in which it makes them.
 */
public class OptionGroup {
  private final String name;
  private final List<Option<?>> options = new ArrayList<>();

  /** Creates a group without options. */
  public OptionGroup(String name) {
    this.name = name;
  }

  /** Its name. */
  public final String group() {
    return name;
  }

  /** Its options, in the order of their declarations. */
  public final List<Option<?>> options() {
    return Collections.unmodifiableList(options);
  }

  /**
   * Begins an option.
   *
   * @param defaultText its default as it is written in nova.conf
   */
  public final <T> Draft<T> option(String option, OptionType<T> type, String defaultText) {
    return new Draft<>(new OptionName(name, option), type, defaultText);
  }

  /** Begins an option that may be unset, and is by default. */
  public final <T> Draft<Optional<T>> optional(String option, OptionType<T> type) {
    return option(option, OptionType.optional(type), "");
  }

  /**
   * An option under construction; its {@link #help} completes it.
   *
   * @param <T> the type of its value
   */
  public final class Draft<T> {
    private final OptionType<T> type;
    private final List<OptionName> deprecatedNames = new ArrayList<>();
    private OptionName fullName;
    private Option.Default defaultValue;
    private boolean isSecret;
    private Optional<Option.Caveat<T>> caveat = Optional.empty();

    private Draft(OptionName fullName, OptionType<T> type, String defaultText) {
      this.fullName = fullName;
      this.type = type;
      this.defaultValue = new Option.Default(() -> defaultText, defaultText);
    }

    /** Moves it to another group of nova.conf, whose options belong to the same subject. */
    public Draft<T> in(String group) {
      fullName = new OptionName(group, fullName.name());
      return this;
    }

    /** Replaces the default by one that depends on the host, found when nova.conf is read. */
    public Draft<T> computed(String shown, Supplier<String> text) {
      defaultValue = new Option.Default(text, shown);
      return this;
    }

    /** Adds a name that the option had in an earlier release, in the same group. */
    public Draft<T> formerly(String oldName) {
      return formerly(fullName.group(), oldName);
    }

    /** Adds a name that the option had in an earlier release. */
    public Draft<T> formerly(String oldGroup, String oldName) {
      deprecatedNames.add(new OptionName(oldGroup, oldName));
      return this;
    }

    /** Keeps its value out of all messages and documents. */
    public Draft<T> secret() {
      isSecret = true;
      return this;
    }

    /**
     * Marks values that are not heeded as nova heeds them.
     *
     * @param sentence what is said of them at the start, to follow the option's name
     */
    public Draft<T> warnsOf(Predicate<T> values, String sentence) {
      caveat = Optional.of(new Option.Caveat<>(values, sentence));
      return this;
    }

    /**
     * Completes the option.
     *
     * @param help what it is for; line breaks count as spaces
     */
    public Option<T> help(String help) {
      Option<T> option =
          new Option<>(
              fullName,
              type,
              defaultValue,
              help.strip().replace('\n', ' '),
              List.copyOf(deprecatedNames),
              isSecret,
              caveat);
      options.add(option);
      return option;
    }
  }
}
