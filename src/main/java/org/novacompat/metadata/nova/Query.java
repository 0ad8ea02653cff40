// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A SELECT whose rows fill records: a component, a {@code String} or an {@code Integer}, gets what
 * is in the column of its name in snake case, or null. On bare JDBC, for it is what a cold request
 * consists of. Safe for several threads.
 *
 * @param <R> a row
 */
final class Query<R extends Record> {
  private final String sql;
  private final int parameters;
  private final Constructor<R> constructor;
  private final List<Component> components;
  private volatile int[] columns = {};

  private record Component(String column, boolean isNumber) {
    static Component of(RecordComponent component) {
      return new Component(
          component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT),
          component.getType() == Integer.class);
    }

    Object read(ResultSet rows, int column) throws SQLException {
      if (!isNumber) {
        return rows.getString(column);
      }
      int number = rows.getInt(column);
      return rows.wasNull() ? null : number;
    }
  }

  /**
   * Prepares to ask.
   *
   * @param type a record of nothing but {@code String} and {@code Integer}
   * @param sql the statement; each {@code ?} in it stands for one and the same text
   */
  Query(Class<R> type, String sql) {
    this.sql = sql.strip().replaceAll("\\s+", " ");
    this.parameters = (int) sql.chars().filter(character -> character == '?').count();
    RecordComponent[] named = type.getRecordComponents();
    this.components = Arrays.stream(named).map(Component::of).toList();
    try {
      this.constructor =
          type.getDeclaredConstructor(
              Arrays.stream(named).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(e);
    }
    constructor.setAccessible(true);
  }

  /**
   * Asks.
   *
   * @param deadline until when the answer must be there
   * @param text what each parameter stands for; of no account where there is none
   * @return the rows
   * @throws SQLException when there is no answer by then, or a refusal
   */
  List<R> ask(Connection connection, Deadline deadline, String text) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, deadline.leftMillis());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 1; i <= parameters; i++) {
        statement.setString(i, text);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<R> read = new ArrayList<>();
        while (rows.next()) {
          read.add(row(rows));
        }
        return read;
      }
    }
  }

  private R row(ResultSet rows) throws SQLException {
    int[] at = columns(rows);
    Object[] values = new Object[at.length];
    for (int i = 0; i < at.length; i++) {
      values[i] = components.get(i).read(rows, at[i]);
    }
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no record of a row of " + sql, e);
    }
  }

  /** Where each component's column is, which is the same in every answer. */
  private int[] columns(ResultSet rows) throws SQLException {
    int[] known = columns;
    if (known.length == 0) {
      known = new int[components.size()];
      for (int i = 0; i < known.length; i++) {
        known[i] = rows.findColumn(components.get(i).column);
      }
      columns = known;
    }
    return known;
  }
}
