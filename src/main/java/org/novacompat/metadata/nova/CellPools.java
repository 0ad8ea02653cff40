// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.config.DatabaseUrl;

/** One pool per database: a dead cell starves no other. */
final class CellPools implements AutoCloseable {
  private final Map<String, CellPool> pools = new ConcurrentHashMap<>();

  /**
   * Says where a cell's database is. Nothing is connected; when the cell has moved, its old
   * connections are closed, for which nobody waits.
   *
   * @throws SQLException when the driver does not take the URL
   */
  void lead(Cell cell, DatabaseUrl url, PoolSettings settings) throws SQLException {
    CellPool known = pools.get(cell.tenant());
    if (known != null && known.leadsTo(url)) {
      return;
    }
    CellPool old = pools.put(cell.tenant(), new CellPool(cell, url, settings));
    if (old != null) {
      new Thread(old::close, "closing " + cell.label()).start();
    }
  }

  /**
   * Gives up the connections to cells that are no more, for which nobody waits.
   *
   * @param cells those that there are, beside {@link Cell#LOCAL} and {@link Cell#API}
   */
  void keepOnly(Collection<Cell> cells) {
    Set<String> kept =
        Stream.concat(cells.stream(), Stream.of(Cell.LOCAL, Cell.API))
            .map(Cell::tenant)
            .collect(Collectors.toSet());
    for (String tenant : pools.keySet()) {
      CellPool old = kept.contains(tenant) ? null : pools.remove(tenant);
      if (old != null) {
        new Thread(old::close, "closing " + tenant).start();
      }
    }
  }

  /** The way to a cell's database; it leads nowhere until it was said where that is. */
  CellConnections.Way to(Cell cell) {
    CellPool pool = pools.get(cell.tenant());
    return pool == null ? CellPools::nowhere : pool;
  }

  private static Connection nowhere(Deadline deadline) throws SQLException {
    throw new SQLNonTransientConnectionException("no address is known", "08001");
  }

  @Override
  public void close() {
    pools.values().forEach(CellPool::close);
  }
}
