// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.novacompat.metadata.instance.StoreUnavailableException;

/** What a failed statement means to its caller. */
public enum SqlFailure {
  /** No answer came. */
  CONNECTION_LOST,
  /** A wait ended, whatever the database is like. */
  OUT_OF_TIME,
  /** A deadlock, Galera's conflict, or a row that changed since it was read: nothing was done. */
  CONFLICT,
  /** Another transaction held a row for too long. */
  LOCKED,
  /** No such table; a view without its table; a table that the user may not use. */
  NO_TABLE,
  /** A value is too long, or not in its column's character set. */
  UNSTORABLE,
  /** Any other refusal. */
  REFUSED;

  static final String OUT_OF_TIME_STATE = "HYT00";

  private static final String LOSS_CLASS = "08";
  private static final String DATA_CLASS = "22";
  private static final Set<Integer> CONFLICTS = Set.of(1213, 1020);
  private static final int LOCK_WAIT_TIMEOUT = 1205;
  private static final Set<Integer> NO_TABLES = Set.of(1146, 1356, 1142, 1143);

  /** Of a text outside the character set, for which MySQL's state says nothing. */
  private static final Set<Integer> NOT_IN_CHARACTER_SET = Set.of(1366, 3988);

  /** What a failure means. */
  public static SqlFailure of(SQLException failure) {
    String state = Optional.ofNullable(failure.getSQLState()).orElse("");
    int code = failure.getErrorCode();
    if (CONFLICTS.contains(code)) {
      return CONFLICT;
    }
    if (code == LOCK_WAIT_TIMEOUT) {
      return LOCKED;
    }
    if (NO_TABLES.contains(code)) {
      return NO_TABLE;
    }
    if (state.startsWith(DATA_CLASS) || NOT_IN_CHARACTER_SET.contains(code)) {
      return UNSTORABLE;
    }
    if (state.equals(OUT_OF_TIME_STATE)) {
      return OUT_OF_TIME;
    }
    return state.startsWith(LOSS_CLASS) ? CONNECTION_LOST : REFUSED;
  }

  /** What the failure behind an unavailable store means. */
  public static SqlFailure of(StoreUnavailableException failure) {
    return failure.getCause() instanceof SQLException cause ? of(cause) : REFUSED;
  }

  /** The failure of a transaction that finds its rows changed by another one: {@link #CONFLICT}. */
  public static SQLException concurrentChange() {
    return new SQLException("another transaction changed the same rows", "40001", 1020);
  }
}
