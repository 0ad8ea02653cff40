// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IP address as two numbers, to be kept by the million. An IPv4 address is the IPv6 address that
 * it is mapped to, so that both spellings are one.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
record Address(long high, long low) {
  private static final int IPV4_BYTES = 4;
  private static final long MAPPED = 0xffff_0000_0000L;

  static Address of(InetAddress address) {
    return of(address.getAddress());
  }

  /** Empty for what is no address; nothing is looked up. */
  static Optional<Address> parse(String address) {
    return IpVersions.parse(address).map(Address::of);
  }

  private static Address of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return bytes.length == IPV4_BYTES
        ? new Address(0, MAPPED | Integer.toUnsignedLong(buffer.getInt()))
        : new Address(buffer.getLong(), buffer.getLong());
  }
}
