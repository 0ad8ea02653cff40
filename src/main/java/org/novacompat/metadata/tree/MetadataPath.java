// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * A path of the guest trees, normalised as nova does it with Python's {@code posixpath.normpath}
 * ({@code nova/api/metadata/base.py: lookup}): empty and {@code .} segments are dropped, {@code ..}
 * takes one back, and the path starts with a slash even when the request's did not.
 */
public final class MetadataPath {
  private final String normalised;
  private final boolean root;

  private MetadataPath(String normalised, boolean root) {
    this.normalised = normalised;
    this.root = root;
  }

  /**
   * Normalises a path.
   *
   * @param decodedPath the request's path, without its query, percent-decoded
   * @return the path
   */
  public static MetadataPath of(String decodedPath) {
    if (!decodedPath.startsWith("/")) {
      return new MetadataPath(normalise("/" + decodedPath), false);
    }
    String normalised = isNormal(decodedPath) ? decodedPath : normalise(decodedPath);
    return new MetadataPath(normalised, normalised.equals("/"));
  }

  /**
   * Tells whether this is the path that is answered without knowing who asks ({@code
   * nova/api/metadata/handler.py: __call__}).
   *
   * @return true for a path that starts with a slash and comes down to it
   */
  public boolean isRoot() {
    return root;
  }

  /** Gives the normalised path; starts with one slash. */
  String normalised() {
    return normalised;
  }

  private static boolean isNormal(String path) {
    int length = path.length();
    if (length > 1 && path.charAt(length - 1) == '/') {
      return false;
    }
    for (int i = 0; i < length - 1; i++) {
      if (path.charAt(i) == '/' && (path.charAt(i + 1) == '/' || path.charAt(i + 1) == '.')) {
        return false;
      }
    }
    return true;
  }

  private static String normalise(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/")) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return "/" + String.join("/", segments);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MetadataPath that
        && root == that.root
        && normalised.equals(that.normalised);
  }

  @Override
  public int hashCode() {
    return Objects.hash(normalised, root);
  }

  @Override
  public String toString() {
    return normalised;
  }
}
