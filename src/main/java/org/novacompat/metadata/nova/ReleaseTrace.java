// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one of nova's databases tells of the release.
 *
 * @param label what an operator knows the database by
 * @param services the services in it, by binary and version; none in the API database
 * @param flaw why the services cannot be read; empty when they can
 * @param revision the revision of its schema; empty when it tells none
 */
record ReleaseTrace(
    String label, List<Services> services, Optional<String> flaw, Optional<String> revision) {

  /**
   * What is not soft-deleted and not forced down, as in {@code nova/db/main/api.py:
   * service_get_minimum_version}; a row without a version is none of nova's since Liberty. When a
   * service was last heard of is as in {@code nova/servicegroup/drivers/db.py: is_up}, with a day
   * in the place of {@code service_down_time}: a compute that restarts for an upgrade is one of the
   * older services still. The table is small: a row for each service of each host.
   */
  private static final String SERVICES =
      """
      SELECT `binary`, version, COUNT(*),
        SUM(CASE WHEN COALESCE(last_seen_up, created_at) < UTC_TIMESTAMP() - INTERVAL 1 DAY
          THEN 0 ELSE 1 END)
      FROM services
      WHERE COALESCE(deleted, 0) = 0 AND COALESCE(forced_down, 0) = 0 AND version > 0
      GROUP BY `binary`, version
      """;

  /** Since Xena ({@code nova/db/migration.py: db_version}). */
  private static final String ALEMBIC = "SELECT version_num FROM alembic_version";

  /** Until Wallaby, and left behind where Alembic took over. */
  private static final String MIGRATE = "SELECT MAX(version) FROM migrate_version";

  private static final int NO_SUCH_TABLE = 1146;

  /**
   * Services of one kind and version.
   *
   * @param binary {@code nova-compute}
   * @param version what they wrote last
   * @param all how many there are
   * @param heard how many of them were heard of within a day
   */
  record Services(String binary, int version, int all, int heard) {}

  /**
   * Reads a cell's database.
   *
   * @throws SQLException when it does not answer at all; what it does not tell of its services is a
   *     flaw
   */
  static ReleaseTrace ofCell(String label, Connection connection) throws SQLException {
    execute(connection, "SET lock_wait_timeout = 1");
    ReleaseTrace trace = unlocked(label, connection);
    execute(connection, "SET lock_wait_timeout = DEFAULT");
    return trace;
  }

  /** A table that is locked is one that cannot be read; the database is not away for that. */
  private static ReleaseTrace unlocked(String label, Connection connection) throws SQLException {
    Optional<String> revision = revision(connection);
    try {
      return new ReleaseTrace(label, services(connection), Optional.empty(), revision);
    } catch (SQLException e) {
      if (revision.isEmpty()) {
        refusal(e);
      }
      String flaw = String.valueOf(e.getMessage());
      return new ReleaseTrace(label, List.of(), Optional.of(flaw), revision);
    }
  }

  /**
   * Reads the API database, which has no services.
   *
   * @throws SQLException when it does not answer
   */
  static ReleaseTrace ofApi(Connection connection) throws SQLException {
    return new ReleaseTrace(Cell.API.label(), List.of(), Optional.empty(), revision(connection));
  }

  /** A cell whose services and schema cannot be read though its instances can. */
  static ReleaseTrace unreadable(String label, String why) {
    return new ReleaseTrace(label, List.of(), Optional.of(why), Optional.empty());
  }

  /** What is told now, but for services that could be read before. */
  ReleaseTrace updated(ReleaseTrace now) {
    return now.flaw.isPresent() && flaw.isEmpty()
        ? new ReleaseTrace(label, services, flaw, now.revision)
        : now;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<Services> services(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SERVICES)) {
      List<Services> services = new ArrayList<>();
      while (rows.next()) {
        String binary = Optional.ofNullable(rows.getString(1)).orElse("");
        services.add(new Services(binary, rows.getInt(2), rows.getInt(3), rows.getInt(4)));
      }
      return services;
    }
  }

  private static Optional<String> revision(Connection connection) throws SQLException {
    try {
      Optional<String> alembic = text(connection, ALEMBIC);
      return alembic.isPresent() ? alembic : text(connection, MIGRATE);
    } catch (SQLException e) {
      refusal(e);
      return Optional.empty();
    }
  }

  /** Nothing where the table is not there. */
  private static Optional<String> text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_TABLE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What the database said. */
  private static String refusal(SQLException failure) throws SQLException {
    if (CellPool.isLoss(failure)) {
      throw failure;
    }
    return String.valueOf(failure.getMessage());
  }
}
