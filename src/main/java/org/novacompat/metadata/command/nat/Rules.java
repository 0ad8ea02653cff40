// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.InvalidConfigurationException;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.Option;
import org.novacompat.metadata.python.Ip;

/**
 * What the host is to do with guests' connections, whichever back end does it.
 *
 * @param mappings one or two, of different IP versions
 * @param interfaces where guests come in; none stands for any interface
 */
record Rules(List<Mapping> mappings, List<GuestInterface> interfaces) {
  /** Marks whatever is added to the host. */
  static final String MARK = "nova-compat";

  /**
   * What nova.conf wants.
   *
   * @throws InvalidConfigurationException when metadata_host, metadata_host_ipv6 or metadata_port
   *     is nothing that connections can be sent to
   */
  static Rules from(NovaConf conf, List<GuestInterface> interfaces) {
    InetAddress host =
        address(conf, Catalogue.METADATA_HOST, conf.get(Catalogue.METADATA_HOST), "an IP address");
    Optional<InetAddress> host6 =
        conf.get(Catalogue.METADATA_HOST_IPV6)
            .map(text -> address(conf, Catalogue.METADATA_HOST_IPV6, text, "an IPv6 address"));
    if (host6.filter(Rules::isIpv4).isPresent()) {
      throw conf.unusable(Catalogue.METADATA_HOST_IPV6, "an IPv6 address");
    }
    int port = conf.get(Catalogue.METADATA_PORT);
    if (port == 0) {
      throw conf.unusable(Catalogue.METADATA_PORT, "a port that guests can be sent to");
    }
    List<Mapping> mappings = new ArrayList<>();
    if (isIpv4(host)) {
      mappings.add(new Mapping(MetadataAddress.IPV4, host, port));
    }
    host6
        .or(() -> Optional.of(host).filter(address -> !isIpv4(address)))
        .ifPresent(address -> mappings.add(new Mapping(MetadataAddress.IPV6, address, port)));
    return new Rules(List.copyOf(mappings), List.copyOf(interfaces));
  }

  /** The mapping of one IP version. */
  Optional<Mapping> of(MetadataAddress address) {
    return mappings.stream().filter(mapping -> mapping.address() == address).findFirst();
  }

  /** For the operator, in one line. */
  @Override
  public String toString() {
    String from =
        interfaces.isEmpty()
            ? "any interface"
            : interfaces.stream().map(GuestInterface::name).collect(Collectors.joining(", "));
    return mappings.stream().map(Mapping::toString).collect(Collectors.joining(", "))
        + " from "
        + from;
  }

  private static boolean isIpv4(InetAddress address) {
    return address instanceof Inet4Address;
  }

  private static InetAddress address(
      NovaConf conf, Option<?> option, String text, String expected) {
    return Ip.parse(text)
        .map(Ip::toInetAddress)
        .filter(Rules::isOfOneHost)
        .orElseThrow(() -> conf.unusable(option, expected + " that guests can be sent to"));
  }

  /** A link-local IPv6 address says nothing without its interface, which no rule can name. */
  private static boolean isOfOneHost(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isMulticastAddress()
        && (isIpv4(address) || !address.isLinkLocalAddress());
  }
}
