// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.util.List;
import java.util.Optional;

/**
 * A virtual interface as the network information cache holds it ({@code nova/network/model.py:
 * VIF}).
 *
 * @param id the port's UUID
 * @param address the MAC address
 * @param type how it is plugged, such as {@code ovs}
 * @param deviceName the host's device, such as {@code tap0a1b2c3d-4e}
 * @param network the network; empty when it has none
 */
public record Vif(
    Optional<String> id,
    Optional<String> address,
    Optional<String> type,
    Optional<String> deviceName,
    Optional<Network> network) {

  /**
   * A network.
   *
   * @param id its UUID
   * @param mtu its MTU in bytes, where known
   * @param injected whether its configuration is to be injected into the guest
   * @param subnets its subnets, in nova's order
   */
  public record Network(
      Optional<String> id, Optional<Integer> mtu, boolean injected, List<Subnet> subnets) {}

  /**
   * A subnet.
   *
   * @param cidr its range, such as {@code 10.0.0.0/24}; host bits may be set
   * @param version 4 or 6; 0 where nova could not tell
   * @param gateway the default gateway's address
   * @param dns the name servers' addresses; an empty one stands for null
   * @param ips this interface's addresses in the subnet
   * @param routes further routes
   * @param dhcpServer the address of Neutron's DHCP port, or what nova took for it (the gateway,
   *     from Ussuri to Zed); present (perhaps empty text) means that addresses are leased
   * @param enableDhcp whether DHCP is enabled on the subnet in Neutron, however it is served: OVN's
   *     own DHCP has no port. False in rows of nova before 2023.1
   * @param ipv6AddressMode such as {@code slaac}, {@code dhcpv6-stateful}
   */
  public record Subnet(
      Optional<String> cidr,
      int version,
      Optional<String> gateway,
      List<Optional<String>> dns,
      List<FixedIp> ips,
      List<Route> routes,
      Optional<String> dhcpServer,
      boolean enableDhcp,
      Optional<String> ipv6AddressMode) {}

  /**
   * A fixed address with the floating addresses that lead to it.
   *
   * @param address the address
   * @param version 4 or 6; 0 where nova could not tell
   * @param floatingIps the floating addresses
   */
  public record FixedIp(Optional<String> address, int version, List<String> floatingIps) {}

  /**
   * A route.
   *
   * @param cidr the destination
   * @param gateway the next hop's address; an empty one stands for null
   */
  public record Route(Optional<String> cidr, Optional<String> gateway) {}
}
