// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.signature;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The query in the form in which it is signed: {@code k=v} joined by {@code &}, sorted by key,
 * values percent-encoded.
 *
 * <p>The vendor does not say which characters to encode, and clients differ: Go's and Java's send a
 * space as {@code +}, Python's {@code quote} leaves {@code /} as it is, and some sign one form and
 * send another. So a server has several readings of what it got; each of them stands for the same
 * parameters.
 */
public final class SignedQuery {
  private static final String PAIRS = "&";

  private SignedQuery() {}

  /**
   * The form that our own clients sign and send: all but RFC 3986's unreserved characters encoded.
   *
   * @param parameters names and values, neither encoded
   * @return the query, without a question mark
   */
  public static String of(SortedMap<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
        .collect(Collectors.joining(PAIRS));
  }

  /**
   * What a client may have signed that sent this query.
   *
   * @param sent the query as it came, without the question mark; empty where there was none
   * @return at most three forms, the likeliest first
   */
  public static Set<String> readings(String sent) {
    Set<String> readings = new LinkedHashSet<>();
    readings.add(sorted(sent, UnaryOperator.identity()));
    try {
      readings.add(sorted(sent, part -> encode(decode(part))));
      readings.add(sorted(sent, part -> encode(decode(part)).replace("%2F", "/")));
    } catch (IllegalArgumentException e) {
      return readings; // a broken escape has no other reading than itself
    }
    return readings;
  }

  /**
   * The parameters that every reading of a query stands for.
   *
   * @param sent the query as it was sent, without the question mark; empty where there was none
   * @return names and values, decoded, in the order in which they were sent
   * @throws IllegalArgumentException when an escape is broken
   */
  public static List<Map.Entry<String, String>> parameters(String sent) {
    return pairs(sent)
        .map(pair -> Map.entry(decode(pair.getKey()), decode(pair.getValue())))
        .toList();
  }

  private static String sorted(String query, UnaryOperator<String> form) {
    return pairs(query)
        .sorted(Map.Entry.comparingByKey(Comparator.comparing(SignedQuery::decodedOrAsItIs)))
        .map(pair -> form.apply(pair.getKey()) + "=" + form.apply(pair.getValue()))
        .collect(Collectors.joining(PAIRS));
  }

  private static Stream<Map.Entry<String, String>> pairs(String query) {
    return Arrays.stream(query.split(PAIRS)).filter(pair -> !pair.isEmpty()).map(SignedQuery::pair);
  }

  private static Map.Entry<String, String> pair(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? Map.entry(text, "")
        : Map.entry(text.substring(0, equals), text.substring(equals + 1));
  }

  private static String decodedOrAsItIs(String name) {
    try {
      return decode(name);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
