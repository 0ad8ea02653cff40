// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.oslo.InvalidConfigurationException;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.python.Ip;

/**
 * What a host does with guests' connections, whichever back end does it.
 *
 * @param mappings one or two, of different IP versions
 * @param interfaces where guests come in; none stands for any interface
 * @param addresses the addresses that the host itself has
 */
record DesiredState(
    List<Mapping> mappings, List<GuestInterface> interfaces, List<HostAddress> addresses) {
  /** Marks whatever is added to the host. */
  static final String MARK = "nova-compat";

  /**
   * What nova.conf asks for, without addresses.
   *
   * @throws InvalidConfigurationException when metadata_host, metadata_host_ipv6 or metadata_port
   *     is nothing that connections can be sent to
   */
  static DesiredState of(NovaConf conf, List<GuestInterface> interfaces) {
    Ip host =
        address(
            conf,
            Catalogue.DEFAULT.metadataHost,
            conf.get(Catalogue.DEFAULT.metadataHost),
            "an IP address");
    Optional<Ip> host6 =
        conf.get(Catalogue.NOVA_COMPAT.metadataHostIpv6)
            .map(
                text ->
                    address(conf, Catalogue.NOVA_COMPAT.metadataHostIpv6, text, "an IPv6 address"));
    if (host6.filter(Ip::isV4).isPresent()) {
      throw conf.unusable(Catalogue.NOVA_COMPAT.metadataHostIpv6, "an IPv6 address");
    }
    int port = conf.get(Catalogue.DEFAULT.metadataPort);
    if (port == 0) {
      throw conf.unusable(Catalogue.DEFAULT.metadataPort, "a port that guests can be sent to");
    }
    Optional<Ip> first = Optional.of(host).filter(ip -> ip.isV4() || host6.isEmpty());
    return new DesiredState(
        Stream.concat(first.stream(), host6.stream()).map(ip -> new Mapping(ip, port)).toList(),
        List.copyOf(interfaces),
        List.of());
  }

  /**
   * The same with the addresses that guests ask: IPv4's on the loopback interface, from where the
   * host answers for it on all its links, as in nova-network; IPv6's on each interface that guests
   * come in by.
   */
  DesiredState withAddresses() {
    return new DesiredState(
        mappings,
        interfaces,
        mappings.stream().flatMap(mapping -> addresses(mapping.address())).toList());
  }

  private Stream<HostAddress> addresses(MetadataAddress address) {
    return switch (address) {
      case IPV4 -> Stream.of(new HostAddress(address, "lo"));
      case IPV6 ->
          interfaces.stream()
              .filter(guests -> !guests.isPattern())
              .map(guests -> new HostAddress(address, guests.name()));
    };
  }

  /** The mapping of one IP version. */
  Optional<Mapping> of(MetadataAddress address) {
    return mappings.stream().filter(mapping -> mapping.address() == address).findFirst();
  }

  /**
   * Writes a rule for each mapping and interface.
   *
   * @param form how a back end writes a rule; without an interface, it is for any
   */
  String rules(BiFunction<Mapping, Optional<GuestInterface>, String> form) {
    List<Optional<GuestInterface>> guests =
        interfaces.isEmpty()
            ? List.of(Optional.empty())
            : interfaces.stream().map(Optional::of).toList();
    return mappings.stream()
        .flatMap(mapping -> guests.stream().map(from -> form.apply(mapping, from)))
        .collect(Collectors.joining());
  }

  /** The rules for the operator, in one line. */
  @Override
  public String toString() {
    return mappings.stream().map(Mapping::toString).collect(Collectors.joining(", "))
        + " from "
        + (interfaces.isEmpty()
            ? "any interface"
            : interfaces.stream().map(GuestInterface::name).collect(Collectors.joining(", ")));
  }

  /**
   * An IPv4 address that is mapped into IPv6 is IPv4. A link-local IPv6 address says nothing
   * without its interface, which no rule can name.
   */
  private static Ip address(NovaConf conf, Option<?> option, String text, String expected) {
    return Optional.of(text)
        .filter(address -> address.indexOf('%') < 0)
        .flatMap(Ip::parsePeer)
        .filter(ip -> ip.isV4() || !ip.toInetAddress().isLinkLocalAddress())
        .filter(ip -> !ip.toInetAddress().isAnyLocalAddress())
        .filter(ip -> !ip.toInetAddress().isMulticastAddress())
        .orElseThrow(() -> conf.unusable(option, expected + " that guests can be sent to"));
  }
}
