// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.novacompat.metadata.python.PythonText;

/**
 * An integer in Python's spelling, underscores and signs included, between two bounds ({@code
 * oslo_config/types.py: Integer}). An empty text is no integer and leaves the default. Python's
 * integers are of any length: where there is no bound, one beyond 32 bits stands for the last one
 * within.
 */
record IntegerType(int min, int max) implements OptionType<Integer> {

  private static final Pattern PYTHON_INTEGER = Pattern.compile("[+-]?\\p{Nd}+(?:_\\p{Nd}+)*");
  private static final BigInteger MIN_INT = BigInteger.valueOf(Integer.MIN_VALUE);
  private static final BigInteger MAX_INT = BigInteger.valueOf(Integer.MAX_VALUE);

  @Override
  public Integer parse(String text) {
    BigInteger written = integer(text);
    int value = written.max(MIN_INT).min(MAX_INT).intValueExact();
    if (value < min || value > max) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  private static BigInteger integer(String text) {
    String digits = PythonText.strip(text);
    if (!PYTHON_INTEGER.matcher(digits).matches()) {
      throw new IllegalArgumentException();
    }
    return new BigInteger(digits.replace("_", ""));
  }

  @Override
  public String expected() {
    if (min == Integer.MIN_VALUE) {
      return "an integer";
    }
    return max == Integer.MAX_VALUE
        ? "an integer of " + min + " or more"
        : "an integer from " + min + " to " + max;
  }

  @Override
  public boolean leavesUnset(String text) {
    return PythonText.strip(text).isEmpty();
  }

  @Override
  public String referenced(String text) {
    return integer(text).toString();
  }
}
