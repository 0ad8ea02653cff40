// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.python;

import java.io.ByteArrayOutputStream;

/**
 * Decodes base64 as leniently as Python does ({@code oslo_serialization/base64.py:
 * decode_as_bytes}, CPython's {@code binascii.a2b_base64}): characters that are not of the alphabet
 * are skipped, and what comes after the padding of the last group is not looked at.
 */
public final class PythonBase64 {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int SEXTET = 6;

  private final ByteArrayOutputStream decoded = new ByteArrayOutputStream();
  private int bits;
  private int sextets;
  private int pads;

  private PythonBase64() {}

  /**
   * Decodes a text.
   *
   * @param text the text
   * @return its bytes
   * @throws IllegalArgumentException where Python raises: the text is not ASCII, or its last group
   *     is incomplete; the message does not quote it
   */
  public static byte[] decode(String text) {
    if (!text.chars().allMatch(character -> character < 128)) {
      throw new IllegalArgumentException("base64 that is not ASCII");
    }
    return new PythonBase64().read(text);
  }

  private byte[] read(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '=') {
        if (sextets >= 2 && sextets + ++pads >= 4) {
          return decoded.toByteArray();
        }
      } else {
        take(ALPHABET.indexOf(character));
      }
    }
    if (sextets != 0) {
      throw new IllegalArgumentException("base64 whose last group is incomplete");
    }
    return decoded.toByteArray();
  }

  private void take(int sextet) {
    if (sextet < 0) {
      return;
    }
    pads = 0;
    bits = bits << SEXTET | sextet;
    if (sextets > 0) {
      decoded.write(bits >> (3 - sextets) * 2);
    }
    sextets = (sextets + 1) % 4;
  }
}
