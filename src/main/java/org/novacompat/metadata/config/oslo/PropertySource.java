// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Options that are set by properties or by environment variables, by the names that MicroProfile
 * Config gives them.
 *
 * @param kind what precedes a name in messages: {@code "system property "}
 * @param names the names that an option may have here, in the order in which they are looked for
 * @param values the text of a property; {@code null} when it is not set
 * @param listed the names of all properties
 */
public record PropertySource(
    String kind,
    Function<OptionName, List<String>> names,
    UnaryOperator<String> values,
    Collection<String> listed)
    implements OptionSource {

  /** The properties of the JVM. */
  public static PropertySource system() {
    return properties(
        "system property ", System::getProperty, System.getProperties().stringPropertyNames());
  }

  /** The variables of an environment. */
  public static PropertySource environment(Map<String, String> environment) {
    return new PropertySource("", OptionName::environmentVariables, environment::get, List.of());
  }

  /**
   * Properties, each called {@link OptionName#property}.
   *
   * @param kind what precedes a name in messages
   * @param values the text of a property; {@code null} when it is not set
   * @param listed the names of all properties
   */
  public static PropertySource properties(
      String kind, UnaryOperator<String> values, Collection<String> listed) {
    return new PropertySource(kind, name -> List.of(name.property()), values, listed);
  }

  @Override
  public Optional<Assignment> find(Option<?> option) {
    return find(option.fullName());
  }

  @Override
  public Optional<Assignment> find(OptionName name) {
    return names.apply(name).stream()
        .filter(property -> values.apply(property) != null)
        .findFirst()
        .map(property -> new Assignment(List.of(values.apply(property)), kind + property));
  }

  @Override
  public Stream<Setting> settings() {
    return listed.stream()
        .sorted()
        .flatMap(
            property ->
                OptionName.ofProperty(property).stream()
                    .map(name -> new Setting(name, "", kind + property, 0, false)));
  }

  @Override
  public Stream<Setting> deprecated(Option<?> option) {
    return Stream.empty();
  }
}
