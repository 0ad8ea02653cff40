// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The media ranges of an {@code Accept} header, read as RFC 7231 section 5.3.2 says and as WebOb
 * applies it ({@code webob/acceptparse.py: acceptable_offers}): no header accepts nothing, a
 * malformed one accepts everything.
 */
final class AcceptHeader {
  private static final String OWS = "[ \t]*";
  private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
  private static final String QUOTED =
      "\"(?:[\t \\x21\\x23-\\x5B\\x5D-\\x7E\\x80-\\xFF]|\\\\[\t \\x21-\\x7E\\x80-\\xFF])*+\"";
  private static final String PARAMETER =
      OWS + ";" + OWS + "(?!q=)(?!Q=)" + TOKEN + "=(?:" + TOKEN + "|" + QUOTED + ")";
  private static final String WEIGHT =
      OWS + ";" + OWS + "[qQ]=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)";
  private static final String EXTENSION =
      OWS + ";" + OWS + TOKEN + "(?:=(?:" + TOKEN + "|" + QUOTED + "))?";
  private static final Pattern RANGE =
      Pattern.compile(
          "(\\*/\\*|"
              + TOKEN
              + "/\\*|"
              + TOKEN
              + "/"
              + TOKEN
              + ")((?:"
              + PARAMETER
              + ")*+)(?:"
              + WEIGHT
              + "(?:"
              + EXTENSION
              + ")*+)?+");
  private static final Pattern SEPARATOR = Pattern.compile("[ \t]*(?:,[ \t]*)*");

  /** What may stand before the first range: where a list begins with a comma, another follows. */
  private static final Pattern EMPTY_ELEMENTS = Pattern.compile(",[ \t]*,[ \t,]*");

  /** Longer headers are treated as malformed, so that no guest can make the parser work. */
  private static final int MAX_LENGTH = 1024;

  private record Range(String type, String subtype, boolean parameters, double quality) {
    int specificity(String offeredType, String offeredSubtype) {
      if (type.equals(offeredType) && subtype.equals(offeredSubtype)) {
        return parameters ? 0 : 3;
      }
      if (type.equals(offeredType) && subtype.equals("*")) {
        return 2;
      }
      return type.equals("*") && subtype.equals("*") ? 1 : 0;
    }
  }

  private AcceptHeader() {}

  /**
   * Chooses among media types.
   *
   * @param header the header's value; empty when the request has none
   * @param offers media types without parameters, the preferred first
   * @return the best; empty when none is acceptable
   */
  static Optional<String> choose(Optional<String> header, List<String> offers) {
    Optional<List<Range>> ranges = parse(header.orElse(""));
    if (ranges.isEmpty()) {
      return Optional.of(offers.get(0));
    }
    String best = null;
    double bestQuality = 0;
    for (String offer : offers) {
      double quality = quality(ranges.get(), offer);
      if (quality > bestQuality) {
        best = offer;
        bestQuality = quality;
      }
    }
    return Optional.ofNullable(best);
  }

  private static double quality(List<Range> ranges, String offer) {
    int slash = offer.indexOf('/');
    String type = offer.substring(0, slash);
    String subtype = offer.substring(slash + 1);
    int best = 0;
    double quality = 0;
    for (Range range : ranges) {
      int specificity = range.specificity(type, subtype);
      if (specificity > best) {
        best = specificity;
        quality = range.quality();
      }
    }
    return quality;
  }

  /** The ranges, or empty when the header breaks the grammar. */
  private static Optional<List<Range>> parse(String header) {
    if (header.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    List<Range> ranges = new ArrayList<>();
    Matcher range = RANGE.matcher(header);
    Matcher separator = SEPARATOR.matcher(header);
    int at = 0;
    while (true) {
      separator.region(at, header.length());
      boolean comma = separator.lookingAt() && separator.group().indexOf(',') >= 0;
      int next = separator.end();
      if (next == header.length()) {
        return comma || next == at ? Optional.of(ranges) : Optional.empty();
      }
      if (at == 0 ? next > 0 && !EMPTY_ELEMENTS.matcher(separator.group()).matches() : !comma) {
        return Optional.empty();
      }
      range.region(next, header.length());
      if (!range.lookingAt()) {
        return Optional.empty();
      }
      ranges.add(range(range));
      at = range.end();
    }
  }

  private static Range range(Matcher match) {
    String[] names = match.group(1).toLowerCase(Locale.ROOT).split("/", 2);
    double quality = match.group(3) == null ? 1 : Double.parseDouble(match.group(3));
    return new Range(names[0], names[1], !match.group(2).isEmpty(), quality);
  }
}
