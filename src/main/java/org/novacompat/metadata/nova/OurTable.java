// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * In which cells our own table is. It is taken to be there until a statement fails for want of it;
 * after that, one statement a minute tries again. So a cell that has it costs nothing to know, and
 * one without it a failing statement a minute.
 */
final class OurTable {
  private static final Duration BETWEEN_TRIALS = Duration.ofMinutes(1);

  /** No such table; a view without its table; a table that the user may not see. */
  private static final Set<Integer> ABSENT = Set.of(1146, 1356, 1142, 1143);

  private final LongSupplier nanoTime;
  private final Map<String, Long> absentUntil = new ConcurrentHashMap<>();

  /**
   * Takes it to be everywhere.
   *
   * @param nanoTime tells the time, as {@link System#nanoTime} does
   */
  OurTable(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Reads what is beside an instance, our table's rows too where it is. */
  List<SatelliteRow> read(Connection connection, Deadline deadline, Cell cell, String uuid)
      throws SQLException {
    if (!isWorthTrying(cell.tenant(), nanoTime.getAsLong())) {
      return SatelliteRow.read(connection, deadline, uuid);
    }
    try {
      List<SatelliteRow> rows = SatelliteRow.readWithOurs(connection, deadline, uuid);
      absentUntil.remove(cell.tenant());
      return rows;
    } catch (SQLException e) {
      if (!isWantOfIt(e)) {
        throw e;
      }
      absentUntil.put(cell.tenant(), nanoTime.getAsLong() + BETWEEN_TRIALS.toNanos());
      return SatelliteRow.read(connection, deadline, uuid);
    }
  }

  /** Whether a statement may have failed because our table is not there. */
  static boolean isWantOfIt(SQLException failure) {
    return ABSENT.contains(failure.getErrorCode());
  }

  /** Of several who come when it is time, one tries and the others go on without. */
  private boolean isWorthTrying(String tenant, long now) {
    Long until = absentUntil.get(tenant);
    return until == null
        || now - until >= 0 && absentUntil.replace(tenant, until, now + BETWEEN_TRIALS.toNanos());
  }
}
