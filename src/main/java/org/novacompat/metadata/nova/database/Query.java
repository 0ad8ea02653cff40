// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A SELECT whose rows fill records by name: the component {@code instanceUuid} is read from the
 * column {@code instance_uuid}. A component is a {@code String}, an {@code int}, a {@code boolean},
 * an enum by its ordinal number, or an {@code Optional} of {@code String} or {@code Integer}, which
 * is empty for NULL. Safe for several threads.
 *
 * @param <R> a row
 */
public final class Query<R extends Record> {
  private final Sql sql;
  private final Constructor<R> constructor;
  private final List<Component> components;
  private volatile int[] columns = {};

  private record Component(
      String column, Type type, boolean isOptional, Optional<Object[]> constants) {
    static Component of(RecordComponent component) {
      String column = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
      return component.getGenericType() instanceof ParameterizedType optional
          ? new Component(column, optional.getActualTypeArguments()[0], true, Optional.empty())
          : new Component(
              column,
              component.getType(),
              false,
              Optional.ofNullable(component.getType().getEnumConstants()));
    }

    Object read(ResultSet rows, int column) throws SQLException {
      Object value = value(rows, column);
      return isOptional ? Optional.ofNullable(rows.wasNull() ? null : value) : value;
    }

    private Object value(ResultSet rows, int column) throws SQLException {
      if (type == String.class) {
        return rows.getString(column);
      }
      if (constants.isPresent()) {
        return constants.get()[rows.getInt(column)];
      }
      return type == boolean.class ? (Object) rows.getBoolean(column) : rows.getInt(column);
    }
  }

  /**
   * Takes a statement.
   *
   * @param type what a row fills
   * @param text the statement, see {@link Sql}
   */
  public Query(Class<R> type, String text) {
    this.sql = new Sql(text);
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

  Sql sql() {
    return sql;
  }

  /** Reads all rows. */
  List<R> read(ResultSet rows) throws SQLException {
    List<R> read = new ArrayList<>();
    int[] at = columns(rows);
    while (rows.next()) {
      read.add(row(rows, at));
    }
    return read;
  }

  private R row(ResultSet rows, int[] at) throws SQLException {
    Object[] values = new Object[at.length];
    for (int i = 0; i < at.length; i++) {
      values[i] = components.get(i).read(rows, at[i]);
    }
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a row does not fill its record: " + sql, e);
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
