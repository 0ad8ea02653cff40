// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.openstack;

import java.util.Optional;
import org.novacompat.metadata.instance.Vif.Network;

/**
 * How nova shows networks, whatever the version of the tree that a guest reads. Each style is named
 * for the first release that is known here to have it.
 */
public enum NetworkStyle {
  /** Until Yoga (nova 25). */
  TRAIN("interfaces-train.template") {
    @Override
    Optional<Integer> mtu(Network network) {
      return network.mtu();
    }
  },

  /** Since Zed (nova 26). */
  ZED("interfaces.template") {
    @Override
    Optional<Integer> mtu(Network network) {
      return isLeased(network) ? Optional.empty() : network.mtu();
    }
  };

  private final String template;

  NetworkStyle(String template) {
    this.template = template;
  }

  /**
   * Gives the MTU of a link ({@code nova/virt/netutils.py: _get_eth_link}, and since Zed {@code
   * _get_link_mtu}).
   *
   * @param network the link's network
   * @return the number of bytes; empty where guests are not told
   */
  abstract Optional<Integer> mtu(Network network);

  /** Names the built-in template of injected networks, beside this class. */
  String template() {
    return template;
  }

  /** Tells whether a DHCP server tells the MTU. */
  private static boolean isLeased(Network network) {
    return network.subnets().stream()
        .anyMatch(subnet -> subnet.dhcpServer().filter(server -> !server.isEmpty()).isPresent());
  }
}
