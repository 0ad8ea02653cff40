// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Normalises paths of the guest trees as nova does with Python's {@code posixpath.normpath} ({@code
 * nova/api/metadata/base.py: lookup}): empty and {@code .} segments are dropped, {@code ..} takes
 * one back, and the path starts with a slash even when the request's did not.
 */
public final class MetadataPath {
  private MetadataPath() {}

  /**
   * Normalises a path.
   *
   * @param decodedPath the request's path, without its query, percent-decoded
   * @return the path, with one slash before each segment; {@code /} for the root
   */
  public static String normalise(String decodedPath) {
    if (isNormal(decodedPath)) {
      return decodedPath;
    }
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : decodedPath.split("/")) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return "/" + String.join("/", segments);
  }

  private static boolean isNormal(String path) {
    int length = path.length();
    if (!path.startsWith("/") || length > 1 && path.charAt(length - 1) == '/') {
      return false;
    }
    for (int i = 0; i < length - 1; i++) {
      if (path.charAt(i) == '/' && (path.charAt(i + 1) == '/' || path.charAt(i + 1) == '.')) {
        return false;
      }
    }
    return true;
  }
}
