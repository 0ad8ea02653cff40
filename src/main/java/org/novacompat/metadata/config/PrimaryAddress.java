// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/**
 * The host's own IPv4 address towards the outside ({@code oslo_utils/netutils.py: get_my_ipv4}):
 * the one that the routing table would choose for an address of the documentation range. Nothing is
 * sent.
 */
final class PrimaryAddress {

  private static final InetSocketAddress OUTSIDE = new InetSocketAddress("192.0.2.0", 80);
  private static final String LOOPBACK = "127.0.0.1";

  private PrimaryAddress() {}

  /** The address, or the loopback's where no route leads outside. */
  static String find() {
    try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
      channel.connect(OUTSIDE);
      InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
      return local.getAddress().getHostAddress();
    } catch (IOException e) {
      return LOOPBACK;
    }
  }
}
