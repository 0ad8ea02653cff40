// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import org.novacompat.metadata.log.Printable;

/** What a stranger sent, fit to be shown. */
final class Quoted {
  private static final int LONGEST_IN_LOG = 64;
  private static final int LONGEST_TO_GUEST = 255;

  private Quoted() {}

  /** Short, and nothing that could start a new line. */
  static String inLog(String text) {
    return Printable.ascii(text, LONGEST_IN_LOG);
  }

  /** As it was sent, unless it is longer than anything that means something. */
  static String toGuest(String text) {
    return text.length() > LONGEST_TO_GUEST ? text.substring(0, LONGEST_TO_GUEST) : text;
  }
}
