// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Remembers which cells lack a table. It is assumed to be present until a statement fails for its
 * absence; then one statement a minute tries again. Safe for several threads.
 */
public final class OptionalTable {
  private final LongSupplier nanoTime;
  private final Map<String, Long> absentUntil = new ConcurrentHashMap<>();

  /** What is read. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads. */
    T read() throws SQLException;
  }

  /**
   * Assumes that the table is in every cell.
   *
   * @param nanoTime tells the time, as {@link System#nanoTime} does
   */
  public OptionalTable(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Reads from a cell.
   *
   * @param with reads where the table is
   * @param without reads where it is not
   * @return what was read
   * @throws SQLException when the database does not answer in time, or refuses
   */
  public <T> T read(Cell cell, Reading<T> with, Reading<T> without) throws SQLException {
    if (!isWorthTrying(cell.tenant(), nanoTime.getAsLong())) {
      return without.read();
    }
    try {
      T read = with.read();
      absentUntil.remove(cell.tenant());
      return read;
    } catch (SQLException e) {
      if (SqlFailure.of(e) != SqlFailure.NO_TABLE) {
        throw e;
      }
      absentUntil.put(
          cell.tenant(), nanoTime.getAsLong() + TimeBudget.BETWEEN_TABLE_TRIALS.toNanos());
      return without.read();
    }
  }

  /** Of several threads that come when it is time, one tries and the others go on without. */
  private boolean isWorthTrying(String tenant, long now) {
    Long until = absentUntil.get(tenant);
    return until == null
        || now - until >= 0
            && absentUntil.replace(tenant, until, now + TimeBudget.BETWEEN_TABLE_TRIALS.toNanos());
  }
}
