// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.SQLException;
import java.util.List;
import java.util.function.LongSupplier;
import org.novacompat.metadata.nova.AddressRows.Row;

/**
 * Reads all of a cell's table in the order of its ids, again and again, in batches: at first as
 * fast as it can, then spread over a given time. So changes that nova notes nowhere are found
 * (those that Neutron tells it of), and rows that vanished are forgotten. For one thread at a time.
 */
final class CellWalk {
  /** A small table is walked faster than asked: it costs nothing. */
  private static final int FEWEST_ROWS = 20;

  /** After an outage, what was missed is not made up for at once. */
  private static final int MOST_BATCHES = 10;

  private final IndexedRows indexed;
  private final AddressIndex index;
  private final LongSupplier clock;
  private final AddressBookSettings settings;
  private long after;
  private long startedAt;
  private long steppedAt;
  private long rows;
  private long tableRows;

  CellWalk(
      IndexedRows indexed, AddressIndex index, LongSupplier clock, AddressBookSettings settings) {
    this.indexed = indexed;
    this.index = index;
    this.clock = clock;
    this.settings = settings;
  }

  /** Reads one batch; true when that was the table's end. */
  boolean step() throws SQLException {
    return step(settings.batch());
  }

  /** Reads as many rows as the time since the last step asks for. */
  void proceed() throws SQLException {
    long most = (long) MOST_BATCHES * settings.batch();
    long left = Math.max(FEWEST_ROWS, Math.min(most, rowsDue()));
    boolean atEnd = false;
    while (left > 0 && !atEnd) {
      int limit = (int) Math.min(left, settings.batch());
      atEnd = step(limit);
      left -= limit;
    }
  }

  private long rowsDue() {
    double elapsed = clock.getAsLong() - steppedAt;
    return (long) Math.ceil(tableRows * elapsed / settings.rewalk().toNanos());
  }

  private boolean step(int limit) throws SQLException {
    long now = clock.getAsLong();
    if (after == 0) {
      startedAt = now;
    }
    List<Row> batch = indexed.next(after, limit, Patience.BACKGROUND);
    steppedAt = now;
    rows += batch.size();
    if (batch.size() == limit) {
      after = batch.get(limit - 1).id();
      return false;
    }
    index.forgetReadBefore(startedAt);
    tableRows = rows;
    rows = 0;
    after = 0;
    return true;
  }
}
