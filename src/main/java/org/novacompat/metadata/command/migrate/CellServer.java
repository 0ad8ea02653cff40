// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.novacompat.metadata.config.ConnectionOptions;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.connector.Connector;

/**
 * The server of a cell's database, and on it a database of our own beside the cell's, whose table
 * {@code migrate_version} records what was applied. While one is open, others who open it wait.
 */
public final class CellServer implements AutoCloseable {
  private static final String PREFIX = "nova_compat_";
  private static final String VIEW = "nova_compat_custom_metadata";
  private static final String SEEN_VIEW = "nova_compat_seen_requests";
  private static final int LONGEST_NAME = 64;
  private static final Map<String, String> CONNECT_TIMEOUT = Map.of("connectTimeout", "5000");
  private static final int LOCK_PATIENCE_SECONDS = 60;
  private static final int PURGE_BATCH = 1000;

  /** Access denied to a database; a command denied. */
  private static final Set<Integer> DENIED = Set.of(1044, 1142, 1227);

  private static final String CREATE_RECORD =
      "CREATE TABLE IF NOT EXISTS ${own}.migrate_version (version int NOT NULL,"
          + " name varchar(255) NOT NULL, applied_at datetime NOT NULL, PRIMARY KEY (version))"
          + " ENGINE = InnoDB DEFAULT CHARSET = utf8mb4";

  /** What no instance that is alive can show, whatever the two tables' collations. */
  private static final String DEAD =
      " FROM ${own}.custom_metadata c LEFT JOIN ${cell}.instances i"
          + " ON i.uuid = CONVERT(c.instance_uuid USING ascii) AND i.deleted = 0"
          + " WHERE c.deleted <> 0 OR i.id IS NULL";

  private final Connection connection;
  private final String cell;
  private final String own;
  private final List<Migration> migrations;

  private CellServer(Connection connection, String cell, List<Migration> migrations) {
    this.connection = connection;
    this.cell = cell;
    this.own = databaseBeside(cell);
    this.migrations = migrations;
  }

  /**
   * Connects to the server of a cell's database and waits for its turn.
   *
   * @param database the cell's database
   * @param options what is wanted of the connection to it
   * @param migrations the folder {@code migrations} of this product
   * @return the server, all its own until it is closed
   * @throws MigrateException when it does not answer, or refuses
   * @throws IOException when the migrations cannot be read
   */
  public static CellServer open(DatabaseUrl database, ConnectionOptions options, Path migrations)
      throws MigrateException, IOException {
    if (databaseBeside(database.database()).length() > LONGEST_NAME) {
      throw new MigrateException(
          "the name of the database " + database.database() + " is too long to have one beside it");
    }
    List<Migration> known = Migration.in(migrations.resolve("nova-compat").resolve("cell"));
    try {
      CellServer server = new CellServer(connect(database, options), database.database(), known);
      server.lock();
      return server;
    } catch (SQLException e) {
      throw new MigrateException(database + ": " + e.getMessage(), e);
    }
  }

  /** The same for a connection as it is when nova.conf says nothing of it. */
  public static CellServer open(DatabaseUrl database, Path migrations)
      throws MigrateException, IOException {
    return open(database, ConnectionOptions.DEFAULTS, migrations);
  }

  /**
   * Names our own database.
   *
   * @param cell the name of the cell's
   * @return the name of the one beside it
   */
  public static String databaseBeside(String cell) {
    return PREFIX + cell;
  }

  static Connection connect(DatabaseUrl database, ConnectionOptions options) throws SQLException {
    return new Connector(database, options, CONNECT_TIMEOUT).connect();
  }

  /** Gives the newest version there is. */
  int newest() {
    return migrations.isEmpty() ? 0 : migrations.get(migrations.size() - 1).version();
  }

  /**
   * Gives the version that is in place.
   *
   * @return 0 when there is nothing of ours in the cell's database, whatever the record says: the
   *     cell's may have been restored without ours
   */
  int version() throws MigrateException {
    if (!isThere(cell, VIEW)) {
      return 0;
    }
    return isThere(cell, SEEN_VIEW) ? recorded() : Math.min(1, recorded());
  }

  private int recorded() throws MigrateException {
    return isThere(own, "migrate_version")
        ? (int) number("SELECT COALESCE(MAX(version), 0) FROM ${own}.migrate_version")
        : 0;
  }

  /** Counts the values that living instances have. */
  long values() throws MigrateException {
    return isThere(own, "custom_metadata")
        ? number("SELECT COUNT(*) FROM ${own}.custom_metadata WHERE deleted = 0")
        : 0;
  }

