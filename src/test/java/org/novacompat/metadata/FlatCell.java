// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.novacompat.metadata.FlatNetwork.Guest;
import org.novacompat.metadata.command.serve.EmbeddedDatabase;

/**
 * The demo's first cell, its two instances at the addresses of the guests of a {@link FlatNetwork},
 * for servers in any network namespace.
 *
 * @param database the database server
 */
record FlatCell(EmbeddedDatabase database) implements AutoCloseable {
  static final String FIRST_UUID = "6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01";
  static final String SECOND_UUID = "d4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03";
  private static final String NAME = "nova_cell1";

  /** Starts a database server with the cell in it. */
  static FlatCell start() throws IOException, SQLException {
    FlatCell cell =
        new FlatCell(
            EmbeddedDatabase.start(Path.of("target", "mariadb-integration").toAbsolutePath()));
    cell.fill();
    return cell;
  }

  /** A new connection to the cell. */
  Connection connect() throws SQLException {
    String url = "jdbc:mariadb://127.0.0.1:%d/%s?sslMode=disable".formatted(database.port(), NAME);
    return DriverManager.getConnection(url, database.user(), database.password());
  }

  /** The nova.conf of a server on this cell; it is reached by its socket. */
  String configuration() throws SQLException {
    return """
    [DEFAULT]
    enabled_apis = metadata
    my_ip = %s
    [api]
    local_metadata_per_cell = true
    [database]
    connection = mysql+pymysql://%s:%s@localhost/%s?unix_socket=%s
    """
        .formatted(FlatNetwork.HOST_ADDRESS, database.user(), database.password(), NAME, socket());
  }

  @Override
  public void close() {
    database.close();
  }

  private void fill() throws IOException, SQLException {
    database.createDatabase(NAME);
    database.apply(Path.of("migrations/nova/cell.sql"), NAME);
    database.apply(Path.of("migrations/demo/cell1.sql"), NAME);
    try (Connection cell = connect();
        Statement statement = cell.createStatement()) {
      move(statement, FIRST_UUID, "127.0.0.1", Guest.FIRST);
      move(statement, SECOND_UUID, "127.0.0.3", Guest.SECOND);
      statement.execute(
          "CREATE OR REPLACE USER '%1$s'@'localhost' IDENTIFIED BY '%2$s'"
              .formatted(database.user(), database.password()));
      statement.execute("GRANT ALL ON *.* TO '%s'@'localhost'".formatted(database.user()));
    }
  }

  private String socket() throws SQLException {
    try (Connection cell = connect();
        Statement statement = cell.createStatement();
        ResultSet socket = statement.executeQuery("SELECT @@socket")) {
      socket.next();
      return socket.getString(1);
    }
  }

  private static void move(Statement statement, String uuid, String from, Guest to)
      throws SQLException {
    assertEquals(
        1,
        statement.executeUpdate(
            """
            UPDATE instance_info_caches SET network_info = REPLACE(REPLACE(network_info,
              '"%1$s"', '"%2$s"'),
              '"subnets": [', '"subnets": [{"cidr": "2001:db8:100::/64", "version": 6,
                "gateway": {"address": null, "type": "gateway", "version": 6, "meta": {}},
                "dns": [], "routes": [], "meta": {}, "ips": [{"address": "%3$s",
                "type": "fixed", "version": 6, "meta": {}, "floating_ips": []}]},')
            WHERE instance_uuid = '%4$s'
            """
                .formatted(from, to.address(), to.address6(), uuid)));
  }
}
