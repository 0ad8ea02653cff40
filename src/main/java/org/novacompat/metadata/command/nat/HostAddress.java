// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

/**
 * A metadata address on an interface of this host, so that guests who look for it on their own link
 * find it here.
 *
 * @param address which one
 * @param device the interface
 */
record HostAddress(MetadataAddress address, String device) {

  /** Whether this one does for a desired one: IPv4's does on any interface. */
  boolean serves(HostAddress desired) {
    return equals(desired)
        || address == MetadataAddress.IPV4 && desired.address() == MetadataAddress.IPV4;
  }

  /** The command that adds it. */
  String addition() {
    return "ip %s address add %s dev %s scope link %s"
        .formatted(address.option(), address.network(), device, address.properties());
  }

  /** The command that deletes it. */
  String deletion() {
    return "ip %s address delete %s dev %s".formatted(address.option(), address.network(), device);
  }

  /** For the operator: {@code 169.254.169.254 on lo}. */
  @Override
  public String toString() {
    return address.text() + " on " + device;
  }
}
