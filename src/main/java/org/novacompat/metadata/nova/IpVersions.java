// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads IP addresses and ranges as netaddr 0.8 does: an IPv4 address has one to four numbers as
 * {@code inet_aton} takes them, a range a prefix length, a netmask or a host mask. No name is ever
 * looked up.
 */
final class IpVersions {
  private static final Pattern IPV4 =
      Pattern.compile("\\d[\\dxXa-fA-F]*(\\.\\d[\\dxXa-fA-F]*){0,3}");
  private static final Pattern DECIMAL_IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){0,3}");
  private static final Pattern QUAD = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[\\da-fA-F]*:[\\da-fA-F:.]*");
  private static final Pattern LENGTH = Pattern.compile("\\+?\\d{1,9}");
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;
  private static final int IPV4_PREFIX_OF_MAPPED = 10;

  private IpVersions() {}

  /** 4 or 6; empty for what is no address. */
  static OptionalInt ofAddress(String address) {
    return parse(address)
        .map(bytes -> OptionalInt.of(bytes.length == IPV6_BITS / 8 ? 6 : 4))
        .orElse(OptionalInt.empty());
  }

  /** 4 or 6; empty for what is no range. */
  static OptionalInt ofNetwork(String cidr) {
    int slash = cidr.indexOf('/');
    String address = slash < 0 ? cidr : cidr.substring(0, slash);
    Optional<String> size = slash < 0 ? Optional.empty() : Optional.of(cidr.substring(slash + 1));
    if (isDecimalIpv4(address) && size.map(s -> isSize(s, IPV4_BITS)).orElse(true)) {
      return OptionalInt.of(4);
    }
    if (ipv6(address).isPresent() && size.map(s -> isSize(s, IPV6_BITS)).orElse(true)) {
      return OptionalInt.of(6);
    }
    return OptionalInt.empty();
  }

  /**
   * The bytes of an address: 4, or 16 for one that is written as IPv6, mapped ones too; empty for
   * what is no address.
   */
  static Optional<byte[]> parse(String address) {
    return address.indexOf(':') < 0 ? ipv4(address) : ipv6(address);
  }

  private static Optional<byte[]> ipv4(String address) {
    if (!IPV4.matcher(address).matches()) {
      return Optional.empty();
    }
    String[] numbers = address.split("\\.");
    long value = 0;
    try {
      for (int i = 0; i < numbers.length; i++) {
        int bits = i < numbers.length - 1 ? 8 : IPV4_BITS - 8 * i;
        long number = Long.decode(numbers[i]);
        if (number >>> bits != 0) {
          return Optional.empty();
        }
        value = value << bits | number;
      }
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    return Optional.of(
        new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
  }

  private static Optional<byte[]> ipv6(String address) {
    if (!IPV6.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return Optional.of(bytes.length == IPV6_BITS / 8 ? bytes : mapped(bytes));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static byte[] mapped(byte[] ipv4) {
    byte[] bytes = new byte[IPV6_BITS / 8];
    bytes[IPV4_PREFIX_OF_MAPPED] = (byte) 0xff;
    bytes[IPV4_PREFIX_OF_MAPPED + 1] = (byte) 0xff;
    System.arraycopy(ipv4, 0, bytes, IPV4_PREFIX_OF_MAPPED + 2, ipv4.length);
    return bytes;
  }

  private static boolean isDecimalIpv4(String address) {
    if (!DECIMAL_IPV4.matcher(address).matches()) {
      return false;
    }
    for (String number : address.split("\\.")) {
      if (Integer.parseInt(number) > 0xff) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSize(String size, int bits) {
    if (LENGTH.matcher(size.strip()).matches()) {
      return Integer.parseInt(size.strip()) <= bits;
    }
    Optional<byte[]> mask =
        bits == IPV6_BITS
            ? ipv6(size)
            : Optional.of(size).filter(s -> QUAD.matcher(s).matches()).flatMap(IpVersions::ipv4);
    return mask.map(IpVersions::isMask).orElse(false);
  }

  private static boolean isMask(byte[] mask) {
    BigInteger hostMask = new BigInteger(1, mask);
    BigInteger all = BigInteger.ONE.shiftLeft(8 * mask.length).subtract(BigInteger.ONE);
    return isAllOnes(hostMask) || isAllOnes(hostMask.xor(all));
  }

  private static boolean isAllOnes(BigInteger number) {
    return number.bitCount() == number.bitLength();
  }
}
