// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.Locale;

/**
 * Where an option stands in nova.conf: its group and its name in it.
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

  /** Brings the group to the form in which groups are compared. */
  public OptionName {
    group = group.equals(DEFAULT_GROUP) ? group : group.toLowerCase(Locale.ROOT);
  }

  /** The environment variable that overrides this option ({@code sources/_environment.py}). */
  public String environmentVariable() {
    return "OS_" + group.toUpperCase(Locale.ROOT) + "__" + name.toUpperCase(Locale.ROOT);
  }

  /** The form in which operators write it: {@code [group] name}. */
  @Override
  public String toString() {
    return "[" + group + "] " + name;
  }
}
