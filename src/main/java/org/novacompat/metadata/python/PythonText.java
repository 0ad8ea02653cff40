// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.python;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text as Python's {@code str} sees it, where Java's String differs. */
public final class PythonText {

  /** Line and paragraph separators among them, at which some readers of logs start a line. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

  private PythonText() {}

  /** {@code str.strip()} */
  public static String strip(String text) {
    return stripLeft(stripRight(text));
  }

  /** {@code str.rstrip()} */
  public static String stripRight(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** {@code str.lstrip()} */
  public static String stripLeft(String text) {
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }

  /** {@code str()} of a list of plain words */
  public static String list(List<String> items) {
    return items.stream().map(item -> "'" + item + "'").collect(Collectors.joining(", ", "[", "]"));
  }

  /** The text in one line, its control characters escaped as {@code repr()} escapes them. */
  public static String printable(String text) {
    return CONTROL
        .matcher(text)
        .replaceAll(control -> Matcher.quoteReplacement(escaped(control.group().charAt(0))));
  }

  private static String escaped(char control) {
    return switch (control) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> (control < 0x100 ? "\\x%02x" : "\\u%04x").formatted((int) control);
    };
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}
