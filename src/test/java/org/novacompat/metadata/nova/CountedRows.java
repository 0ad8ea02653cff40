// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often new actions are asked for. */
record CountedRows(AddressRows rows, AtomicInteger asked) implements AddressRows {
  @Override
  public Set<String> cells(Patience patience) throws SQLException {
    return rows.cells(patience);
  }

  @Override
  public List<Row> nextRows(String cell, long afterId, int limit, Patience patience)
      throws SQLException {
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
    List<Action> found = rows.actionsAfter(cell, afterId, limit, patience);
    if (found.size() < limit) {
      asked.incrementAndGet();
    }
    return found;
  }
}
