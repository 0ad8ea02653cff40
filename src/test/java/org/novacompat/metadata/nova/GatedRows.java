// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Holds a walk up at a row. */
record GatedRows(AddressRows rows, long from, CountDownLatch gate) implements AddressRows {
  @Override
  public Set<String> cells(Patience patience) throws SQLException {
    return rows.cells(patience);
  }

  @Override
  public List<Row> nextRows(String cell, long afterId, int limit, Patience patience)
      throws SQLException {
    try {
      if (afterId >= from) {
        gate.await();
      }
    } catch (InterruptedException e) {
      throw new SQLException(e);
    }
    return rows.nextRows(cell, afterId, limit, patience);
  }

  @Override
  public List<Row> rowsOf(String cell, Collection<String> instances, Patience patience)
      throws SQLException {
    return rows.rowsOf(cell, instances, patience);
  }

  @Override
  public LastIds lastIds(String cell, Patience patience) throws SQLException {
    return rows.lastIds(cell, patience);
  }

  @Override
  public List<Action> actionsAfter(String cell, long afterId, int limit, Patience patience)
      throws SQLException {
    return rows.actionsAfter(cell, afterId, limit, patience);
  }
}
