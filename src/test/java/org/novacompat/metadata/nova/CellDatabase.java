// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.novacompat.metadata.command.serve.EmbeddedDatabase;

/** A cell's database on a real MariaDB, and what nova does to it. */
final class CellDatabase implements AutoCloseable {
  private final HikariDataSource pool;

  private CellDatabase(HikariDataSource pool) {
    this.pool = pool;
  }

  /** Starts a server. */
  static EmbeddedDatabase start() throws IOException {
    return EmbeddedDatabase.start(Path.of("target", "mariadb"));
  }

  /** Starts a server beside that one. */
  static EmbeddedDatabase startAnother() throws IOException {
    return EmbeddedDatabase.start(Path.of("target", "mariadb-another"));
  }

  /** Makes a cell's tables in a database of their own. */
  static CellDatabase create(EmbeddedDatabase server, String name) throws IOException {
    server.createDatabase(name);
    server.apply(Path.of("migrations", "nova", "cell.sql"), name);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:mariadb://127.0.0.1:" + server.port() + "/" + name + "?sslMode=disable");
    config.setUsername(server.user());
    config.setPassword(server.password());
    config.setMaximumPoolSize(5);
    config.setConnectionTimeout(500);
    config.setValidationTimeout(250);
    config.setInitializationFailTimeout(-1);
    return new CellDatabase(new HikariDataSource(config));
  }

  /** The way there, without what our own pool knows of outages. */
  CellConnections.Way way() {
    return deadline -> pool.getConnection();
  }

  HikariDataSource pool() {
    return pool;
  }

  void run(String sql, Object... parameters) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      run(connection, sql, parameters);
    }
  }

  static void run(Connection connection, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }

  /** Many instances at once, with the UUIDs {@link #uuid} and the addresses {@link #address}. */
  void fill(int instances) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      String uuid = "CONCAT(LPAD(LOWER(HEX(seq)), 8, '0'), '-0000-4000-8000-000000000000')";
      statement.execute(
          "INSERT INTO instances (uuid, deleted, project_id, created_at)"
              + (" SELECT " + uuid + ", 0, 'p', NOW() FROM seq_1_to_" + instances));
      statement.execute(
          "INSERT INTO instance_info_caches (instance_uuid, deleted, network_info) SELECT "
              + (uuid + ", 0, REPLACE('" + network("10.%.5") + "', '%',")
              + (" CONCAT(seq DIV 250, '.', seq MOD 250)) FROM seq_1_to_" + instances));
      statement.execute(
          "INSERT INTO instance_actions (instance_uuid, action, deleted) SELECT "
              + (uuid + ", 'create', 0 FROM seq_1_to_" + instances));
      statement.execute("ANALYZE TABLE instances, instance_info_caches, instance_actions");
    }
  }

  /** The UUID of an instance that {@link #fill} made; they count from 1. */
  static String uuid(int number) {
    return "%08x-0000-4000-8000-000000000000".formatted(number);
  }

  /** Its address. */
  static String address(int number) {
    return "10." + number / 250 + "." + number % 250 + ".5";
  }

  /** An instance as nova creates it: its row, its cache, and then the action. */
  String create(String... addresses) throws SQLException {
    String uuid = UUID.randomUUID().toString();
    try (Connection connection = pool.getConnection()) {
      insert(connection, uuid, addresses);
    }
    act(uuid, "create");
    return uuid;
  }

  static void insert(Connection connection, String uuid, String... addresses) throws SQLException {
    run(connection, "INSERT INTO instances (uuid, deleted) VALUES (?, 0)", uuid);
    run(
        connection,
        "INSERT INTO instance_info_caches (instance_uuid, deleted, network_info) VALUES (?, 0, ?)",
        uuid,
        network(addresses));
  }

  void act(String uuid, String action) throws SQLException {
    run(
        "INSERT INTO instance_actions (instance_uuid, action, deleted) VALUES (?, ?, 0)",
        uuid,
        action);
  }

  void readdress(String uuid, String... addresses) throws SQLException {
    run(
        "UPDATE instance_info_caches SET network_info = ? WHERE instance_uuid = ?",
        network(addresses),
        uuid);
  }

  /** Soft deletion, as {@code nova/db/main/api.py: instance_destroy}. */
  void delete(String uuid) throws SQLException {
    run("UPDATE instances SET deleted = id WHERE uuid = ?", uuid);
    run("UPDATE instance_info_caches SET deleted = id WHERE instance_uuid = ?", uuid);
  }

  /** What the cache of an instance with one VIF holds. */
  static String network(String... addresses) {
    StringBuilder ips = new StringBuilder();
    for (String address : addresses) {
      ips.append(ips.isEmpty() ? "" : ", ").append("{\"address\": \"" + address + "\"}");
    }
    return "[{\"id\": \"p\", \"network\": {\"subnets\": [{\"ips\": [" + ips + "]}]}}]";
  }

  @Override
  public void close() {
    pool.close();
  }
}
