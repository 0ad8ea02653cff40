// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.command.serve.EmbeddedDatabase;
import org.novacompat.metadata.nova.AddressRows.Action;
import org.novacompat.metadata.nova.AddressRows.LastIds;
import org.novacompat.metadata.nova.AddressRows.Row;
import org.novacompat.metadata.python.Ip;

class JdbcAddressRowsTest {
  private static final int INSTANCES = 5_000;
  private static final int LIVING = 1_000;

  private static EmbeddedDatabase server;
  private static CellDatabase cell;
  private static AddressRows rows;

  @BeforeAll
  static void startWithMoreDeadInstancesThanLivingOnes() throws Exception {
    server = CellDatabase.start();
    cell = CellDatabase.create(server, "nova");
    cell.fill(INSTANCES);
    cell.run("UPDATE instances SET deleted = id WHERE id BETWEEN 11 AND ?", INSTANCES - LIVING);
    cell.run(
        "UPDATE instance_info_caches SET deleted = id WHERE id BETWEEN 11 AND ?",
        INSTANCES - LIVING);
    cell.run("ANALYZE TABLE instances, instance_info_caches");
    rows = new JdbcAddressRows(deadline -> Map.of("a", cell.way()));
    assertEquals(Set.of("a"), rows.cells(Patience.BACKGROUND));
  }

  @AfterAll
  static void stop() throws Exception {
    cell.close();
    server.close();
  }

  @Test
  void readsInTheOrderOfIdsDeadRowsWithoutTheirAddresses() throws Exception {
    List<Row> found = rows.nextRows("a", 8, 4, Patience.BACKGROUND);
    assertEquals(
        List.of(
            new Row(9, CellDatabase.uuid(9), List.of(address(9))),
            new Row(10, CellDatabase.uuid(10), List.of(address(10))),
            new Row(11, CellDatabase.uuid(11), List.of()),
            new Row(12, CellDatabase.uuid(12), List.of())),
        found);
  }

  @Test
  void readsTheRowsOfNamedInstances() throws Exception {
    List<Row> found =
        rows.rowsOf(
            "a", Set.of(CellDatabase.uuid(10), CellDatabase.uuid(999_999)), Patience.BACKGROUND);
    assertEquals(List.of(new Row(10, CellDatabase.uuid(10), List.of(address(10)))), found);
  }

  @Test
  void readsActionsAndTheLastIds() throws Exception {
    LastIds last = rows.lastIds("a", Patience.BACKGROUND);
    assertEquals(INSTANCES, last.row());
    List<Action> found = rows.actionsAfter("a", last.action() - 1, 5, Patience.BACKGROUND);
    assertEquals(List.of(new Action(last.action(), CellDatabase.uuid(INSTANCES))), found);
  }

  @Test
  void readsNothingOfACellThatIsNotThere() {
    assertThrows(SQLException.class, () -> rows.lastIds("b", Patience.BACKGROUND));
  }

  @Test
  void goesByAKeyInEveryStatement() throws Exception {
    assertGoesByKeys(JdbcAddressRows.NEXT_ROWS, 0, 500);
    assertGoesByKeys(JdbcAddressRows.NEXT_ROWS, INSTANCES / 2, 500);
    assertGoesByKeys(JdbcAddressRows.NEXT_ROWS, INSTANCES - 3, 20);
    assertGoesByKeys(JdbcAddressRows.ACTIONS, 0, 500);
    assertGoesByKeys(JdbcAddressRows.ACTIONS, INSTANCES - 3, 500);
    assertGoesByKeys(JdbcAddressRows.LAST_IDS);
    assertGoesByKeys(JdbcAddressRows.rowsOf(1), CellDatabase.uuid(7));
    Object[] hundred = new Object[100];
    for (int i = 0; i < hundred.length; i++) {
      hundred[i] = CellDatabase.uuid(40 * i);
    }
    assertGoesByKeys(JdbcAddressRows.rowsOf(hundred.length), hundred);
  }

  /**
   * The server's own count, with up to two key reads for each row's instance: a run of dead rows is
   * not passed over within one statement.
   */
  @Test
  void touchesNoMoreRowsThanItsLimitHoweverManyAreDead() throws Exception {
    try (Connection connection = cell.pool().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("FLUSH STATUS");
      try (PreparedStatement next = prepare(connection, JdbcAddressRows.NEXT_ROWS, 10, 50)) {
        next.executeQuery().close();
      }
      try (ResultSet status = statement.executeQuery("SHOW STATUS LIKE 'Handler_read%'")) {
        long touched = 0;
        while (status.next()) {
          touched += status.getLong(2);
        }
        assertTrue(touched <= 3 * 50, touched + " rows touched");
      }
    }
  }

  private static void assertGoesByKeys(String sql, Object... parameters) throws SQLException {
    try (Connection connection = cell.pool().getConnection();
        PreparedStatement statement = prepare(connection, "EXPLAIN " + sql, parameters);
        ResultSet plan = statement.executeQuery()) {
      int steps = 0;
      while (plan.next()) {
        steps++;
        String type = plan.getString("type");
        String extra = plan.getString("Extra");
        String step = sql + ": " + type + " " + plan.getString("key") + " " + extra;
        boolean needsNoTable =
            List.of("Select tables optimized away", "No tables used").contains(extra);
        assertTrue(needsNoTable || plan.getString("key") != null, step);
        assertFalse("ALL".equals(type) || "index".equals(type), step);
        assertFalse(extra != null && extra.contains("filesort"), step);
      }
      assertTrue(steps > 0, sql);
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  private static Address address(int number) throws Exception {
    return Address.of(Ip.parse(CellDatabase.address(number)).orElseThrow());
  }
}
