// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.regex.Pattern;

/**
 * An integer in Python's spelling, underscores and signs included, between two bounds ({@code
 * oslo_config/types.py: Integer}). An empty text is no integer and leaves the default.
 */
record IntegerType(int min, int max) implements OptionType<Integer> {

  private static final Pattern PYTHON_INTEGER = Pattern.compile("[+-]?\\p{Nd}+(?:_\\p{Nd}+)*");

  @Override
  public Integer parse(String text) {
    String digits = PythonText.strip(text);
    if (!PYTHON_INTEGER.matcher(digits).matches()) {
      throw new IllegalArgumentException();
    }
    int value = parseDigits(digits.replace("_", ""));
    if (value < min || value > max) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  private static int parseDigits(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("beyond 32 bits", e);
    }
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
    return parse(text).toString();
  }
}
