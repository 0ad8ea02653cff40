// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.SQLException;
import java.time.Duration;

/** How long a database may keep one waiting. */
@FunctionalInterface
interface Patience {
  /** Of work in the background, whose readings are large: anew for each statement. */
  Patience BACKGROUND = () -> Deadline.in(Duration.ofSeconds(3));

  /** Until when the statement that comes next may take. */
  Deadline deadline();

  /**
   * Until when the statement that comes next may take on its way; a slow database gets what it
   * needs.
   *
   * @throws SQLException when nobody is to wait for it
   */
  default Deadline on(CellConnections.Way way) throws SQLException {
    return way.extended(deadline());
  }
}
