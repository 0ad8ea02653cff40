// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.log;

import java.util.regex.Pattern;

/** Text of any origin, fit to stand in a line of the log. */
public final class Printable {
  private static final Pattern LINE_BREAKS = Pattern.compile("[\\r\\n\\t]+");

  /** Controls, format characters (bidi controls among them), lone surrogates, U+2028, U+2029. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private Printable() {}

  /** Keeps a text on one line, without anything that a terminal or an editor obeys. */
  public static String line(String text) {
    return UNPRINTABLE.matcher(LINE_BREAKS.matcher(text).replaceAll(" ")).replaceAll("?");
  }

  /**
   * Shows what a stranger may have sent: printable ASCII, and no more of it than is of use.
   *
   * @param text the text
   * @param maxLength how many characters are shown
   * @return the text; three dots follow where some is left out
   */
  public static String ascii(String text, int maxLength) {
    String shown = text.length() > maxLength ? text.substring(0, maxLength) + "..." : text;
    return shown.replaceAll("[^\\x20-\\x7E]", "?");
  }
}
