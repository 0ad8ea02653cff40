// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
  private static final Path HOME = Path.of("target", "mariadb");

  @Test
  void appliesFilesInUtf8AndIsGoneOnceClosed(@TempDir Path scratch) throws Exception {
    Path sql = scratch.resolve("greeting.sql");
    Files.writeString(
        sql, "CREATE TABLE greeting (text varchar(20)); INSERT INTO greeting VALUES ('grüß 中');");
    int port;
    try (EmbeddedDatabase database = EmbeddedDatabase.start(HOME)) {
      port = database.port();
      database.createDatabase("first");
      database.apply(sql, "first");
      assertEquals("grüß 中", greeting(database));
      assertThrows(IOException.class, () -> database.apply(sql, "first"), "the table is there");
      assertTrue(
          database.connection("first").endsWith("@127.0.0.1:" + port + "/first?charset=utf8"));
    }
    assertThrows(
        ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
  }

  private static String greeting(EmbeddedDatabase database) throws SQLException {
    String url = "jdbc:mariadb://127.0.0.1:" + database.port() + "/first";
    try (Connection connection =
            DriverManager.getConnection(url, database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT text FROM greeting")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
