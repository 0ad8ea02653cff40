// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code {scheme}}, {@code {username}} and the like in {@code
 * cell_mappings.database_connection} with the parts of {@code [database] connection} ({@code
 * nova/objects/cell_mapping.py: CellMapping._format_url}).
 *
 * <p>As in nova, the parts stay escaped as they are, a part that is not there reads {@code None},
 * the host name is in lower case and an IPv6 address has no brackets. The numbered names that nova
 * has for message queues are not known here.
 */
public final class CellUrlTemplate {
  private static final int HIGHEST_PORT = 65_535;
  private static final String NONE = "None";
  private static final Pattern PIECE = Pattern.compile("\\{\\{|}}|\\{[^{}]*}|[{}]");
  private static final Pattern URL =
      Pattern.compile(
          "(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?(?://(?<netloc>[^/?#]*))?"
              + "(?<path>[^?#]*)(?:\\?(?<query>[^#]*))?(?:#(?<fragment>.*))?",
          Pattern.DOTALL);

  private final Map<String, String> parts;

  /**
   * Takes the URL apart.
   *
   * @param url {@code [database] connection}
   * @throws IllegalArgumentException when it cannot be
   */
  public CellUrlTemplate(String url) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("[database] connection is not a URL");
    }
    String netloc = orEmpty(matcher.group("netloc"));
    int at = netloc.lastIndexOf('@');
    String host = netloc.substring(at + 1);
    parts =
        Map.of(
            "scheme", orEmpty(matcher.group("scheme")).toLowerCase(Locale.ROOT),
            "username", at < 0 ? NONE : before(':', netloc.substring(0, at)),
            "password", at < 0 ? NONE : after(':', netloc.substring(0, at)),
            "hostname", hostname(host),
            "port", port(host),
            "path", orEmpty(matcher.group("path")).replaceFirst("^/+", ""),
            "query", orEmpty(matcher.group("query")),
            "fragment", orEmpty(matcher.group("fragment")));
  }

  /**
   * Fills a template.
   *
   * @param template {@code database_connection}; it need not hold any name
   * @return the URL
   * @throws IllegalArgumentException when it holds a name that is not known, or a stray brace
   */
  public String fill(String template) {
    return PIECE.matcher(template).replaceAll(piece -> Matcher.quoteReplacement(value(piece)));
  }

  private String value(MatchResult piece) {
    String text = piece.group();
    if (text.equals("{{") || text.equals("}}")) {
      return text.substring(1);
    }
    String name = text.length() > 1 ? text.substring(1, text.length() - 1) : text;
    String value = parts.get(name);
    if (value == null) {
      throw new IllegalArgumentException("in braces there is something else than a known name");
    }
    return value;
  }

  private static String hostname(String host) {
    String name = host.startsWith("[") ? before(']', host.substring(1)) : before(':', host);
    return name.isEmpty() ? NONE : name.toLowerCase(Locale.ROOT);
  }

  private static String port(String host) {
    String port = after(':', host.startsWith("[") ? after(']', host) : host);
    if (port.isEmpty() || port.equals(NONE)) {
      return NONE;
    }
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > HIGHEST_PORT) {
      throw new IllegalArgumentException("[database] connection has a port that is none");
    }
    return String.valueOf(Integer.parseInt(port));
  }

  private static String before(char mark, String text) {
    int index = text.indexOf(mark);
    return index < 0 ? text : text.substring(0, index);
  }

  private static String after(char mark, String text) {
    int index = text.indexOf(mark);
    return index < 0 ? NONE : text.substring(index + 1);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
