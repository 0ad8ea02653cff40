// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.novacompat.metadata.nova.AddressRows.Action;
import org.novacompat.metadata.nova.AddressRows.LastIds;
import org.novacompat.metadata.nova.AddressRows.Row;

/**
 * Follows what is new in a cell: rows that appear, and instances with which nova begins something
 * ({@code nova/objects/instance_action.py}). For one thread at a time.
 */
final class CellNews {
  /** How many watched instances a catch-up looks at. */
  private static final int CATCH_UP_WATCHES = 500;

  private final AddressRows rows;
  private final String cell;
  private final IndexedRows indexed;
  private final LongSupplier clock;
  private final int batch;
  private final HighWater rowIds;
  private final HighWater actionIds;
  private final Set<Long> seenActions = new HashSet<>();
  private final Watches watches = new Watches();

  /** Starts with what is there now. */
  CellNews(
      AddressRows rows,
      String cell,
      IndexedRows indexed,
      LongSupplier clock,
      AddressBookSettings settings)
      throws SQLException {
    this.rows = rows;
    this.cell = cell;
    this.indexed = indexed;
    this.clock = clock;
    this.batch = settings.batch();
    LastIds last = rows.lastIds(cell, Patience.BACKGROUND);
    this.rowIds = new HighWater(last.row(), clock.getAsLong(), settings.overlap());
    this.actionIds = new HighWater(last.action(), clock.getAsLong(), settings.overlap());
  }

  /** Reads what is new, and what is to be looked at again by now. */
  void refresh() throws SQLException {
    readNewRows(Patience.BACKGROUND);
    readNewActions(Patience.BACKGROUND);
    look(watches.due(clock.getAsLong()), Patience.BACKGROUND);
  }

  /** Reads what is new, and looks at what may have changed by now. */
  void catchUp(Deadline deadline) throws SQLException {
    readNewRows(deadline);
    readNewActions(deadline);
    look(watches.latest(CATCH_UP_WATCHES), deadline);
  }

  private void readNewRows(Patience patience) throws SQLException {
    long after = rowIds.after(clock.getAsLong());
    List<Row> found;
    do {
      found = indexed.next(after, batch, patience);
      if (!found.isEmpty()) {
        after = found.get(found.size() - 1).id();
        rowIds.reached(after, clock.getAsLong());
      }
    } while (found.size() == batch);
  }

  private void readNewActions(Patience patience) throws SQLException {
    long start = actionIds.after(clock.getAsLong());
    seenActions.removeIf(id -> id <= start);
    long after = start;
    List<Action> found;
    do {
      found = rows.actionsAfter(cell, after, batch, patience);
      for (Action action : found) {
        after = action.id();
        if (seenActions.add(action.id()) && !action.instance().isEmpty()) {
          watches.add(action.instance(), clock.getAsLong());
        }
      }
      actionIds.reached(after, clock.getAsLong());
    } while (found.size() == batch);
  }

  private void look(List<String> instances, Patience patience) throws SQLException {
    long now = clock.getAsLong();
    indexed.readAgain(instances, patience);
    watches.looked(instances, now);
  }
}
