// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** IP addresses as text: read without ever looking a name up, printed as both back ends do. */
final class AddressText {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[\\da-fA-F]*:[\\da-fA-F:.]*");
  private static final Pattern ZEROS = Pattern.compile("\\b0(:0)+\\b");

  private AddressText() {}

  /** Empty for what is no address, IPv6 with a zone included. */
  static Optional<InetAddress> parse(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** In the form of RFC 5952: the first of the longest gaps of zeros left out. */
  static String print(InetAddress address) {
    String groups = address.getHostAddress();
    if (!(address instanceof Inet6Address)) {
      return groups;
    }
    return ZEROS
        .matcher(groups)
        .results()
        .max(
            Comparator.comparingInt((MatchResult gap) -> gap.group().length())
                .thenComparingInt(gap -> -gap.start()))
        .map(gap -> withoutGap(groups, gap))
        .orElse(groups);
  }

  private static String withoutGap(String groups, MatchResult gap) {
    String head = groups.substring(0, gap.start()).replaceFirst(":$", "");
    String tail = groups.substring(gap.end()).replaceFirst("^:", "");
    return head + "::" + tail;
  }
}
