// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.python;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A float as Python's {@code repr} and {@code json.dumps} write it: the shortest that reads back.
 */
final class PythonFloat {
  private static final int MAX_DIGITS = 17;

  /** From this many digits before the point on, Python writes an exponent. */
  private static final int MAX_WHOLE_DIGITS = 16;

  /** From this many zeros after the point on, Python writes an exponent. */
  private static final int MAX_LEADING_ZEROS = 4;

  private PythonFloat() {}

  /** Writes a float as JSON, with Python's names for what is not a number. */
  static String json(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    String sign = Math.copySign(1, value) < 0 ? "-" : "";
    return sign + (value == 0 ? "0.0" : positive(Math.abs(value)));
  }

  private static String positive(double value) {
    BigDecimal shortest = shortest(value).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    if (point > MAX_WHOLE_DIGITS || point <= -MAX_LEADING_ZEROS) {
      return withExponent(digits, point - 1);
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    if (point >= digits.length()) {
      return digits + "0".repeat(point - digits.length()) + ".0";
    }
    return digits.substring(0, point) + "." + digits.substring(point);
  }

  private static String withExponent(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String padding = Math.abs(exponent) < 10 ? "0" : "";
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + padding + Math.abs(exponent);
  }

  /** Finds the decimal of the fewest digits that reads back; of several, the nearest. */
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MAX_DIGITS; digits++) {
      BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (nearest.doubleValue() == value) {
        return nearest;
      }
      BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
      if (above.doubleValue() == value) {
        return above;
      }
    }
    return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
  }
}
