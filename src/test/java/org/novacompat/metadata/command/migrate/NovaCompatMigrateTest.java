// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.command.Cli;
import org.novacompat.metadata.command.serve.EmbeddedDatabase;
import org.novacompat.metadata.config.NovaConfFiles;

/** The command on a real MariaDB; {@code NovaManageIT} has it beside nova's own. */
class NovaCompatMigrateTest {
  private static final String CELL = "migrate_cell";
  private static final String VIEW = CELL + ".nova_compat_custom_metadata";
  private static final String VALUE =
      "INSERT INTO " + VIEW + " (`key`, `value`, instance_uuid, deleted) VALUES ('k', '1', 'i', 0)";

  @TempDir private static Path folder;
  private static EmbeddedDatabase server;
  private static Connection administrator;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedDatabase.start(Path.of("target", "mariadb"));
    administrator =
        DriverManager.getConnection(
            "jdbc:mariadb://127.0.0.1:" + server.port() + "/", server.user(), server.password());
    for (String database : List.of("migrate_api", CELL)) {
      server.createDatabase(database);
    }
    server.apply(Path.of("migrations/nova/api.sql"), "migrate_api");
    server.apply(Path.of("migrations/nova/cell.sql"), CELL);
    Files.writeString(
        folder.resolve("nova.conf"),
        """
        [api_database]
        connection = %s
        [database]
        connection = %s
        """
            .formatted(server.connection("migrate_api"), server.connection(CELL)));
  }

  @AfterAll
  static void stop() throws Exception {
    System.clearProperty(NovaConfFiles.ARGUMENTS_PROPERTY);
    administrator.close();
    server.close();
  }

  @BeforeEach
  void clean() throws Exception {
    sql("DELETE FROM migrate_api.cell_mappings");
    sql("DROP DATABASE IF EXISTS nova_compat_" + CELL);
  }

  @Test
  void goesOnWithTheOtherCellsWhereOneCannotBeUsed() throws Exception {
    List<String> unusable =
        List.of(
            "no URL",
            "sqlite:///nova.sqlite",
            "mysql+pymysql://u:secret@127.0.0.1:1/nova",
            "mysql+pymysql://u:secret@127.0.0.1/nova?ssl_ca=/nowhere",
            "mysql+pymysql://u:secret@127.0.0.1/" + "n".repeat(60),
            "mysql+pymysql://u:secret@no such host/nova");
    for (int i = 0; i < unusable.size(); i++) {
      map("cell" + i, unusable.get(i));
    }
    map("good", server.connection(CELL));
    assertEquals(1, run("up"), err::toString);
    assertEquals("cell good(good): at version 2, was at 0\n", out.toString());
    for (int i = 0; i < unusable.size(); i++) {
      assertTrue(err.toString().contains("cell cell" + i + "(cell" + i + "): "), err.toString());
    }
    assertEquals(unusable.size(), err.toString().lines().count(), err.toString());
    assertFalse(err.toString().contains("secret"), err.toString());
  }

  @Test
  void givesUpOnAServerThatSaysNothing() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      map("silent", "mysql+pymysql://u:secret@127.0.0.1:%d/nova".formatted(silent.getLocalPort()));
      assertTimeout(Duration.ofSeconds(30), () -> assertEquals(1, run("status")));
    }
    assertTrue(err.toString().startsWith("cell silent(silent): mysql+pymysql://u:***@"));
    assertEquals("[database]: at version 0 of 2, 0 values, 0 rows to purge\n", out.toString());
  }

  @Test
  void keepsAValueThatIsWrittenWhileTheTableIsDropped() throws Exception {
    assertEquals(0, run("up"));
    try (Connection guest =
            DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + server.port() + "/",
                server.user(),
                server.password());
        Statement statement = guest.createStatement()) {
      guest.setAutoCommit(false);
      statement.execute(VALUE);
      CompletableFuture<Integer> down = CompletableFuture.supplyAsync(() -> run("down"));
      while (number(
              "SELECT COUNT(*) FROM information_schema.processlist WHERE state LIKE"
                  + " '%metadata lock%'")
          == 0) {
        assertFalse(down.isDone(), () -> "it did not wait: " + err);
        Thread.sleep(10);
      }
      guest.commit();
      assertEquals(1, down.join());
    }
    assertTrue(
        err.toString()
            .endsWith(
                ": stays at version 2: 1 values would be lost; --discard-values drops them\n"),
        err.toString());
    assertEquals(1, number("SELECT COUNT(*) FROM " + VIEW));
    assertEquals(0, run("status"));
    assertEquals(0, run("down", "--discard-values"));
    assertEquals(1, run("status"));
  }

  @Test
  void refusesAVersionThatThereCannotBe() {
    for (String version : List.of("-1", "3", "x")) {
      assertEquals(2, run("down", "--to", version));
    }
    assertEquals("", out.toString());
    assertTrue(
        err.toString().startsWith("--to -1: expected a version from 0 to 2\n"), err.toString());
    assertTrue(err.toString().contains("See 'nova-compat-migrate down --help'.\n"), err.toString());
  }

  private int run(String... arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    words.addAll(List.of("--config-file", folder.resolve("nova.conf").toString()));
    return Cli.of(new NovaCompatMigrate(Path.of("migrations")))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words.toArray(String[]::new));
  }

  private static void map(String name, String connection) throws Exception {
    sql(
        "INSERT INTO migrate_api.cell_mappings (uuid, name, transport_url, database_connection)"
            + " VALUES ('%1$s', '%1$s', 'fake://', '%2$s')".formatted(name, connection));
  }

  private static void sql(String statement) throws Exception {
    try (Statement direct = administrator.createStatement()) {
      direct.execute(statement);
    }
  }

  private static long number(String question) throws Exception {
    try (Statement statement = administrator.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getLong(1);
    }
  }
}
