// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The path of a request as it came over the wire, decoded once and not otherwise touched: WSGI's
 * {@code PATH_INFO}.
 */
final class PathDecoder {
  private PathDecoder() {}

  /**
   * Decodes a path.
   *
   * @param raw the request's path, still escaped, without a query
   * @return the path; empty when an escape is broken or the bytes are not UTF-8
   */
  static Optional<String> decode(String raw) {
    return raw.indexOf('%') < 0 && isAscii(raw) ? Optional.of(raw) : decodeEscapes(raw);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> decodeEscapes(String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
      int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    return utf8(bytes.toByteArray());
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
