// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.net.InetAddress;
import org.novacompat.metadata.python.Ip;

/**
 * Where connections to one of the metadata addresses go. Their source stays the guest's own
 * address, which is what the guest is known by.
 *
 * @param address what guests ask
 * @param host who answers, of the same IP version; the loopback address is this host
 * @param port the TCP port there
 */
record Mapping(MetadataAddress address, InetAddress host, int port) {

  /**
   * Whether connections are redirected to the port of this host, on whichever address it has where
   * they come in. nova-network does so for 127.0.0.1 alone: for any other address of this host a
   * translation does as well, and also where the service listens on that address only.
   */
  boolean isRedirect() {
    return host.isLoopbackAddress();
  }

  /** Host and port as both back ends write them: {@code [2001:db8::10]:8775}. */
  String destination() {
    String text = Ip.of(host).toString();
    return (address == MetadataAddress.IPV6 ? "[" + text + "]" : text) + ":" + port;
  }

  /** For the operator: {@code 169.254.169.254:80 -> 192.0.2.10:8775}. */
  @Override
  public String toString() {
    return address + " -> " + (isRedirect() ? "this host's port " + port : destination());
  }
}
