// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.novacompat.metadata.conformance.ConformanceRecording.Cell;

/** Writes the rows of recordings into the databases of a nova, whose tables must be there. */
public final class ConformanceRows {
  private static final String MAPPINGS = "instance_mappings";

  private final TestCloud databases;

  public ConformanceRows(TestCloud databases) {
    this.databases = databases;
  }

  /** Inserts the rows of all recordings, each database in one transaction. */
  public void insert(List<ConformanceRecording> recordings) throws SQLException {
    for (final Cell cell : Cell.values()) {
      try (Connection database = DriverManager.getConnection(databases.cellDatabase(cell))) {
        database.setAutoCommit(false);
        for (final ConformanceRecording recording : recordings) {
          if (recording.cell() == cell) {
            insertCellRows(database, recording);
          }
        }
        database.commit();
      }
    }
    try (Connection database = DriverManager.getConnection(databases.apiDatabase())) {
      database.setAutoCommit(false);
      for (final ConformanceRecording recording : recordings) {
        for (final Map<String, Object> row : recording.rows().getOrDefault(MAPPINGS, List.of())) {
          insert(database, MAPPINGS, mapped(row));
        }
      }
      database.commit();
    }
  }

  private static void insertCellRows(Connection database, ConformanceRecording recording)
      throws SQLException {
    for (final Map.Entry<String, List<Map<String, Object>>> table : recording.rows().entrySet()) {
      if (!table.getKey().equals(MAPPINGS)) {
        for (final Map<String, Object> row : table.getValue()) {
          insert(database, table.getKey(), row);
        }
      }
    }
  }

  /** A recorded mapping names its cell; the table wants the id. */
  private Map<String, Object> mapped(Map<String, Object> recorded) {
    final Map<String, Object> row = new LinkedHashMap<>(recorded);
    final Object cell = row.remove("cell");
    if (cell != null) {
      row.put(
          "cell_id", databases.cellMapping(Cell.valueOf(cell.toString().toUpperCase(Locale.ROOT))));
    }
    return row;
  }

  private static void insert(Connection database, String table, Map<String, Object> row)
      throws SQLException {
    final String columns =
        row.keySet().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    final String places = row.keySet().stream().map(name -> "?").collect(Collectors.joining(", "));
    try (PreparedStatement statement =
        database.prepareStatement(
            "insert into " + table + " (" + columns + ") values (" + places + ")")) {
      int place = 0;
      for (final Object value : row.values()) {
        statement.setObject(++place, value);
      }
      statement.executeUpdate();
    }
  }
}
