// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.novacompat.metadata.python.Ip;

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
  private static final long LINK_LOCAL = 0xfe80L << 48;
  private static final long EUI_64 = 0xff_fe00_0000L;
  private static final long UNIVERSAL = 1L << 57;
  private static final Pattern MAC = Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}");

  static Address of(Ip address) {
    return of(address.toInetAddress().getAddress());
  }

  /** Empty for what is no address; nothing is looked up. */
  static Optional<Address> parse(String address) {
    return Ip.parseAsNetaddr(address).map(Address::of);
  }

  /**
   * The link-local IPv6 address that a guest makes of its MAC address (RFC 4291, appendix A). Empty
   * for what is no MAC address.
   */
  static Optional<Address> linkLocal(String mac) {
    if (!MAC.matcher(mac).matches()) {
      return Optional.empty();
    }
    long bits = Long.parseLong(mac.replace(":", ""), 16);
    long upper = (bits >>> 24) << 40;
    return Optional.of(new Address(LINK_LOCAL, (upper | EUI_64 | bits & 0xff_ffff) ^ UNIVERSAL));
  }

  private static Address of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return bytes.length == IPV4_BYTES
        ? new Address(0, MAPPED | Integer.toUnsignedLong(buffer.getInt()))
        : new Address(buffer.getLong(), buffer.getLong());
  }
}
