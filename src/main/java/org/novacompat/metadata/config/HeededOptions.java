// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The options that have a value here: those of the catalogue, and where {@code [neutron]
 * auth_section} names another group, those of that group that say who logs in ({@code
 * keystoneauth1/loading/conf.py: load_from_conf_options}).
 *
 * @param catalogue the options of the catalogue
 * @param followed what {@code auth_section} adds to them; empty without one
 * @param passedOver the names of those of the catalogue that are not looked at, because {@code
 *     auth_section} names another group; empty without one
 */
record HeededOptions(
    Collection<Option<?>> catalogue, List<Option<?>> followed, Set<OptionName> passedOver) {

  /**
   * Follows {@code auth_section}.
   *
   * @param catalogue the options of the catalogue
   * @param values their values
   */
  static HeededOptions of(
      Collection<Option<?>> catalogue, Map<OptionName, Resolution.Value> values) {
    Resolution.Value section = values.get(Catalogue.NEUTRON.authSection.fullName());
    if (section != null && section.value() instanceof Optional<?> named && named.isPresent()) {
      return of(catalogue, Catalogue.NEUTRON.loginFrom(named.get().toString()).login());
    }
    return new HeededOptions(catalogue, List.of(), Set.of());
  }

  private static HeededOptions of(Collection<Option<?>> catalogue, List<Option<?>> login) {
    Set<OptionName> listed = names(catalogue);
    Set<OptionName> passedOver = names(Catalogue.NEUTRON.login());
    passedOver.removeAll(names(login));
    List<Option<?>> followed =
        login.stream().filter(option -> !listed.contains(option.fullName())).toList();
    return new HeededOptions(catalogue, followed, passedOver);
  }

  /** All of them. */
  List<Option<?>> all() {
    return Stream.concat(catalogue.stream(), followed.stream()).toList();
  }

  /** Those whose values count for anything. */
  List<Option<?>> lookedAt() {
    return withoutPassedOver(all());
  }

  /**
   * Those that a misspelled name may mean. The group that {@code auth_section} names has options of
   * its own that are known nowhere here, so none of its names is taken for misspelled.
   */
  List<Option<?>> spelled() {
    return withoutPassedOver(catalogue);
  }

  private List<Option<?>> withoutPassedOver(Collection<Option<?>> options) {
    return options.stream().filter(option -> !passedOver.contains(option.fullName())).toList();
  }

  private static Set<OptionName> names(Collection<Option<?>> options) {
    return options.stream().map(Option::fullName).collect(Collectors.toSet());
  }
}
