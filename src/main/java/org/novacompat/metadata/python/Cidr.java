// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.python;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A range of addresses, as {@code netaddr.IPNetwork} 0.8 reads and prints it.
 *
 * @param address the address as it was written, host bits and all
 * @param prefix how many of its leading bits name the network
 */
public record Cidr(Ip address, int prefix) {
  /** Below this many host bits, an IPv4 network has no broadcast address. */
  private static final int MIN_HOST_BITS_FOR_BROADCAST = 2;

  private static final Pattern PARTIAL_V4 = Pattern.compile("0*\\d{1,3}(?:\\.0*\\d{1,3}){0,3}");

  /**
   * Reads a range: an address, alone or with a prefix length, a netmask or a host mask.
   *
   * @param text any text
   * @return the range; empty where netaddr refuses it
   */
  public static Optional<Cidr> of(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    return Ip.parse(address)
        .or(() -> partialV4(address))
        .flatMap(
            ip ->
                (slash < 0 ? Optional.of(ip.bits()) : prefixOf(text.substring(slash + 1), ip))
                    .filter(prefix -> prefix >= 0 && prefix <= ip.bits())
                    .map(prefix -> new Cidr(ip, prefix)));
  }

  /** Reads {@code 10.1} as {@code 10.1.0.0}; a number may have leading zeros. */
  private static Optional<Ip> partialV4(String text) {
    if (!PARTIAL_V4.matcher(text).matches()) {
      return Optional.empty();
    }
    Stream<Integer> numbers = Arrays.stream(text.split("\\.")).map(Integer::valueOf);
    return Ip.parse(
        Stream.concat(numbers, Stream.generate(() -> 0))
            .limit(4)
            .map(String::valueOf)
            .collect(Collectors.joining(".")));
  }

  private static Optional<Integer> prefixOf(String suffix, Ip address) {
    try {
      return Optional.of(Integer.valueOf(suffix.strip()));
    } catch (NumberFormatException e) {
      return Ip.parse(suffix)
          .filter(mask -> mask.bits() == address.bits())
          .flatMap(Cidr::prefixOfMask);
    }
  }

  private static Optional<Integer> prefixOfMask(Ip mask) {
    return Stream.of(mask.value().xor(ones(mask.bits())), mask.value())
        .filter(hostMask -> hostMask.bitCount() == hostMask.bitLength())
        .map(hostMask -> mask.bits() - hostMask.bitLength())
        .findFirst();
  }

  /** The address as it was written, without the prefix. */
  public String ip() {
    return address.toString();
  }

  /** The first address of the range. */
  public String network() {
    return printed(address.value().andNot(hostMask()));
  }

  /** The netmask. */
  public String netmask() {
    return printed(ones(address.bits()).xor(hostMask()));
  }

  /** The last address of the range; IPv4's two smallest ranges have no broadcast address. */
  public Optional<String> broadcast() {
    boolean isTooSmall = address.bits() - prefix < MIN_HOST_BITS_FOR_BROADCAST;
    return address.isV4() && isTooSmall
        ? Optional.empty()
        : Optional.of(printed(address.value().or(hostMask())));
  }

  private String printed(BigInteger value) {
    return new Ip(value, address.bits()).toString();
  }

  private BigInteger hostMask() {
    return ones(address.bits() - prefix);
  }

  private static BigInteger ones(int bits) {
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }
}
