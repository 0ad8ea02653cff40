// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.command.serve.EmbeddedDatabase;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.python.Ip;

class FixedIpsTest {
  private static final int ADDRESSES = 5_000;

  /** The table as Train's migrations make it, without the columns that nobody looks at. */
  private static final String TABLE =
      """
      CREATE TABLE fixed_ips (
        created_at DATETIME, updated_at DATETIME, deleted_at DATETIME,
        id INT NOT NULL AUTO_INCREMENT,
        address VARCHAR(39), network_id INT, allocated BOOLEAN, leased BOOLEAN, reserved BOOLEAN,
        virtual_interface_id INT, host VARCHAR(255), instance_uuid VARCHAR(36), deleted INT,
        PRIMARY KEY (id),
        UNIQUE KEY uniq_fixed_ips0address0deleted (address, deleted),
        KEY network_id (network_id),
        KEY address (address),
        KEY fixed_ips_instance_uuid_fkey (instance_uuid),
        KEY fixed_ips_address_reserved_network_id_deleted_idx
          (address, reserved, network_id, deleted),
        KEY fixed_ips_deleted_allocated_idx (address, deleted, allocated),
        KEY fixed_ips_deleted_allocated_updated_at_idx (deleted, allocated, updated_at),
        CONSTRAINT fixed_ips_instance_uuid_fkey FOREIGN KEY (instance_uuid)
          REFERENCES instances (uuid)
      ) ENGINE=InnoDB CHARSET=utf8mb3""";

  private static EmbeddedDatabase server;
  private static CellDatabase cell;
  private static CellDatabase otherCell;

  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong clock = new AtomicLong();
  private final FixedIps fixedIps = new FixedIps(this::cells, clock::get);

  @BeforeAll
  static void start() throws Exception {
    server = CellDatabase.start();
    cell = CellDatabase.create(server, "nova");
    otherCell = CellDatabase.create(server, "nova_cell2");
    cell.fill(10);
  }

  @AfterAll
  static void stop() throws Exception {
    cell.close();
    otherCell.close();
    server.close();
  }

  @BeforeEach
  void createTheTableInOneCell() throws Exception {
    cell.run(TABLE);
  }

  @AfterEach
  void dropTheTable() throws Exception {
    cell.run("DROP TABLE IF EXISTS fixed_ips");
    cell.run("UPDATE instances SET deleted = 0");
  }

  @Test
  void knowsWhomNovaNetworkGaveAnAddress() throws Exception {
    give("10.0.0.7", 1, 0);
    give("2001:db8::7", 2, 0);
    cell.run("INSERT INTO fixed_ips (address, deleted) VALUES ('10.0.0.8', 0)");
    assertEquals(List.of(CellDatabase.uuid(1)), ask("10.0.0.7"));
    assertEquals(List.of(CellDatabase.uuid(2)), ask("2001:0db8:0:0:0:0:0:7"));
    assertEquals(List.of(), ask("10.0.0.8"));
    assertEquals(List.of(), ask("10.0.0.9"));
  }

  @Test
  void countsNoDeletedAddressAndNoDeletedInstance() throws Exception {
    give("10.0.0.7", 1, 5);
    give("10.0.0.7", 2, 0);
    give("10.0.0.8", 3, 0);
    cell.run("UPDATE instances SET deleted = id WHERE uuid = ?", CellDatabase.uuid(3));
    assertEquals(List.of(CellDatabase.uuid(2)), ask("10.0.0.7"));
    assertEquals(List.of(), ask("10.0.0.8"));
  }

  @Test
  void looksForATableThatIsMissingOrEmptyOnlyNowAndThen() throws Exception {
    assertEquals(List.of(), ask("10.0.0.7"));
    assertEquals(2, connections.get());
    give("10.0.0.7", 1, 0);
    for (int i = 0; i < 100; i++) {
      assertEquals(List.of(), ask("10.0.0.7"));
    }
    assertEquals(2, connections.get());
    clock.addAndGet(Duration.ofMinutes(10).toNanos());
    assertEquals(List.of(CellDatabase.uuid(1)), ask("10.0.0.7"));
    assertEquals(4, connections.get());
    assertEquals(List.of(CellDatabase.uuid(1)), ask("10.0.0.7"));
    assertEquals(5, connections.get());
  }

  @Test
  void outlivesTheTable() throws Exception {
    give("10.0.0.7", 1, 0);
    assertEquals(List.of(CellDatabase.uuid(1)), ask("10.0.0.7"));
    cell.run("DROP TABLE fixed_ips");
    assertEquals(List.of(), ask("10.0.0.7"));
    assertEquals(List.of(), ask("10.0.0.7"));
    assertEquals(3, connections.get());
  }

  @Test
  void cannotTellWhileACellIsAway() {
    FixedIps away =
        new FixedIps(
            deadline ->
                Map.of(
                    "one",
                    way -> {
                      throw new SQLException("connection refused", "08001");
                    }),
            clock::get);
    assertThrows(
        StoreUnavailableException.class,
        () -> away.instancesWith(Ip.parse("10.0.0.7").orElseThrow()));
  }

  @Test
  void goesByAKeyInEveryTable() throws Exception {
    cell.run(
        "INSERT INTO fixed_ips (address, network_id, allocated, deleted)"
            + " SELECT CONCAT('10.1.', seq DIV 250, '.', seq MOD 250), 1, 0, 0 FROM seq_1_to_"
            + ADDRESSES);
    give("10.0.0.7", 1, 0);
    cell.run("ANALYZE TABLE fixed_ips");
    try (Connection connection = cell.pool().getConnection();
        PreparedStatement explain = connection.prepareStatement("EXPLAIN " + FixedIps.HOLDERS)) {
      explain.setString(1, "10.0.0.7");
      try (ResultSet plan = explain.executeQuery()) {
        int steps = 0;
        while (plan.next()) {
          steps++;
          String step = plan.getString("table") + " " + plan.getString("type");
          assertTrue(List.of("f const", "i const").contains(step), step);
          assertEquals(1, plan.getInt("rows"), step);
        }
        assertEquals(2, steps);
      }
    }
  }

  private static void give(String address, int instance, int deleted) throws Exception {
    cell.run(
        "INSERT INTO fixed_ips (address, instance_uuid, deleted) VALUES (?, ?, ?)",
        address,
        CellDatabase.uuid(instance),
        deleted);
  }

  private Map<String, CellConnections.Way> cells(Deadline deadline) {
    Map<String, CellConnections.Way> cells = new LinkedHashMap<>();
    cells.put("one", way -> connected(cell));
    cells.put("two", way -> connected(otherCell));
    return cells;
  }

  private Connection connected(CellDatabase database) throws SQLException {
    connections.incrementAndGet();
    return database.pool().getConnection();
  }

  private List<String> ask(String address) throws Exception {
    return fixedIps.instancesWith(Ip.parse(address).orElseThrow());
  }
}
