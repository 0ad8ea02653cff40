// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.novacompat.metadata.command.CommandException;
import org.novacompat.metadata.config.ConnectionOptions;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.connector.Connector;

/**
 * The database that this product keeps beside a cell's, on the same server. Its table {@code
 * migrate_version} records which migrations are applied. While one is open, others who open it
 * wait.
 */
public final class CompanionDatabase implements AutoCloseable {
  private static final String VIEW = "nova_compat_custom_metadata";
  private static final String SEEN_VIEW = "nova_compat_seen_requests";
  private static final int MAX_NAME_LENGTH = 64;
  private static final int MAX_LOCK_WAIT_SECONDS = 60;
  private static final int PURGE_BATCH = 1000;

  /** In milliseconds; a statement may look at every row of a large table. */
  private static final Map<String, String> TIMEOUTS =
      Map.of("connectTimeout", "5000", "socketTimeout", "300000");

  /** Access denied to a database; a command denied. */
  private static final Set<Integer> DENIED = Set.of(1044, 1142, 1227);

  private static final String TABLES =
      "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = ?";

  private static final String CREATE_RECORD =
      """
      CREATE TABLE IF NOT EXISTS ${own}.migrate_version (
        version    int NOT NULL,
        name       varchar(255) NOT NULL,
        applied_at datetime NOT NULL,
        PRIMARY KEY (version)
      ) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
      """;

  /** What no living instance can show, whatever the two tables' collations. */
  private static final String DEAD =
      """
      FROM ${own}.custom_metadata c
      LEFT JOIN ${cell}.instances i
        ON i.uuid = CONVERT(c.instance_uuid USING ascii) AND i.deleted = 0
      WHERE c.deleted <> 0 OR i.id IS NULL
      """;

  private final Connection connection;
  private final String cell;
  private final String own;
  private final List<Migration> migrations;

  private CompanionDatabase(Connection connection, String cell, List<Migration> migrations) {
    this.connection = connection;
    this.cell = cell;
    this.own = nameBeside(cell);
    this.migrations = migrations;
  }

  /**
   * Connects to the server of a cell's database and waits for its turn.
   *
   * @param database the cell's database
   * @param options what nova.conf says of the connection to it
   * @param migrations the folder {@code migrations} of this product
   * @throws CommandException when the server does not answer, or refuses
   * @throws IOException when the migrations cannot be read
   */
  public static CompanionDatabase open(
      DatabaseUrl database, ConnectionOptions options, Path migrations) throws IOException {
    if (nameBeside(database.database()).length() > MAX_NAME_LENGTH) {
      throw new CommandException(
          "the name of the database " + database.database() + " is too long to have one beside it");
    }
    List<Migration> known = Migration.in(migrations);
    try {
      CompanionDatabase opened =
          new CompanionDatabase(connect(database, options), database.database(), known);
      opened.lock();
      return opened;
    } catch (SQLException | IllegalArgumentException e) {
      throw new CommandException(database + ": " + e.getMessage(), e);
    }
  }

  /** The same where nova.conf says nothing of the connection. */
  public static CompanionDatabase open(DatabaseUrl database, Path migrations) throws IOException {
    return open(database, ConnectionOptions.DEFAULTS, migrations);
  }

  /**
   * Names it.
   *
   * @param cell the name of the cell's database
   */
  public static String nameBeside(String cell) {
    return "nova_compat_" + cell;
  }

  static Connection connect(DatabaseUrl database, ConnectionOptions options) throws SQLException {
    return new Connector(database, options, TIMEOUTS).connect();
  }

  /** Gives the newest version there is. */
  int newest() {
    return migrations.size();
  }

  /**
   * Gives the version that is in place.
   *
   * @return 0 when the cell's database has no view of the table, whatever the record says: it may
   *     have been restored without the one beside it
   */
  int version() throws SQLException {
    if (!isThere(cell, VIEW)) {
      return 0;
    }
    return isThere(cell, SEEN_VIEW) ? recorded() : Math.min(1, recorded());
  }

  private int recorded() throws SQLException {
    return isThere(own, "migrate_version")
        ? (int) number("SELECT COALESCE(MAX(version), 0) FROM ${own}.migrate_version")
        : 0;
  }

  /** Counts the values that are not deleted. */
  long values() throws SQLException {
    return isThere(own, "custom_metadata")
        ? number("SELECT COUNT(*) FROM ${own}.custom_metadata WHERE deleted = 0")
        : 0;
  }

  /**
   * Applies what is not applied yet.
   *
   * @throws SQLException when the server refuses
   */
  public void up() throws SQLException {
    int version = version();
    if (version >= newest()) {
      return;
    }
    create();
    execute(CREATE_RECORD);
    for (Migration migration : migrations) {
      if (migration.version() > version) {
        execute(migration.up());
        execute(
            "REPLACE INTO ${own}.migrate_version (version, name, applied_at)"
                + " VALUES (%d, '%s', UTC_TIMESTAMP())"
                    .formatted(migration.version(), migration.name()));
      }
    }
  }

