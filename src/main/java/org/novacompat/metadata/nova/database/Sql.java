// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A statement whose parameters have names: {@code where uuid = :uuid}. A name may stand several
 * times. Safe for several threads.
 */
public final class Sql {
  private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");

  private final String text;
  private final String jdbcText;
  private final List<String> names;

  /**
   * Takes a statement.
   *
   * @param text the statement; line breaks and indentation do not matter
   */
  public Sql(String text) {
    this.text = text.strip().replaceAll("\\s+", " ");
    this.jdbcText = PARAMETER.matcher(this.text).replaceAll("?");
    this.names =
        PARAMETER.matcher(this.text).results().map(parameter -> parameter.group(1)).toList();
  }

  /**
   * Prepares the statement.
   *
   * @param values the parameters by name; a collection stands for a list of values
   */
  PreparedStatement prepare(Connection connection, Map<String, ?> values) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(hasList(values) ? withLists(values) : jdbcText);
    int index = 1;
    for (String name : names) {
      for (Object value : all(values.get(name))) {
        statement.setObject(index++, value);
      }
    }
    return statement;
  }

  private static boolean hasList(Map<String, ?> values) {
    for (Object value : values.values()) {
      if (value instanceof Collection) {
        return true;
      }
    }
    return false;
  }

  private String withLists(Map<String, ?> values) {
    return PARAMETER
        .matcher(text)
        .replaceAll(
            (MatchResult parameter) ->
                all(values.get(parameter.group(1))).stream()
                    .map(value -> "?")
                    .collect(Collectors.joining(", ")));
  }

  private static Collection<?> all(Object value) {
    return value instanceof Collection<?> list ? list : List.of(value);
  }

  /** The statement as it is sent, for the log and for errors. */
  @Override
  public String toString() {
    return jdbcText;
  }
}
