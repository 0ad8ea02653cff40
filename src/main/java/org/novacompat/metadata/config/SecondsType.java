// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.novacompat.metadata.python.PythonText;

/**
 * A number of seconds in Python's spelling, perhaps with a fraction ({@code oslo_config/types.py:
 * Float}). An empty text is no number and leaves the default. What is longer than {@link
 * #MAX_SECONDS}, {@code inf} included, stands for that long, and what is below 0, where that is
 * allowed, for 0; any other number is a millisecond at least.
 *
 * @param mayBeNone whether 0 and less are allowed
 */
record SecondsType(boolean mayBeNone) implements OptionType<Duration> {

  /** Eleven days: longer than any caller waits, and in milliseconds still 32 bits. */
  static final double MAX_SECONDS = 1e6;

  private static final double MILLIS_PER_SECOND = 1000;
  private static final String DIGITS = "\\p{Nd}+(?:_\\p{Nd}+)*";
  private static final Pattern PYTHON_FLOAT =
      Pattern.compile("[+-]?(?:(?:%1$s\\.?(?:%1$s)?|\\.%1$s)(?:[eE][+-]?%1$s)?)".formatted(DIGITS));
  private static final Pattern INFINITE =
      Pattern.compile("[+-]?inf(?:inity)?", Pattern.CASE_INSENSITIVE);

  @Override
  public Duration parse(String text) {
    double seconds = number(PythonText.strip(text));
    if (seconds <= 0 && !mayBeNone) {
      throw new IllegalArgumentException();
    }
    if (seconds <= 0) {
      return Duration.ZERO;
    }
    double millis = Math.min(seconds, MAX_SECONDS) * MILLIS_PER_SECOND;
    return Duration.ofMillis(Math.max(1, Math.round(millis)));
  }

  /** Python's {@code float()}, without its {@code nan}. */
  private static double number(String text) {
    if (INFINITE.matcher(text).matches()) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (!PYTHON_FLOAT.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    StringBuilder ascii = new StringBuilder(text.length());
    text.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(c -> c != '_')
        .map(c -> Character.isDigit(c) ? Character.forDigit(Character.digit(c, 10), 10) : c)
        .forEach(ascii::appendCodePoint);
    return Double.parseDouble(ascii.toString());
  }

  @Override
  public String expected() {
    return mayBeNone ? "a number of seconds" : "a number of seconds above 0";
  }

  @Override
  public boolean leavesUnset(String text) {
    return PythonText.strip(text).isEmpty();
  }
}
