// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

/**
 * Tells which paths the web container accepts: no control character, every {@code %} before two
 * hexadecimal digits, no {@code ..} that leads above the root, and no path parameter behind a dot
 * segment or in place of a segment ({@code RequestUtils.canonicalizeURI} of Open Liberty).
 */
final class RequestPath {
  private static final int DELETE = 0x7f;

  private RequestPath() {}

  /** Tells whether the web container hands a path to an application. */
  static boolean isUsable(String path) {
    boolean isPlain = true;
    for (int i = 0; i < path.length(); i++) {
      char character = path.charAt(i);
      int value = character == '%' ? escaped(path, i) : character;
      if (value < ' ' || value == DELETE) {
        return false;
      }
      isPlain &= character != '%' && character != ';' && character != '.';
    }
    return isPlain || segmentsAreUsable(unescaped(path));
  }

  /** The byte that an escape stands for; negative where it is none. */
  private static int escaped(String path, int at) {
    if (at + 2 >= path.length()) {
      return -1;
    }
    int high = Character.digit(path.charAt(at + 1), 16);
    int low = Character.digit(path.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  /** The path with each escape replaced by the character of its byte. */
  private static String unescaped(String path) {
    StringBuilder unescaped = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      boolean isEscape = path.charAt(i) == '%';
      unescaped.append(isEscape ? (char) escaped(path, i) : path.charAt(i));
      i += isEscape ? 2 : 0;
    }
    return unescaped.toString();
  }

  private static boolean segmentsAreUsable(String path) {
    String[] segments = path.substring(path.startsWith("/") ? 1 : 0).split("/", -1);
    int depth = 0;
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      boolean isLast = i == segments.length - 1;
      if (segment.startsWith(".;")
          || segment.startsWith("..;")
          || segment.startsWith(";") && !isLast) {
        return false;
      }
      depth += step(segment);
      if (depth < 0) {
        return false;
      }
    }
    return true;
  }

  /** How much deeper a segment leads. */
  private static int step(String segment) {
    return switch (segment) {
      case "", "." -> 0;
      case ".." -> -1;
      default -> 1;
    };
  }
}
