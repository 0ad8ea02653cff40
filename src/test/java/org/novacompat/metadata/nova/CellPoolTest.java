// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.config.DatabaseUrl;

class CellPoolTest {
  private static final Duration QUICK = Duration.ofMillis(900);
  private static final Duration BEARABLE = Duration.ofMillis(2_500);

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
        "test", DatabaseUrl.parse(url), new PoolSettings(size, 0, timeout, Duration.ofHours(1)));
  }

  private static Duration timeToFail(CellPool pool) {
    long start = System.nanoTime();
    assertThrows(SQLException.class, pool::connection);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void assertWithin(Duration limit, Duration taken) {
    assertTrue(taken.compareTo(limit) < 0, taken::toString);
  }

  @Test
  void aServerThatRefusesIsNotWaitedFor() throws Exception {
    try (CellPool pool = pool("mysql://nova:pw@127.0.0.1:1/nova", 5, Duration.ofSeconds(30))) {
      assertWithin(BEARABLE, timeToFail(pool));
      assertWithin(Duration.ofMillis(200), timeToFail(pool));
    }
  }

  @Test
  void aServerThatAcceptsAndIsSilentIsNotWaitedForLong() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        CellPool pool =
            pool(
                "mysql://nova:pw@127.0.0.1:" + silent.getLocalPort() + "/nova",
                5,
                Duration.ofSeconds(30))) {
      assertWithin(BEARABLE, timeToFail(pool));
      assertWithin(QUICK, timeToFail(pool));
    }
  }

  @Test
  void aWrongPasswordFailsQuicklyAndIsNotQuoted() throws Exception {
    String url = "mysql://nova:wr0ng@127.0.0.1:" + cloud.port() + "/nova_cell1";
    try (CellPool pool = pool(url, 5, Duration.ofSeconds(30))) {
      assertWithin(BEARABLE, timeToFail(pool));
      SQLException failure = assertThrows(SQLException.class, pool::connection);
      assertFalse(failure.getMessage().contains("wr0ng"), failure::getMessage);
    }
  }

  @Test
  void whileAllConnectionsAreInUseOneWaitsAsLongAsConfigured() throws Exception {
    try (CellPool pool = pool(cloud.connection("nova_cell1"), 1, Duration.ofSeconds(3));
        Connection only = pool.connection()) {
      assertTrue(only.isValid(1));
      Duration waited = timeToFail(pool);
      assertTrue(waited.compareTo(Duration.ofMillis(2_900)) > 0, waited::toString);
      assertWithin(Duration.ofSeconds(4), waited);
    }
  }

  @Test
  void aConnectionThatDiedIsReplaced() throws Exception {
    try (CellPool pool = pool(cloud.connection("nova_cell1"), 1, Duration.ofSeconds(3))) {
      pool.connection().close();
      cloud.change(
          "SET @own = CONNECTION_ID(); BEGIN NOT ATOMIC FOR c IN (SELECT id FROM"
              + " information_schema.processlist WHERE user = 'nova' AND id <> @own)"
              + " DO KILL c.id; END FOR; END");
      Thread.sleep(600);
      try (Connection connection = pool.connection()) {
        assertTrue(connection.isValid(1));
      }
    }
  }

  @Test
  void aStatementThatHangsIsGivenUp() throws Exception {
    try (CellPool pool = pool(cloud.connection("nova_cell1"), 1, Duration.ofSeconds(3));
        Connection connection = pool.connection()) {
      long start = System.nanoTime();
      assertThrows(
          SQLException.class, () -> connection.createStatement().execute("SELECT SLEEP(30)"));
      assertWithin(Duration.ofSeconds(3), Duration.ofNanos(System.nanoTime() - start));
    }
  }

  @Test
  void aCellThatMovedIsFoundWhereItIsNow() throws Exception {
    Cell cell = Cell.mapped("moving", Optional.empty(), Optional.empty());
    try (CellPools pools = new CellPools()) {
      assertThrows(SQLException.class, () -> pools.getConnection(cell.tenant()));
      for (String database : List.of("nova_cell1", "nova_cell2")) {
        pools.lead(cell, DatabaseUrl.parse(cloud.connection(database)), settings(5, 0));
        try (Connection connection = pools.getConnection(cell.tenant())) {
          assertEquals(database, connection.getCatalog());
        }
      }
    }
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
