// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.DemoCloud;

class CellPoolTest {
  /** More than a deadline and the pool's last step. */
  private static final Duration BEARABLE = Duration.ofMillis(1_750);

  private static final Duration AT_ONCE = Duration.ofMillis(200);
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Cell CELL = Cell.mapped("test", Optional.empty(), Optional.empty());

  private static DemoCloud cloud;

  @BeforeAll
  static void start() throws Exception {
    cloud = DemoCloud.start();
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  private static CellPool pool(String url, int size, Duration timeout) throws SQLException {
    return new CellPool(
        CELL, DatabaseUrl.parse(url), new PoolSettings(size, 0, timeout, Duration.ofHours(1)));
  }

  private static CellPool pool(String url) throws SQLException {
    return pool(url, 5, Duration.ofSeconds(30));
  }

  private static String url(String user, int port) {
    return "mysql://" + user + "@127.0.0.1:" + port + "/nova_cell1";
  }

  private static int one(CellPool pool) throws SQLException, StoreUnavailableException {
    return ask(pool, "SELECT 1");
  }

  private static int ask(CellPool pool, String sql) throws SQLException, StoreUnavailableException {
    return pool.ask(
        Deadline.forGuest(WhenSlow.WAIT), (connection, deadline) -> execute(connection, sql));
  }

  private static int execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return 1;
    }
  }

  private static Duration timeToFail(CellPool pool) {
    long start = System.nanoTime();
    assertThrows(SQLException.class, () -> one(pool));
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void assertWithin(Duration limit, Duration taken) {
    assertTrue(taken.compareTo(limit) < 0, taken::toString);
  }

  private static void awaitReturn(CellPool pool) throws Exception {
    long start = System.nanoTime();
    while (pool.unavailable().isPresent()) {
      assertWithin(SOON, Duration.ofNanos(System.nanoTime() - start));
      Thread.sleep(10);
    }
    assertEquals(1, one(pool));
  }

  @Test
  void aServerThatRefusesIsNotWaitedFor() throws Exception {
    try (CellPool pool = pool(url("nova:pw", 1))) {
      assertWithin(BEARABLE, timeToFail(pool));
      assertThrows(DatabaseUnavailableException.class, () -> one(pool));
      assertWithin(AT_ONCE, timeToFail(pool));
    }
  }

  @Test
  void aServerThatAcceptsAndIsSilentIsNotWaitedForLong() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        CellPool pool = pool(url("nova:pw", silent.getLocalPort()))) {
      assertWithin(BEARABLE, timeToFail(pool));
      assertWithin(AT_ONCE, timeToFail(pool));
    }
  }

  @Test
  void aServerWithoutRoomToAcceptIsNotWaitedForLong() throws Exception {
    List<Socket> fillers = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        CellPool pool = pool(url("nova:pw", full.getLocalPort()))) {
      fill(full, fillers);
      assertWithin(BEARABLE, timeToFail(pool));
      assertWithin(AT_ONCE, timeToFail(pool));
    } finally {
      for (Socket filler : fillers) {
        filler.close();
      }
    }
  }

  private static void fill(ServerSocket full, List<Socket> fillers) {
    assertThrows(
        SocketTimeoutException.class,
        () -> {
          for (int i = 0; i < 10; i++) {
            Socket filler = new Socket();
            fillers.add(filler);
            filler.connect(full.getLocalSocketAddress(), 300);
          }
        });
  }

  @Test
  void aWrongPasswordFailsQuicklyAndIsNotQuoted() throws Exception {
    try (CellPool pool = pool(url("nova:wr0ng", cloud.port()))) {
      assertWithin(BEARABLE, timeToFail(pool));
      SQLException failure = assertThrows(DatabaseUnavailableException.class, () -> one(pool));
      assertTrue(failure.getMessage().contains("Access denied"), failure::getMessage);
      assertFalse(failure.getMessage().contains("wr0ng"), failure::getMessage);
    }
  }

  @Test
  void whileAllConnectionsAreInUseOneWaitsAsLongAsConfigured() throws Exception {
    try (CellPool pool = pool(cloud.connection("nova_cell1"), 1, Duration.ofMillis(600));
        Connection only = pool.connect(Deadline.forGuest(WhenSlow.WAIT))) {
      assertTrue(only.isValid(1));
      Duration waited = timeToFail(pool);
      assertTrue(waited.compareTo(Duration.ofMillis(600)) > 0, waited::toString);
      assertWithin(Duration.ofMillis(1_100), waited);
      assertEquals(Optional.empty(), pool.unavailable());
    }
  }

  @Test
  void whileAllConnectionsAreInUseOneWaitsNotBeyondTheDeadline() throws Exception {
    try (CellPool pool = pool(cloud.connection("nova_cell1"), 1, Duration.ofSeconds(30));
        Connection only = pool.connect(Deadline.forGuest(WhenSlow.WAIT))) {
      assertTrue(only.isValid(1));
      assertWithin(BEARABLE, timeToFail(pool));
      assertEquals(Optional.empty(), pool.unavailable());
    }
  }

  @Test
  void aServerWithoutRoomForMoreIsNotAwayWhileThereAreConnections() throws Exception {
    cloud.change(
        "CREATE OR REPLACE USER few@'127.0.0.1' IDENTIFIED BY 'pw' WITH MAX_USER_CONNECTIONS 1");
    cloud.change("GRANT ALL ON nova_cell1.* TO few@'127.0.0.1'");
    try (CellPool late = pool(url("few:pw", cloud.port()))) {
      try (CellPool pool = pool(url("few:pw", cloud.port()))) {
        try (Connection only = pool.connect(Deadline.forGuest(WhenSlow.WAIT))) {
          assertWithin(BEARABLE, timeToFail(pool));
          assertEquals(Optional.empty(), pool.unavailable());
          assertTrue(only.isValid(1));
        }
        assertEquals(1, one(pool));
        timeToFail(late);
        assertThrows(DatabaseUnavailableException.class, () -> one(late));
      }
      awaitReturn(late);
    }
  }

  @Test
  void aConnectionThatDiedIsReplaced() throws Exception {
    try (CellPool pool = pool(cloud.connection("nova_cell1"), 1, Duration.ofSeconds(3))) {
      assertEquals(1, one(pool));
      killConnections();
      Thread.sleep(600);
      assertEquals(1, one(pool));
    }
  }

  @Test
  void aConnectionThatIsLostAmidstAStatementShutsTheOthersOutForAMomentOnly() throws Exception {
    try (CellPool pool = pool(cloud.connection("nova_cell1"));
        Connection bystander = pool.connect(Deadline.forGuest(WhenSlow.WAIT))) {
      one(pool);
      killConnections();
      assertThrows(SQLException.class, () -> execute(bystander, "SELECT 1"));
      assertThrows(SQLException.class, () -> one(pool));
      awaitReturn(pool);
    }
  }

  @Test
  void aConnectionThatIsLostAloneCostsNobodyElseAnAnswer() throws Exception {
    try (CellPool pool = pool(cloud.connection("nova_cell1"))) {
      for (int i = 0; i < 20; i++) {
        assertThrows(
            DatabaseUnavailableException.class,
            () ->
                pool.ask(
                    Deadline.forGuest(WhenSlow.WAIT),
                    (connection, deadline) -> killAndAsk(connection)));
        assertEquals(1, one(pool));
      }
    }
  }

  private static int killAndAsk(Connection own) throws SQLException {
    assertThrows(SQLException.class, () -> execute(own, "KILL CONNECTION_ID()"));
    return execute(own, "SELECT 1");
  }

  private static void killConnections() throws SQLException {
    cloud.change(
        "SET @own = CONNECTION_ID(); BEGIN NOT ATOMIC FOR c IN (SELECT id FROM"
            + " information_schema.processlist WHERE user = 'nova' AND id <> @own)"
            + " DO KILL c.id; END FOR; END");
  }

  @Test
  void aStatementThatHangsIsGivenUp() throws Exception {
    try (CellPool pool = pool(cloud.connection("nova_cell1"))) {
      long start = System.nanoTime();
      assertThrows(SQLException.class, () -> ask(pool, "SELECT SLEEP(30)"));
      assertWithin(BEARABLE, Duration.ofNanos(System.nanoTime() - start));
      awaitReturn(pool);
    }
  }

  @Test
  void aStatementThatIsRefusedIsAnAnswer() throws Exception {
    try (CellPool pool = pool(cloud.connection("nova_cell1"))) {
      assertThrows(SQLException.class, () -> ask(pool, "SELECT nothing"));
      assertEquals(Optional.empty(), pool.unavailable());
    }
  }

  @Test
  void aDatabaseWhoseTablesAreLockedIsNotBack() throws Exception {
    String question = "SELECT uuid FROM instances WHERE uuid = 'x'";
    try (CellPool pool = pool(cloud.connection("nova_cell1"))) {
      cloud.change("LOCK TABLES nova_cell1.instances WRITE");
      try {
        assertThrows(SQLException.class, () -> ask(pool, question));
        Thread.sleep(1_000);
        assertWithin(AT_ONCE, timeToFail(pool));
      } finally {
        cloud.change("UNLOCK TABLES");
      }
      awaitReturn(pool);
    }
  }

  @Test
  void aCellThatMovedIsFoundWhereItIsNow() throws Exception {
    try (Databases databases = new Databases()) {
      assertThrows(StoreUnavailableException.class, () -> name(databases));
      for (String database : List.of("nova_cell1", "nova_cell2")) {
        databases.register(CELL, DatabaseUrl.parse(cloud.connection(database)), settings(5, 0));
        assertEquals(database, name(databases));
      }
    }
  }

  private record Name(String name) {}

  private static String name(Databases databases) throws StoreUnavailableException {
    Query<Name> query = new Query<>(Name.class, "select database() as name");
    return databases
        .on(CELL, Deadline.forGuest(WhenSlow.WAIT), session -> session.list(query, Map.of()))
        .get(0)
        .name();
  }

  @Test
  void theLimitIsSizePlusOverflowUnlessEitherIsBoundless() {
    assertEquals(55, settings(5, 50).limit());
    assertEquals(5, settings(5, 0).limit());
    assertEquals(200, settings(0, 50).limit());
    assertEquals(200, settings(5, -1).limit());
  }

  private static PoolSettings settings(int size, int overflow) {
    return new PoolSettings(size, overflow, Duration.ofSeconds(30), Duration.ofHours(1));
  }
}
