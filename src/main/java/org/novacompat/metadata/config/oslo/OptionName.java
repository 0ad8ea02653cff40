// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The group of an option in nova.conf and its name there.
 *
 * <p>oslo.config compares names by case and groups without, but for {@code DEFAULT}, which is only
 * itself in capitals ({@code oslo_config/cfg.py: _normalize_group_name}).
 *
 * @param group the group, in small letters unless it is {@code DEFAULT}
 * @param name the option's name, with underscores
 */
public record OptionName(String group, String name) {

  /** The group of options that belong to no other. */
  public static final String DEFAULT_GROUP = "DEFAULT";

  private static final String PREFIX = "nova.";

  /** Brings the group to the form in which groups are compared. */
  public OptionName {
    group = group.equals(DEFAULT_GROUP) ? group : group.toLowerCase(Locale.ROOT);
  }

  /** oslo.config's environment variable of this option ({@code sources/_environment.py}). */
  String osloVariable() {
    return "OS_" + group.toUpperCase(Locale.ROOT) + "__" + name.toUpperCase(Locale.ROOT);
  }

  /** The property of this option in MicroProfile Config: {@code nova.GROUP.NAME}. */
  public String property() {
    return PREFIX + group + "." + name;
  }

  /** The option whose {@link #property} this is; empty when it is of another form. */
  static Optional<OptionName> ofProperty(String property) {
    String[] parts = property.split("\\.", 3);
    return property.startsWith(PREFIX) && parts.length == 3
        ? Optional.of(new OptionName(parts[1], parts[2]))
        : Optional.empty();
  }

  /**
   * The environment variables of the {@link #property}, in the order in which MicroProfile Config
   * looks for them.
   */
  public List<String> environmentVariables() {
    String variable = property().replaceAll("[^A-Za-z0-9_]", "_");
    return List.of(property(), variable, variable.toUpperCase(Locale.ROOT));
  }

  /** The form in which operators write it: {@code [group] name}. */
  @Override
  public String toString() {
    return "[" + group + "] " + name;
  }
}