  /**
   * Applies what is not applied yet.
   *
   * @throws MigrateException when the server refuses
   */
  public void up() throws MigrateException {
    int version = version();
    if (version >= newest()) {
      return;
    }
    createDatabase();
    execute(CREATE_RECORD);
    for (Migration migration : migrations) {
      if (migration.version() > version) {
        executeAll(migration.up());
        execute(
            "REPLACE INTO ${own}.migrate_version (version, name, applied_at)"
                + " VALUES (%d, '%s', UTC_TIMESTAMP())"
                    .formatted(migration.version(), migration.name()));
      }
    }
  }

  /**
   * Takes back what leads beyond a version; at 0 nothing of ours is left.
   *
   * @throws MigrateException when the server refuses
   */
  void downTo(int wanted) throws MigrateException {
    Deque<Migration> backwards = new ArrayDeque<>();
    migrations.forEach(backwards::push);
    int recorded = recorded();
    if (recorded > newest()) {
      throw new MigrateException(
          "at version %d, of which this release knows no way back".formatted(recorded));
    }
    for (Migration migration : backwards) {
      if (migration.version() > wanted && migration.version() <= recorded) {
        executeAll(migration.down());
        execute("DELETE FROM ${own}.migrate_version WHERE version = " + migration.version());
      }
    }
    if (wanted == 0 && isThere(own, "migrate_version")) {
      execute("DROP TABLE ${own}.migrate_version");
      dropDatabaseIfEmpty();
    }
  }

  /**
   * Removes the rows of deleted values, and of instances that are deleted or gone.
   *
   * @return how many there were
   * @throws MigrateException when the server refuses
   */
  public long purge() throws MigrateException {
    if (!isThere(own, "custom_metadata")) {
      return 0;
    }
    long removed = 0;
    String some = "(SELECT c.id" + DEAD + " LIMIT " + PURGE_BATCH + ")";
    while (true) {
      int batch =
          execute(
              "DELETE m FROM ${own}.custom_metadata m JOIN " + some + " dead ON dead.id = m.id");
      removed += batch;
      if (batch < PURGE_BATCH) {
        return removed;
      }
    }
  }

  /** Counts what {@link #purge} would remove. */
  long purgeable() throws MigrateException {
    return isThere(own, "custom_metadata") ? number("SELECT COUNT(*)" + DEAD) : 0;
  }

  @Override
  public void close() throws MigrateException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw refusal(e);
    }
  }

  /** Until the connection closes. */
  private void lock() throws MigrateException, SQLException {
    String question = "SELECT GET_LOCK(%s, %d)".formatted(quoted(own), LOCK_PATIENCE_SECONDS);
    if (number(question) != 1) {
      connection.close();
      throw new MigrateException("another nova-compat-migrate is at work on " + cell);
    }
  }

  private void createDatabase() throws MigrateException {
    if (number(
            "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = " + quoted(own))
        > 0) {
      return;
    }
    try {
      run("CREATE DATABASE IF NOT EXISTS ${own} DEFAULT CHARACTER SET utf8mb4");
    } catch (SQLException e) {
      throw DENIED.contains(e.getErrorCode()) ? denial(e) : refusal(e);
    }
  }

  private MigrateException denial(SQLException cause) throws MigrateException {
    String user = text("SELECT CURRENT_USER()").replaceFirst("^(.*)@(.*)$", "'$1'@'$2'");
    return new MigrateException(
        "%s may not make the database %s; an administrator of the server allows it by: %s"
            .formatted(user, own, "GRANT ALL PRIVILEGES ON `nova\\_compat\\_%`.* TO " + user + ";"),
        cause);
  }

  private void dropDatabaseIfEmpty() throws MigrateException {
    if (number("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = " + quoted(own))
        == 0) {
      execute("DROP DATABASE ${own}");
    }
  }

  private boolean isThere(String database, String table) throws MigrateException {
    return number(
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = "
                + (quoted(database) + " AND table_name = " + quoted(table)))
        > 0;
  }

  private void executeAll(List<String> statements) throws MigrateException {
    for (String statement : statements) {
      execute(statement);
    }
  }

  private int execute(String sql) throws MigrateException {
    try {
      return run(sql);
    } catch (SQLException e) {
      throw refusal(e);
    }
  }

  private int run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(filled(sql));
    }
  }

  private long number(String sql) throws MigrateException {
    return Long.parseLong(text(sql));
  }

  private String text(String sql) throws MigrateException {
    try (PreparedStatement statement = connection.prepareStatement(filled(sql));
        ResultSet row = statement.executeQuery()) {
      row.next();
      return String.valueOf(row.getString(1));
    } catch (SQLException e) {
      throw refusal(e);
    }
  }

  private String filled(String sql) {
    return sql.replace("${own}", identifier(own)).replace("${cell}", identifier(cell));
  }

  private static String identifier(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private MigrateException refusal(SQLException cause) {
    return new MigrateException(cell + ": " + cause.getMessage(), cause);
  }
}
