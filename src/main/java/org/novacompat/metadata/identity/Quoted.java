// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

/** What a stranger sent, fit to be shown. */
final class Quoted {
  private static final int LONGEST_IN_LOG = 64;
  private static final int LONGEST_TO_GUEST = 255;

  private Quoted() {}

  /** Short, and nothing that could start a new line. */
  static String inLog(String text) {
    return shortened(text, LONGEST_IN_LOG).replaceAll("[^\\x20-\\x7E]", "?");
  }

  /** As it was sent, unless it is longer than anything that means something. */
  static String toGuest(String text) {
    return shortened(text, LONGEST_TO_GUEST);
  }

  private static String shortened(String text, int longest) {
    return text.length() > longest ? text.substring(0, longest) : text;
  }
}
