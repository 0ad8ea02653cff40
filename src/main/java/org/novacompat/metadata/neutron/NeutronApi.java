// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.keystone.Calls;

/**
 * Lists of Neutron's networking API, version 2.0: what is wanted of each item, and filters.
 *
 * @param calls how Neutron is asked
 */
record NeutronApi(Calls calls) {
  static final String VERSION = "/v2.0";

  /** A filter by any of some values; none leaves the filter out. */
  static String any(String parameter, Collection<String> values) {
    return values.stream()
        .map(value -> parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  List<PortPage.Item> ports(List<String> fields, String... filters) {
    return list("/ports", PortPage.class, fields, filters);
  }

  List<SecurityGroupPage.Item> securityGroups(List<String> fields, String... filters) {
    return list("/security-groups", SecurityGroupPage.class, fields, filters);
  }

  List<SubnetPage.Item> subnets(List<String> fields, String... filters) {
    return list("/subnets", SubnetPage.class, fields, filters);
  }

  private <T extends Page.Item, P extends Record & Page<T>> List<T> list(
      String path, Class<P> type, List<String> fields, String... filters) {
    String query =
        Stream.concat(Stream.of(filters), Stream.of(any("fields", fields)))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("&"));
    return Page.all(
        marker ->
            calls.get(
                VERSION
                    + path
                    + "?"
                    + query
                    + (marker == null ? "" : "&" + any("marker", List.of(marker))),
                type));
  }
}
