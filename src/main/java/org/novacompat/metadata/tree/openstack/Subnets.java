// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.openstack;

import java.util.Optional;
import org.novacompat.metadata.instance.Vif.Network;
import org.novacompat.metadata.instance.Vif.Subnet;
import org.novacompat.metadata.python.Cidr;

/** What nova's two network documents know of a subnet ({@code nova/network/model.py}). */
final class Subnets {
  static final int IPV4 = 4;
  static final int IPV6 = 6;

  private Subnets() {}

  /** Finds the first subnet of a version, the only one that the documents show. */
  static Optional<Subnet> first(Network network, int version) {
    return network.subnets().stream().filter(subnet -> subnet.version() == version).findFirst();
  }

  /**
   * Reads a range of addresses.
   *
   * @throws UnusableVifException when there is none, or it is not one
   */
  static Cidr cidr(Optional<String> text) throws UnusableVifException {
    return text.flatMap(Cidr::of)
        .orElseThrow(() -> new UnusableVifException("a subnet has no range of addresses"));
  }
}
