// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import org.novacompat.metadata.python.Ip;

/**
 * Where connections to one of the metadata addresses go. Their source stays the guest's own
 * address, by which the service knows the guest.
 *
 * @param host who answers; the loopback address is this host
 * @param port the TCP port there
 */
record Mapping(Ip host, int port) {

  /** What guests ask, of the same IP version. */
  MetadataAddress address() {
    return host.isV4() ? MetadataAddress.IPV4 : MetadataAddress.IPV6;
  }

  /**
   * Whether connections are redirected to the port of this host, on whichever address it has where
   * they come in. As in nova-network, 127.0.0.1 alone means that: any other address of this host is
   * translated to, which also serves where the service listens on that address only.
   */
  boolean isRedirect() {
    return host.toInetAddress().isLoopbackAddress();
  }

  /** Host and port as both back ends write them: {@code [2001:db8::10]:8775}. */
  String destination() {
    return (host.isV4() ? host : "[" + host + "]") + ":" + port;
  }

  /** For the operator: {@code 169.254.169.254:80 -> 192.0.2.10:8775}. */
  @Override
  public String toString() {
    return address() + " -> " + (isRedirect() ? "this host's port " + port : destination());
  }
}
