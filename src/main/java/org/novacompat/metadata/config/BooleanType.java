// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.List;
import java.util.Locale;

/** Yes or no, in oslo.config's words ({@code oslo_config/types.py: Boolean}). */
record BooleanType() implements OptionType<Boolean> {

  private static final List<String> TRUE = List.of("true", "1", "on", "yes");
  private static final List<String> FALSE = List.of("false", "0", "off", "no");

  @Override
  public Boolean parse(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (TRUE.contains(word)) {
      return true;
    }
    if (FALSE.contains(word)) {
      return false;
    }
    throw new IllegalArgumentException();
  }

  @Override
  public String expected() {
    return "true or false (or 1, 0, on, off, yes, no)";
  }

  @Override
  public String referenced(String text) {
    return parse(text) ? "True" : "False";
  }
}
