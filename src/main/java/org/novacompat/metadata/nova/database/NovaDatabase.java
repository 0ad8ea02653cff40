// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.sql.SQLException;
import java.util.List;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.database.CellSession.Work;

/**
 * Nova's databases: the API database, {@code [database]}, and the cells' that the API database
 * knows of. Opening it connects to none.
 */
public final class NovaDatabase implements AutoCloseable {
  private final Databases databases = new Databases();
  private final Cells cells;

  private NovaDatabase(NovaDatabaseSettings settings) throws SQLException {
    databases.register(Cell.LOCAL, settings.database(), settings.pool());
    if (settings.apiDatabase().isPresent()) {
      databases.register(Cell.API, settings.apiDatabase().get(), settings.apiPool());
    }
    cells = new Cells(databases, settings);
  }

  /**
   * Prepares to ask; no database need be there yet.
   *
   * @param settings where the databases are
   * @return the databases
   * @throws IllegalArgumentException when the driver does not take one of the addresses
   */
  public static NovaDatabase open(NovaDatabaseSettings settings) {
    try {
      return new NovaDatabase(settings);
    } catch (SQLException e) {
      throw new IllegalArgumentException(
          "a database's address is not usable: " + e.getMessage(), e);
    }
  }

  /**
   * Does work on one database; the work may be repeated, see {@link Work}.
   *
   * @param cell which
   * @param deadline until when an answer must be there
   * @param work what to do
   * @return the work's result
   * @throws StoreUnavailableException when the database does not answer in time, or refuses
   * @throws E when the work fails otherwise
   */
  public <T, E extends Exception> T on(Cell cell, Deadline deadline, Work<T, E> work)
      throws StoreUnavailableException, E {
    return databases.on(cell, deadline, work);
  }

  /**
   * Does work on the database that holds an instance: that of its cell, or {@code [database]} where
   * nova.conf wants no other asked or the instance is mapped to no cell.
   *
   * @param instanceUuid the instance's UUID
   * @param deadline until when an answer must be there; anew after a slow API database
   * @param work what to do, see {@link #on}
   * @return the work's result
   * @throws StoreUnavailableException when a database does not answer in time, or refuses
   * @throws E when the work fails otherwise
   */
  public <T, E extends Exception> T onCellOf(
      String instanceUuid, Deadline deadline, Work<T, E> work) throws StoreUnavailableException, E {
    boolean isSlow = databases.isSlow(mapping());
    Cell cell = cells.holding(instanceUuid, deadline);
    return on(cell, isSlow ? deadline.again() : deadline, work);
  }

  /** The database that knows where instances are. */
  public Cell mapping() {
    return isLocalOnly() ? Cell.LOCAL : Cell.API;
  }

  /** Whether {@code [database]} is the only one to ask, as nova.conf wants it. */
  public boolean isLocalOnly() {
    return cells.isLocalOnly();
  }

  /**
   * Lists the databases that instances live in.
   *
   * @return every cell, cell0 too; only {@code [database]} where nova.conf wants no other asked
   * @throws StoreUnavailableException when the API database does not answer
   */
  public List<Cell> cells(Deadline deadline) throws StoreUnavailableException {
    return cells.all(deadline);
  }

  /**
   * Lists the databases of instances that run, those that were known before where the API database
   * does not answer.
   *
   * @throws StoreUnavailableException when none is known
   */
  public List<Cell> runningCells(Deadline deadline) throws StoreUnavailableException {
    return cells.running(deadline);
  }

  @Override
  public void close() {
    databases.close();
  }
}
