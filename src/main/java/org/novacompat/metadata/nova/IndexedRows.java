// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.novacompat.metadata.nova.AddressRows.Row;

/** Reads a cell's rows into its index. Safe for several threads. */
final class IndexedRows {
  /** How many instances one statement names at most. */
  private static final int NAMED = 100;

  private final AddressRows rows;
  private final String cell;
  private final AddressIndex index;
  private final LongSupplier clock;

  IndexedRows(AddressRows rows, String cell, AddressIndex index, LongSupplier clock) {
    this.rows = rows;
    this.cell = cell;
    this.index = index;
    this.clock = clock;
  }

  /** Reads the next rows by id. */
  List<Row> next(long afterId, int limit, Patience patience) throws SQLException {
    long readAt = clock.getAsLong();
    List<Row> batch = rows.nextRows(cell, afterId, limit, patience);
    for (Row row : batch) {
      put(row.instance(), row.addresses(), readAt);
    }
    return batch;
  }

  /** Reads the rows of these instances again; one without a row is forgotten. */
  void readAgain(List<String> instances, Patience patience) throws SQLException {
    for (int from = 0; from < instances.size(); from += NAMED) {
      readSome(instances.subList(from, Math.min(from + NAMED, instances.size())), patience);
    }
  }

  private void readSome(Collection<String> instances, Patience patience) throws SQLException {
    long readAt = clock.getAsLong();
    Set<String> gone = new HashSet<>(instances);
    for (Row row : rows.rowsOf(cell, instances, patience)) {
      gone.remove(row.instance());
      put(row.instance(), row.addresses(), readAt);
    }
    for (String instance : gone) {
      put(instance, List.of(), readAt);
    }
  }

  private void put(String instance, List<Address> addresses, long readAt) {
    uuid(instance).ifPresent(uuid -> index.put(uuid, addresses, readAt));
  }

  /** Nova names instances by nothing else; what is not a UUID could not be asked for either. */
  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text)).filter(u -> u.toString().equalsIgnoreCase(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
