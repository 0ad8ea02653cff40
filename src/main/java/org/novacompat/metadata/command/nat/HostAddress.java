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
  @Override
  public String toString() {
    return address.text() + " on " + device;
  }
}
