// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionName;
import org.novacompat.metadata.config.oslo.Resolution;

/**
 * The options that have a value here: those of the catalogue, and where {@code [neutron]
 * auth_section} names another group, those of that group that say who logs in ({@code
 * keystoneauth1/loading/conf.py: load_from_conf_options}).
 *
 * @param followed what {@code auth_section} adds to the catalogue; empty without one
 * @param passedOver the names in the catalogue that are not looked at, because {@code auth_section}
 *     names another group; empty without one
 */
record HeededOptions(List<Option<?>> followed, Set<OptionName> passedOver) {

  /**
   * Follows {@code auth_section}.
   *
   * @param values the values of the catalogue's options
   */
  static HeededOptions of(Map<OptionName, Resolution.Value> values) {
    Object section = values.get(Catalogue.NEUTRON.authSection.fullName()).value();
    return section instanceof Optional<?> named && named.isPresent()
        ? followed(new LoginOptions(named.get().toString()).options())
        : new HeededOptions(List.of(), Set.of());
  }

  private static HeededOptions followed(List<Option<?>> login) {
    Set<OptionName> listed = names(Catalogue.all());
    Set<OptionName> passedOver =
        names(new LoginOptions(Catalogue.NEUTRON.sessionGroup()).options());
    passedOver.removeAll(names(login));
    return new HeededOptions(
        login.stream().filter(option -> !listed.contains(option.fullName())).toList(), passedOver);
  }

  /** All of them. */
  List<Option<?>> all() {
    return Stream.concat(Catalogue.all().stream(), followed.stream()).toList();
  }

  /** Whether the value of an option counts for anything. */
  boolean isLookedAt(Option<?> option) {
    return !passedOver.contains(option.fullName());
  }

  private static Set<OptionName> names(List<Option<?>> options) {
    return options.stream().map(Option::fullName).collect(Collectors.toSet());
  }
}
