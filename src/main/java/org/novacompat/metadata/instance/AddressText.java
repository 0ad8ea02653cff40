// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IP addresses as text: read from whatever a stranger sent, and written as nova's and Neutron's
 * databases hold them, which is as {@code inet_ntop} writes. No name is ever looked up.
 */
public final class AddressText {
  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[\\da-fA-F]{0,4}:[\\da-fA-F:.]{1,45}");

  /** Two or more groups of zeros in what Java writes, which leaves none out. */
  private static final Pattern ZEROS =
      Pattern.compile("(?<![\\da-f])0(?::0)+(?![\\da-f])", Pattern.CASE_INSENSITIVE);

  private AddressText() {}

  /**
   * Reads an address; an IPv6 address may name a zone, which is left out.
   *
   * @param text any text
   * @return the address, an IPv4 address where one is mapped into IPv6; empty for what is none
   */
  public static Optional<InetAddress> parse(String text) {
    if (IPV4.matcher(text).matches()) {
      return literal(text);
    }
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    return IPV6.matcher(address).matches() ? literal(address) : Optional.empty();
  }

  /**
   * Writes an address, its zone left out.
   *
   * @param address the address
   * @return its shortest form, in lower case
   */
  public static String of(InetAddress address) {
    String whole = address.getHostAddress();
    int zone = whole.indexOf('%');
    return withGap(zone < 0 ? whole : whole.substring(0, zone));
  }

  /** The longest run of zeros becomes the gap, the first of equals. */
  private static String withGap(String groups) {
    int start = 0;
    int end = 0;
    Matcher zeros = ZEROS.matcher(groups);
    while (groups.indexOf(':') >= 0 && zeros.find()) {
      if (zeros.end() - zeros.start() > end - start) {
        start = zeros.start();
        end = zeros.end();
      }
    }
    if (end == 0) {
      return groups;
    }
    String head = groups.substring(0, Math.max(0, start - 1));
    String tail = groups.substring(Math.min(groups.length(), end + 1));
    return head + "::" + tail;
  }

  private static Optional<InetAddress> literal(String address) {
    try {
      return Optional.of(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
