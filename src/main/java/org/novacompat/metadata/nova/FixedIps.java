// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.novacompat.metadata.instance.AddressBook;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.python.Ip;

/**
 * Who has an address by {@code fixed_ips}, nova-network's table ({@code nova/objects/fixed_ip.py:
 * FixedIP.get_by_address} of Train). Cells that never ran nova-network have it empty, newer ones
 * not at all; such a cell is left alone for a while after each look.
 */
final class FixedIps implements AddressBook {
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);

  /** The class of the SQL states for a statement that the database cannot make sense of. */
  private static final String NO_SUCH_TABLE = "42";

  /** Stops at the first row. */
  static final String ANY = "SELECT 1 FROM fixed_ips LIMIT 1";

  /**
   * By the unique key of address and {@code deleted}, and that of an instance's UUID, whatever the
   * two tables' collations.
   */
  static final String HOLDERS =
      "SELECT i.uuid FROM fixed_ips f"
          + " JOIN instances i ON i.uuid = CONVERT(f.instance_uuid USING ascii)"
          + " WHERE f.address = ? AND f.deleted = 0 AND i.deleted = 0";

  private final CellConnections cells;
  private final LongSupplier clock;
  private final Map<String, Long> emptySince = new ConcurrentHashMap<>();
  private final Set<String> inUse = ConcurrentHashMap.newKeySet();

  /**
   * Takes the databases to ask.
   *
   * @param cells the ways to them
   * @param clock nanoseconds
   */
  FixedIps(CellConnections cells, LongSupplier clock) {
    this.cells = cells;
    this.clock = clock;
  }

  @Override
  public List<String> instancesWith(Ip address) throws StoreUnavailableException {
    Set<String> found = new LinkedHashSet<>();
    Deadline deadline = Deadline.forGuest();
    String text = address.toString();
    try {
      for (Map.Entry<String, CellConnections.Way> cell : cells.now(deadline).entrySet()) {
        if (!isEmpty(cell.getKey())) {
          found.addAll(ask(cell.getKey(), cell.getValue(), text, deadline));
        }
      }
    } catch (SQLException e) {
      throw new StoreUnavailableException("fixed_ips cannot be asked: " + e.getMessage(), e);
    }
    return List.copyOf(found);
  }

  private boolean isEmpty(String cell) {
    Long since = emptySince.get(cell);
    return since != null && clock.getAsLong() - since < BETWEEN_LOOKS.toNanos();
  }

  private List<String> ask(
      String cell, CellConnections.Way database, String address, Deadline deadline)
      throws SQLException {
    try {
      Optional<List<String>> holders =
          database.ask(deadline.on(database), connection -> holders(cell, connection, address));
      if (holders.isPresent()) {
        return holders.get();
      }
    } catch (SQLException e) {
      if (e.getSQLState() == null || !e.getSQLState().startsWith(NO_SUCH_TABLE)) {
        throw e;
      }
      inUse.remove(cell);
    }
    emptySince.put(cell, clock.getAsLong());
    return List.of();
  }

  /** Empty when the table is. */
  private Optional<List<String>> holders(String cell, Connection connection, String address)
      throws SQLException {
    if (!inUse.contains(cell) && !hasRows(connection)) {
      return Optional.empty();
    }
    inUse.add(cell);
    return Optional.of(holders(connection, address));
  }

  private static boolean hasRows(Connection connection) throws SQLException {
    try (PreparedStatement any = connection.prepareStatement(ANY);
        ResultSet rows = any.executeQuery()) {
      return rows.next();
    }
  }

  private static List<String> holders(Connection connection, String address) throws SQLException {
    try (PreparedStatement holders = connection.prepareStatement(HOLDERS)) {
      holders.setString(1, address);
      try (ResultSet rows = holders.executeQuery()) {
        Set<String> found = new LinkedHashSet<>();
        while (rows.next()) {
          found.add(rows.getString(1));
        }
        return List.copyOf(found);
      }
    }
  }
}
