// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.python;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers in Python's spelling: signs, underscores, and the digits of any alphabet. */
public final class PythonNumbers {
  private static final String DIGITS = "\\p{Nd}+(?:_\\p{Nd}+)*";
  private static final Pattern INTEGER = Pattern.compile("[+-]?" + DIGITS);
  private static final Pattern REAL =
      Pattern.compile("[+-]?(?:(?:%1$s\\.?(?:%1$s)?|\\.%1$s)(?:[eE][+-]?%1$s)?)".formatted(DIGITS));
  private static final Pattern INFINITE =
      Pattern.compile("[+-]?inf(?:inity)?", Pattern.CASE_INSENSITIVE);

  private PythonNumbers() {}

  /**
   * {@code int()} of a text.
   *
   * @throws IllegalArgumentException when it is no integer
   */
  public static BigInteger integer(String text) {
    String digits = stripped(text);
    if (!INTEGER.matcher(digits).matches()) {
      throw new IllegalArgumentException();
    }
    return new BigInteger(digits.replace("_", ""));
  }

  /**
   * {@code float()} of a text, without {@code nan}.
   *
   * @throws IllegalArgumentException when it is no such number
   */
  public static double real(String text) {
    String number = stripped(text);
    if (INFINITE.matcher(number).matches()) {
      return number.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (!REAL.matcher(number).matches()) {
      throw new IllegalArgumentException();
    }
    StringBuilder ascii = new StringBuilder(number.length());
    number
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(c -> c != '_')
        .map(c -> Character.isDigit(c) ? Character.forDigit(Character.digit(c, 10), 10) : c)
        .forEach(ascii::appendCodePoint);
    return Double.parseDouble(ascii.toString());
  }

  /** As {@code str.strip()}, but for the separators of ASCII, which a number may not have. */
  private static String stripped(String text) {
    return text.chars().anyMatch(c -> c >= 0x1c && c <= 0x1f) ? text : PythonText.strip(text);
  }
}
