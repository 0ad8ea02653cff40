// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** The ways to the cells' databases, for those who ask in plain SQL. */
@FunctionalInterface
interface CellConnections {
  /**
   * Lists the cells as they are known now.
   *
   * @return the way to each, by the name that an operator knows it by
   * @throws SQLException when it cannot be known now
   */
  Map<String, Way> now() throws SQLException;

  /** The way to one database. */
  @FunctionalInterface
  interface Way {
    /**
     * Borrows a connection; closing it gives it back.
     *
     * @return a connection
     * @throws SQLException when none is to be had
     */
    Connection connect() throws SQLException;
  }
}
