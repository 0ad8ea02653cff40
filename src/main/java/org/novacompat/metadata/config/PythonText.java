// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.List;
import java.util.stream.Collectors;

/** Text as Python's {@code str} sees it, where Java's String differs. */
final class PythonText {

  private PythonText() {}

  /** {@code str.strip()} */
  static String strip(String text) {
    return stripLeft(stripRight(text));
  }

  /** {@code str.rstrip()} */
  static String stripRight(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** {@code str.lstrip()} */
  static String stripLeft(String text) {
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }

  /** {@code str()} of a list of plain words */
  static String list(List<String> items) {
    return items.stream().map(item -> "'" + item + "'").collect(Collectors.joining(", ", "[", "]"));
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}
