// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.novacompat.metadata.config.DatabaseUrl;

/** One pool per database, which Hibernate knows as tenants: a dead cell starves no other. */
final class CellPools implements MultiTenantConnectionProvider<String>, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, CellPool> pools = new ConcurrentHashMap<>();

  /**
   * Says where a cell's database is. Nothing is connected; when the cell has moved, its old
   * connections are closed.
   *
   * @throws SQLException when the driver does not take the URL
   */
  void lead(Cell cell, DatabaseUrl url, PoolSettings settings) throws SQLException {
    CellPool known = pools.get(cell.tenant());
    if (known != null && known.leadsTo(url)) {
      return;
    }
    CellPool old = pools.put(cell.tenant(), new CellPool(cell.label(), url, settings));
    if (old != null) {
      old.close();
    }
  }

  @Override
  public Connection getConnection(String tenant) throws SQLException {
    CellPool pool = pools.get(tenant);
    if (pool == null) {
      throw new SQLNonTransientConnectionException("no address is known", "08001");
    }
    return pool.connection();
  }

  @Override
  public void releaseConnection(String tenant, Connection connection) throws SQLException {
    connection.close();
  }

  @Override
  public Connection getAnyConnection() throws SQLException {
    throw new SQLNonTransientConnectionException("every question names its cell", "08001");
  }

  @Override
  public void releaseAnyConnection(Connection connection) throws SQLException {
    connection.close();
  }

  @Override
  public boolean supportsAggressiveRelease() {
    return false;
  }

  @Override
  public boolean isUnwrappableAs(Class<?> type) {
    return type.isInstance(this);
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return type.cast(this);
  }

  @Override
  public void close() {
    pools.values().forEach(CellPool::close);
  }
}
