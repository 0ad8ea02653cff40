// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads the address book's rows from the cells' databases, one statement a question. */
final class JdbcAddressRows implements AddressRows {
  /**
   * Dead rows come along without their text: left out, they could make one statement pass over any
   * number of them. A UUID in ASCII is compared as the column {@code instances.uuid} wants it,
   * whatever the two tables' character sets and collations, and so by its index.
   */
  private static final String ROWS =
      "SELECT c.id, c.instance_uuid,"
          + " CASE WHEN c.deleted = 0 AND i.deleted = 0 THEN c.network_info END"
          + " FROM instance_info_caches c LEFT JOIN instances i"
          + " ON i.uuid = CONVERT(c.instance_uuid USING ascii)";

  /** By primary key. */
  static final String NEXT_ROWS = ROWS + " WHERE c.id > ? ORDER BY c.id LIMIT ?";

  /** By primary key. */
  static final String ACTIONS =
      "SELECT id, instance_uuid FROM instance_actions WHERE id > ? ORDER BY id LIMIT ?";

  /** Answered from the ends of the primary keys. */
  static final String LAST_IDS =
      "SELECT (SELECT MAX(id) FROM instance_info_caches), (SELECT MAX(id) FROM instance_actions)";

  private final CellConnections cells;
  private volatile Map<String, CellConnections.Way> known = Map.of();

  /**
   * Takes the databases to read from. They are asked for by {@link #cells()} only.
   *
   * @param cells the ways to them
   */
  JdbcAddressRows(CellConnections cells) {
    this.cells = cells;
  }

  /** By the unique key of {@code instance_uuid}. */
  static String rowsOf(int instances) {
    return ROWS
        + " WHERE c.instance_uuid IN ("
        + String.join(", ", Collections.nCopies(instances, "?"))
        + ")";
  }

  @Override
  public Set<String> cells(Patience patience) throws SQLException {
    known = Map.copyOf(cells.now(patience.deadline()));
    return known.keySet();
  }

  @Override
  public List<Row> nextRows(String cell, long afterId, int limit, Patience patience)
      throws SQLException {
    return query(cell, patience, NEXT_ROWS, List.of(afterId, limit), JdbcAddressRows::row);
  }

  @Override
  public List<Row> rowsOf(String cell, Collection<String> instances, Patience patience)
      throws SQLException {
    return query(cell, patience, rowsOf(instances.size()), instances, JdbcAddressRows::row);
  }

  @Override
  public LastIds lastIds(String cell, Patience patience) throws SQLException {
    return query(cell, patience, LAST_IDS, List.of(), r -> new LastIds(r.getLong(1), r.getLong(2)))
        .get(0);
  }

  @Override
  public List<Action> actionsAfter(String cell, long afterId, int limit, Patience patience)
      throws SQLException {
    return query(
        cell,
        patience,
        ACTIONS,
        List.of(afterId, limit),
        r -> new Action(r.getLong(1), Objects.requireNonNullElse(r.getString(2), "")));
  }

  private static Row row(ResultSet result) throws SQLException {
    List<Address> addresses =
        Optional.ofNullable(result.getString(3)).map(FixedAddresses::in).orElse(List.of());
    return new Row(result.getLong(1), result.getString(2), addresses);
  }

  private <T> List<T> query(
      String cell, Patience patience, String sql, Collection<?> parameters, RowReader<T> reader)
      throws SQLException {
    CellConnections.Way database = known.get(cell);
    if (database == null) {
      throw new SQLException("there is no cell " + cell);
    }
    return database.ask(
        patience.on(database), connection -> query(connection, sql, parameters, reader));
  }

  private static <T> List<T> query(
      Connection connection, String sql, Collection<?> parameters, RowReader<T> reader)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = 0;
      for (Object parameter : parameters) {
        statement.setObject(++index, parameter);
      }
      try (ResultSet result = statement.executeQuery()) {
        List<T> rows = new ArrayList<>();
        while (result.next()) {
          rows.add(reader.read(result));
        }
        return rows;
      }
    }
  }

  private interface RowReader<T> {
    T read(ResultSet result) throws SQLException;
  }
}
