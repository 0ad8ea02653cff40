// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the operator wants on this host.
 *
 * @param rules the rules
 * @param withAddresses whether the host is also to have the addresses that they are about
 */
record Wanted(Rules rules, boolean withAddresses) {

  /**
   * The addresses to have: IPv4's on the loopback interface, from where the host answers for it on
   * all its links, as nova-network had it; IPv6's on each interface that guests come in by.
   */
  List<HostAddress> addresses() {
    return withAddresses
        ? rules.mappings().stream().flatMap(mapping -> addresses(mapping.address())).toList()
        : List.of();
  }

  private Stream<HostAddress> addresses(MetadataAddress address) {
    return switch (address) {
      case IPV4 -> Stream.of(new HostAddress(address, "lo"));
      case IPV6 ->
          rules.interfaces().stream()
              .filter(guests -> !guests.isPattern())
              .map(guests -> new HostAddress(address, guests.name()));
    };
  }
}
