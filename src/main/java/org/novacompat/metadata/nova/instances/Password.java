// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A password in pieces, as {@code instance_system_metadata} holds it ({@code
 * nova/api/metadata/password.py}).
 */
final class Password {
  private static final String KEY = "password_";
  private static final int PIECES = 4;
  private static final int PIECE_CHARACTERS = 255;

  private Password() {}

  /**
   * Joins the pieces of an instance by their keys; of two with one key the later row counts.
   *
   * @return the password; empty when there is none, or an empty one
   */
  static Optional<String> joined(List<ChildRow> children) {
    SortedMap<String, String> pieces = new TreeMap<>();
    children.stream()
        .filter(row -> row.kind() == ChildRow.Kind.SYSTEM_METADATA)
        .filter(row -> row.key().orElse("").startsWith(KEY))
        .forEach(row -> pieces.put(row.key().get(), row.value().orElse("")));
    return Optional.of(String.join("", pieces.values())).filter(password -> !password.isEmpty());
  }

  /** Cuts a password into pieces by their keys, empty ones too, always as many. */
  static Map<String, String> cut(String password) {
    Map<String, String> pieces = new LinkedHashMap<>();
    String rest = password;
    for (int i = 0; i < PIECES; i++) {
      int characters = Math.min(PIECE_CHARACTERS, rest.codePointCount(0, rest.length()));
      int end = rest.offsetByCodePoints(0, characters);
      pieces.put(KEY + i, rest.substring(0, end));
      rest = rest.substring(end);
    }
    return pieces;
  }
}
