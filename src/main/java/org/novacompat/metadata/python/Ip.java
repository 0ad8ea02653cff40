// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.python;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An IP address: read as Python's {@code inet_pton} or as netaddr reads one, printed as {@code
 * inet_ntop} prints it. No name is ever looked up.
 *
 * @param value the address as a number
 * @param bits {@link #V4_BITS} or {@link #V6_BITS}; an IPv4 address that is mapped into IPv6 has
 *     the latter
 */
public record Ip(BigInteger value, int bits) {
  /** The bits of an IPv4 address. */
  public static final int V4_BITS = 32;

  /** The bits of an IPv6 address. */
  public static final int V6_BITS = 128;

  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final String QUAD = OCTET + "(?:\\." + OCTET + "){3}";
  private static final Pattern V4 = Pattern.compile(QUAD);
  private static final Pattern V6 =
      Pattern.compile("(?:[\\da-fA-F]{0,4}:){2,8}(?:[\\da-fA-F]{0,4}|" + QUAD + ")");

  private static final Pattern V4_OF_ATON =
      Pattern.compile("\\d[\\dxXa-fA-F]*(?:\\.\\d[\\dxXa-fA-F]*){0,3}");

  private static final BigInteger MAPPED = BigInteger.valueOf(0xffff_0000_0000L);
  private static final int V6_GROUPS = 8;
  private static final int GROUPS_BEFORE_V4 = 6;
  private static final int GROUPS_BEFORE_MAPPED_V4 = 5;

  /**
   * Reads an address as {@code inet_pton} does: four decimal octets without leading zeros, or IPv6
   * without a zone.
   *
   * @param text any text
   * @return the address; empty for any other text
   */
  public static Optional<Ip> parse(String text) {
    if (V4.matcher(text).matches()) {
      return literal(text, V4_BITS);
    }
    return V6.matcher(text).matches() ? literal(text, V6_BITS) : Optional.empty();
  }

  /**
   * Reads an address as {@code netaddr.IPAddress} 0.8 does: IPv4 as {@code inet_aton} takes it, one
   * to four numbers, decimal, octal or hexadecimal.
   *
   * @param text any text
   * @return the address; empty for any other text
   */
  public static Optional<Ip> parseAsNetaddr(String text) {
    return text.indexOf(':') < 0 ? aton(text) : parse(text);
  }

  /**
   * Reads the address of the other end of a connection, as sockets and proxies write it.
   *
   * @param text any text
   * @return the address, without the zone of an IPv6 address, an IPv4 address where one is mapped
   *     into IPv6; empty for any other text
   */
  public static Optional<Ip> parsePeer(String text) {
    int zone = text.indexOf(':') < 0 ? -1 : text.indexOf('%');
    return parse(zone < 0 ? text : text.substring(0, zone)).map(Ip::unmapped);
  }

  /**
   * Takes an address of Java's.
   *
   * @param address the address, whose zone is left out
   * @return the same address
   */
  public static Ip of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return new Ip(new BigInteger(1, bytes), bytes.length * Byte.SIZE);
  }

  /** The address as one of Java's, for which an IPv4 address mapped into IPv6 is IPv4. */
  public InetAddress toInetAddress() {
    byte[] bytes = new byte[bits / Byte.SIZE];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = value.shiftRight(bits - Byte.SIZE * (i + 1)).byteValue();
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  /** Whether it is an IPv4 address. */
  public boolean isV4() {
    return bits == V4_BITS;
  }

  private Ip unmapped() {
    boolean isMapped = !isV4() && value.shiftRight(V4_BITS).equals(MAPPED.shiftRight(V4_BITS));
    return isMapped ? new Ip(value.xor(MAPPED), V4_BITS) : this;
  }

  private static Optional<Ip> literal(String text, int bits) {
    try {
      Ip read = of(InetAddress.getByName(text));
      return Optional.of(read.bits == bits ? read : new Ip(read.value.or(MAPPED), bits));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static Optional<Ip> aton(String text) {
    if (!V4_OF_ATON.matcher(text).matches()) {
      return Optional.empty();
    }
    String[] numbers = text.split("\\.");
    long value = 0;
    try {
      for (int i = 0; i < numbers.length; i++) {
        int width = i < numbers.length - 1 ? Byte.SIZE : V4_BITS - Byte.SIZE * i;
        long number = Long.decode(numbers[i]);
        if (number >>> width != 0) {
          return Optional.empty();
        }
        value = value << width | number;
      }
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    return Optional.of(new Ip(BigInteger.valueOf(value), V4_BITS));
  }

  /** The address as {@code inet_ntop} prints it. */
  @Override
  public String toString() {
    return isV4() ? quad() : groups();
  }

  private String quad() {
    int address = value.intValue();
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }

  /** Leaves the longest run of zero groups out, the first one of equals. */
  private String groups() {
    int[] groups = new int[V6_GROUPS];
    for (int i = 0; i < V6_GROUPS; i++) {
      groups[i] = value.shiftRight(16 * (V6_GROUPS - 1 - i)).intValue() & 0xffff;
    }
    int start = 0;
    int length = 1;
    for (int i = 0; i < V6_GROUPS; i++) {
      int zeros = zerosFrom(groups, i);
      if (zeros > length) {
        start = i;
        length = zeros;
      }
    }
    if (length < 2) {
      return hex(groups, 0, V6_GROUPS);
    }
    if (start == 0 && length == GROUPS_BEFORE_V4) {
      return "::" + quad();
    }
    if (start == 0 && length == GROUPS_BEFORE_MAPPED_V4 && groups[length] == 0xffff) {
      return "::ffff:" + quad();
    }
    return hex(groups, 0, start) + "::" + hex(groups, start + length, V6_GROUPS);
  }

  private static int zerosFrom(int[] groups, int start) {
    int end = start;
    while (end < V6_GROUPS && groups[end] == 0) {
      end++;
    }
    return end - start;
  }

  private static String hex(int[] groups, int from, int to) {
    return Arrays.stream(groups, from, to)
        .mapToObj(Integer::toHexString)
        .collect(Collectors.joining(":"));
  }
}
