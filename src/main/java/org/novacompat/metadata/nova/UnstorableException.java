// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.Set;

/** A table cannot hold a value: it is too long, or not in its column's character set. */
final class UnstorableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The class of the SQL states for it. */
  private static final String DATA_EXCEPTION = "22";

  /** A text that the character set cannot hold, in MySQL, whose state for these says nothing. */
  private static final Set<Integer> NOT_IN_THE_CHARACTER_SET = Set.of(1366, 3988);

  UnstorableException(PersistenceException refusal) {
    super("a table cannot hold a value", refusal);
  }

  /** Whether a statement was refused for that reason. */
  static boolean isWhy(SQLException refusal) {
    String state = refusal.getSQLState();
    return state != null && state.startsWith(DATA_EXCEPTION)
        || NOT_IN_THE_CHARACTER_SET.contains(refusal.getErrorCode());
  }
}