  /**
   * Takes back what leads beyond a version; at 0 nothing of this product is left.
   *
   * @throws SQLException when the server refuses
   * @throws CommandException when values would be lost
   */
  void downTo(int wanted) throws SQLException {
    requireKnownVersion();
    if (wanted == 0) {
      requireNoValues();
    }
    takeBack(wanted);
  }

  /** Takes back everything, the values too. */
  void discard() throws SQLException {
    requireKnownVersion();
    takeBack(0);
  }

  private void requireKnownVersion() throws SQLException {
    int recorded = recorded();
    if (recorded > newest()) {
      throw new CommandException(
          "at version %d, of which this release knows no way back".formatted(recorded));
    }
  }

  /** The service writes through the view: once that is dropped, no value is added any more. */
  private void requireNoValues() throws SQLException {
    int version = version();
    long values = values();
    if (version > 0 && values == 0) {
      execute("DROP VIEW ${cell}." + VIEW);
      values = values();
      if (values > 0) {
        execute(migrations.get(0).up());
      }
    }
    if (values > 0) {
      throw new CommandException(
          "stays at version %d: %d values would be lost; --discard-values drops them"
              .formatted(version, values));
    }
  }

  private void takeBack(int wanted) throws SQLException {
    int recorded = recorded();
    for (int i = migrations.size() - 1; i >= 0; i--) {
      Migration migration = migrations.get(i);
      if (migration.version() > wanted && migration.version() <= recorded) {
        execute(migration.down());
        execute("DELETE FROM ${own}.migrate_version WHERE version = " + migration.version());
      }
    }
    if (wanted == 0 && isThere(own, "migrate_version")) {
      execute("DROP TABLE ${own}.migrate_version");
      if (number(TABLES, own) == 0) {
        execute("DROP DATABASE ${own}");
      }
    }
  }

  /**
   * Removes the rows of deleted values, and of instances that are deleted or gone.
   *
   * @return how many there were
   * @throws SQLException when the server refuses
   */
  public long purge() throws SQLException {
    if (!isThere(own, "custom_metadata")) {
      return 0;
    }
    String batch =
        "DELETE m FROM ${own}.custom_metadata m JOIN (SELECT c.id %s LIMIT %d) dead ON dead.id = m.id"
            .formatted(DEAD, PURGE_BATCH);
    long removed = 0;
    int last;
    do {
      last = execute(batch);
      removed += last;
    } while (last == PURGE_BATCH);
    return removed;
  }

  /** Counts what {@link #purge} would remove. */
  long purgeable() throws SQLException {
    return isThere(own, "custom_metadata") ? number("SELECT COUNT(*) " + DEAD) : 0;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Waits for its turn, which lasts until the connection closes. */
  private void lock() throws SQLException {
    if (number("SELECT GET_LOCK(?, " + MAX_LOCK_WAIT_SECONDS + ")", own) != 1) {
      connection.close();
      throw new CommandException("another nova-compat-migrate is at work on " + cell);
    }
  }

  /** A user who may not make databases can use one that is there. */
  private void create() throws SQLException {
    if (number("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = ?", own) > 0) {
      return;
    }
    try {
      execute("CREATE DATABASE IF NOT EXISTS ${own} DEFAULT CHARACTER SET utf8mb4");
    } catch (SQLException e) {
      if (DENIED.contains(e.getErrorCode())) {
        throw denial(e);
      }
      throw e;
    }
  }

  private CommandException denial(SQLException cause) throws SQLException {
    String user = text("SELECT CURRENT_USER()").replaceFirst("^(.*)@(.*)$", "'$1'@'$2'");
    return new CommandException(
        "%s may not make the database %s; an administrator of the server allows it by: %s"
            .formatted(user, own, "GRANT ALL PRIVILEGES ON `nova\\_compat\\_%`.* TO " + user + ";"),
        cause);
  }

  private boolean isThere(String database, String table) throws SQLException {
    return number(TABLES + " AND table_name = ?", database, table) > 0;
  }

  private void execute(List<String> statements) throws SQLException {
    for (String statement : statements) {
      execute(statement);
    }
  }

  private int execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(filled(sql));
    }
  }

  private long number(String sql, String... parameters) throws SQLException {
    return Long.parseLong(text(sql, parameters));
  }

  private String text(String sql, String... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(filled(sql))) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return String.valueOf(row.getString(1));
      }
    }
  }

  private String filled(String sql) {
    return sql.replace("${own}", identifier(own)).replace("${cell}", identifier(cell));
  }

  private static String identifier(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
