// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A range of addresses, as netaddr's {@code IPNetwork} understands and prints it.
 *
 * @param address the address as it was written, host bits and all; 32 or 128 bits
 * @param prefix how many of its leading bits name the network
 * @param width how many bits an address has: 32 or 128
 */
record Cidr(BigInteger address, int prefix, int width) {
  /** Below this many host bits, an IPv4 network has no broadcast address. */
  private static final int MIN_HOST_BITS_FOR_BROADCAST = 2;

  /**
   * Reads a range: an address, alone or with a prefix length, a netmask or a hostmask.
   *
   * @return the range; empty when netaddr would refuse it
   */
  static Optional<Cidr> of(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    Optional<String> suffix = slash < 0 ? Optional.empty() : Optional.of(text.substring(slash + 1));
    return IpText.parseV4(address)
        .or(() -> IpText.parsePartialV4(address))
        .flatMap(value -> withPrefix(value, IpText.V4_BITS, suffix))
        .or(
            () ->
                IpText.parseV6(address)
                    .flatMap(value -> withPrefix(value, IpText.V6_BITS, suffix)));
  }

  private static Optional<Cidr> withPrefix(BigInteger address, int width, Optional<String> suffix) {
    Optional<Integer> prefix =
        suffix.isEmpty() ? Optional.of(width) : prefixOf(suffix.get(), width);
    return prefix
        .filter(length -> length >= 0 && length <= width)
        .map(length -> new Cidr(address, length, width));
  }

  private static Optional<Integer> prefixOf(String suffix, int width) {
    try {
      return Optional.of(Integer.valueOf(suffix.strip()));
    } catch (NumberFormatException e) {
      return IpText.parse(suffix, width).flatMap(mask -> prefixOfMask(mask, width));
    }
  }

  private static Optional<Integer> prefixOfMask(BigInteger mask, int width) {
    BigInteger inverse = mask.xor(ones(width));
    if (isHostmask(inverse)) {
      return Optional.of(width - inverse.bitLength());
    }
    if (isHostmask(mask)) {
      return Optional.of(width - mask.bitLength());
    }
    return Optional.empty();
  }

  private static boolean isHostmask(BigInteger mask) {
    return mask.bitCount() == mask.bitLength();
  }

  /** Gives the address as it was written, without the prefix. */
  String ip() {
    return IpText.print(address, width);
  }

  /** Gives the first address of the range. */
  String network() {
    return IpText.print(address.andNot(hostmask()), width);
  }

  /** Gives the netmask. */
  String netmask() {
    return IpText.print(ones(width).xor(hostmask()), width);
  }

  /** Gives the last address of the range; IPv4's two smallest ranges have no broadcast. */
  Optional<String> broadcast() {
    if (width == IpText.V4_BITS && width - prefix < MIN_HOST_BITS_FOR_BROADCAST) {
      return Optional.empty();
    }
    return Optional.of(IpText.print(address.or(hostmask()), width));
  }

  private BigInteger hostmask() {
    return ones(width - prefix);
  }

  private static BigInteger ones(int bits) {
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }
}
