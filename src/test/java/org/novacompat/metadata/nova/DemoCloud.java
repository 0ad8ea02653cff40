// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.novacompat.metadata.command.CommandException;
import org.novacompat.metadata.command.migrate.CompanionDatabase;
import org.novacompat.metadata.command.serve.EmbeddedDatabase;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.nova.database.NovaDatabaseSettings;
import org.novacompat.metadata.nova.database.PoolSettings;

/** The demo's databases on a real MariaDB, and an administrator's connection to it. */
public final class DemoCloud implements AutoCloseable {
  public static final String PLAIN = "6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01";
  public static final String NUMA = "9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202";
  public static final String STATIC = "d4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03";
  public static final PoolSettings POOL =
      new PoolSettings(5, 50, Duration.ofSeconds(30), Duration.ofHours(1));

  private static final Path MIGRATIONS = Path.of("migrations");

  private static final List<String> DATABASES =
      List.of("nova_api", "nova_cell0", "nova_cell1", "nova_cell2");

  private final EmbeddedDatabase server;
  private final Connection administrator;
  private boolean tablesAreThere;

  private DemoCloud(EmbeddedDatabase server, Connection administrator) {
    this.server = server;
    this.administrator = administrator;
  }

  public static DemoCloud start() throws IOException, SQLException {
    EmbeddedDatabase server = EmbeddedDatabase.start(Path.of("target", "mariadb"));
    DemoCloud cloud =
        new DemoCloud(
            server,
            DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:"
                    + server.port()
                    + "/?allowMultiQueries=true&sslMode=disable",
                server.user(),
                server.password()));
    cloud.reset();
    return cloud;
  }

  /** Everything as the demo has it. */
  public void reset() throws IOException, SQLException {
    for (String database : DATABASES) {
      if (tablesAreThere) {
        empty(database);
      } else {
        execute("DROP DATABASE IF EXISTS " + database);
        execute("CREATE DATABASE " + database + " CHARSET utf8mb3; USE " + database);
        apply("nova/" + (database.equals("nova_api") ? "api.sql" : "cell.sql"));
        if (!database.equals("nova_api")) {
          execute("DROP DATABASE IF EXISTS " + CompanionDatabase.nameBeside(database));
          addOurTable(database);
        }
      }
      if (!database.equals("nova_api")) {
        execute("DELETE FROM " + CompanionDatabase.nameBeside(database) + ".custom_metadata");
      }
    }
    tablesAreThere = true;
    for (String name : List.of("api", "cell1", "cell2")) {
      execute("USE nova_" + name);
      apply("demo/" + name + ".sql");
    }
  }

  /** The next {@link #reset} makes all tables anew. */
  public void forget() {
    tablesAreThere = false;
  }

  /** InnoDB wants both ends of one in the same collation. */
  public void dropForeignKeys() throws SQLException {
    for (Map<String, String> key :
        query(
            "SELECT constraint_schema, table_name, constraint_name"
                + " FROM information_schema.referential_constraints"
                + " WHERE constraint_schema LIKE 'nova%'")) {
      change(
          "ALTER TABLE %s.%s DROP FOREIGN KEY %s"
              .formatted(
                  key.get("constraint_schema"), key.get("table_name"), key.get("constraint_name")));
    }
  }

  private void addOurTable(String cell) throws IOException {
    try (CompanionDatabase beside =
        CompanionDatabase.open(DatabaseUrl.parse(server.connection(cell)), MIGRATIONS)) {
      beside.up();
    } catch (CommandException | SQLException e) {
      throw new IOException(e);
    }
  }

  private void empty(String database) throws SQLException {
    execute("SET foreign_key_checks = 0; USE " + database);
    for (Map<String, String> table : query("SHOW FULL TABLES WHERE Table_type = 'BASE TABLE'")) {
      execute(
          "DELETE FROM %1$s; ALTER TABLE %1$s AUTO_INCREMENT = 1"
              .formatted(table.values().iterator().next()));
    }
    execute("SET foreign_key_checks = 1");
  }

  private void apply(String file) throws IOException, SQLException {
    execute(Files.readString(MIGRATIONS.resolve(file)));
  }

  /** As a nova.conf for this cloud has it; {@code [database]} is cell0, as in most clouds. */
  public NovaDatabaseSettings settings() {
    return settings(server.connection("nova_cell0"));
  }

  public NovaDatabaseSettings settings(String database) {
    return new NovaDatabaseSettings(
        Optional.of(DatabaseUrl.parse(server.connection("nova_api"))),
        POOL,
        DatabaseUrl.parse(database),
        POOL,
        false);
  }

  /** The same, for a user without the rights of an administrator, whom the server sets up. */
  public NovaDatabaseSettings plainUsersSettings() throws SQLException {
    execute(
        "CREATE OR REPLACE USER 'plain'@'127.0.0.1' IDENTIFIED BY 'any';"
            + " GRANT SELECT, INSERT, UPDATE, DELETE ON *.* TO 'plain'@'127.0.0.1'");
    return new NovaDatabaseSettings(
        Optional.of(DatabaseUrl.parse(plainUsers("nova_api"))),
        POOL,
        DatabaseUrl.parse(plainUsers("nova_cell0")),
        POOL,
        false);
  }

  private String plainUsers(String database) {
    return "mysql+pymysql://plain:any@127.0.0.1:%d/%s?charset=utf8"
        .formatted(server.port(), database);
  }

  public String connection(String database) {
    return server.connection(database);
  }

  public int port() {
    return server.port();
  }

  /** A test's hand in the databases. */
  public void change(String sql) throws SQLException {
    if (sql.matches("(?s)(ALTER|DROP|CREATE) .*")) {
      tablesAreThere = false;
    }
    execute(sql);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = administrator.createStatement()) {
      statement.execute(sql);
    }
  }

  public List<Map<String, String>> query(String sql) throws SQLException {
    try (Statement statement = administrator.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      ResultSetMetaData columns = rows.getMetaData();
      List<Map<String, String>> result = new ArrayList<>();
      while (rows.next()) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.put(columns.getColumnLabel(i), rows.getString(i));
        }
        result.add(row);
      }
      return result;
    }
  }

  /** A thing to do that may ask databases. */
  public interface Deed {
    void run() throws Exception;
  }

  /**
   * Something that came over the wire.
   *
   * @param database the one that was connected to; empty where that was before
   * @param command the protocol's: {@code Query}, {@code Prepare}, {@code Execute} ...
   * @param text the statement, with its parameters filled in once it is executed
   */
  public record Sent(String database, String command, String text) {
    public boolean isExecuted() {
      return command.equals("Query") || command.equals("Execute");
    }
  }

  /**
   * What came over the wire of other connections than this while something was done, but for pings
   * of connections that were idle for a while.
   */
  public List<Sent> sent(Deed deed) throws Exception {
    execute("SET GLOBAL log_output = 'TABLE'; TRUNCATE mysql.general_log");
    execute("SET GLOBAL general_log = ON");
    try {
      deed.run();
    } finally {
      execute("SET GLOBAL general_log = OFF");
    }
    Map<String, String> databases = new HashMap<>();
    List<Sent> sent = new ArrayList<>();
    for (Map<String, String> line :
        query(
            "SELECT thread_id, command_type, argument FROM mysql.general_log"
                + " WHERE thread_id <> CONNECTION_ID() AND thread_id > 0"
                + " AND command_type <> 'Ping' AND argument <> 'SELECT 1'"
                + " ORDER BY event_time")) {
      String thread = line.get("thread_id");
      String text = line.get("argument");
      if (line.get("command_type").equals("Connect")) {
        databases.put(thread, text.replaceAll("(?s).* on (\\w*).*", "$1"));
      }
      sent.add(new Sent(databases.getOrDefault(thread, ""), line.get("command_type"), text));
    }
    return sent;
  }

  @Override
  public void close() throws SQLException {
    administrator.close();
    server.close();
  }
}
