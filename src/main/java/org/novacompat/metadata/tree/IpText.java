// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Addresses as text, read as {@code inet_pton} does and printed as {@code inet_ntop} does, which is
 * what netaddr calls.
 */
final class IpText {
  static final int V4_BITS = 32;
  static final int V6_BITS = 128;

  private static final int V6_GROUPS = 8;
  private static final int MAX_OCTET = 255;

  private IpText() {}

  static Optional<BigInteger> parse(String text, int width) {
    return width == V4_BITS ? parseV4(text) : parseV6(text);
  }

  /** Reads four decimal octets without leading zeros. */
  static Optional<BigInteger> parseV4(String text) {
    String[] octets = text.split("\\.", -1);
    if (octets.length != 4) {
      return Optional.empty();
    }
    long value = 0;
    for (String octet : octets) {
      if (!octet.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(octet) > MAX_OCTET) {
        return Optional.empty();
      }
      value = value << 8 | Integer.parseInt(octet);
    }
    return Optional.of(BigInteger.valueOf(value));
  }

  /** Reads one to four decimal octets, the rest being zero: {@code 10.1} is {@code 10.1.0.0}. */
  static Optional<BigInteger> parsePartialV4(String text) {
    String[] octets = text.split("\\.", -1);
    if (octets.length > 4) {
      return Optional.empty();
    }
    long value = 0;
    for (int i = 0; i < 4; i++) {
      String octet = i < octets.length ? octets[i] : "0";
      if (!octet.matches("[0-9]{1,9}") || Integer.parseInt(octet) > MAX_OCTET) {
        return Optional.empty();
      }
      value = value << 8 | Integer.parseInt(octet);
    }
    return Optional.of(BigInteger.valueOf(value));
  }

  /** Reads up to eight hexadecimal groups, perhaps with a gap, perhaps with an IPv4 tail. */
  static Optional<BigInteger> parseV6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text).filter(all -> all.size() == V6_GROUPS).map(IpText::join);
    }
    Optional<List<Integer>> head = groups(text.substring(0, gap));
    Optional<List<Integer>> tail = groups(text.substring(gap + 2));
    if (head.isEmpty() || tail.isEmpty() || text.substring(0, gap).contains(".")) {
      return Optional.empty();
    }
    List<Integer> all = new ArrayList<>(head.get());
    while (all.size() + tail.get().size() < V6_GROUPS) {
      all.add(0);
    }
    boolean gapStandsForSomething = all.size() > head.get().size();
    all.addAll(tail.get());
    return gapStandsForSomething && all.size() == V6_GROUPS
        ? Optional.of(join(all))
        : Optional.empty();
  }

  private static Optional<List<Integer>> groups(String text) {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return Optional.of(groups);
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      Optional<BigInteger> v4 = i == parts.length - 1 ? parseV4(parts[i]) : Optional.empty();
      if (v4.isPresent()) {
        groups.add(v4.get().shiftRight(16).intValue());
        groups.add(v4.get().intValue() & 0xffff);
      } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(groups);
  }

  private static BigInteger join(List<Integer> groups) {
    BigInteger value = BigInteger.ZERO;
    for (int group : groups) {
      value = value.shiftLeft(16).or(BigInteger.valueOf(group));
    }
    return value;
  }

  static String print(BigInteger address, int width) {
    return width == V4_BITS ? printV4(address.intValue()) : printV6(address);
  }

  private static String printV4(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }

  /** Prints with the longest gap of zero groups left out, the first one of equals. */
  private static String printV6(BigInteger address) {
    int[] groups = new int[V6_GROUPS];
    for (int i = 0; i < V6_GROUPS; i++) {
      groups[i] = address.shiftRight(16 * (V6_GROUPS - 1 - i)).intValue() & 0xffff;
    }
    int gapStart = 0;
    int gapLength = 0;
    for (int start = 0; start < V6_GROUPS; start++) {
      int length = zerosFrom(groups, start);
      if (length > gapLength) {
        gapStart = start;
        gapLength = length;
      }
    }
    if (gapLength < 2) {
      return hex(groups, 0, V6_GROUPS);
    }
    String head = hex(groups, 0, gapStart);
    if (isV4InV6(groups, gapStart, gapLength)) {
      String mapped = gapLength == 5 ? "ffff:" : "";
      return "::" + mapped + printV4(address.intValue());
    }
    return head + "::" + hex(groups, gapStart + gapLength, V6_GROUPS);
  }

  private static boolean isV4InV6(int[] groups, int gapStart, int gapLength) {
    return gapStart == 0 && (gapLength == 6 || gapLength == 5 && groups[5] == 0xffff);
  }

  private static int zerosFrom(int[] groups, int start) {
    int end = start;
    while (end < V6_GROUPS && groups[end] == 0) {
      end++;
    }
    return end - start;
  }

  private static String hex(int[] groups, int from, int to) {
    StringBuilder out = new StringBuilder();
    for (int i = from; i < to; i++) {
      out.append(i > from ? ":" : "").append(Integer.toHexString(groups[i]));
    }
    return out.toString();
  }
}
