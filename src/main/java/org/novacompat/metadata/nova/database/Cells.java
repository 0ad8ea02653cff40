// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.novacompat.metadata.config.CellUrlTemplate;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Which cells there are and which one holds an instance ({@code nova/objects/cell_mapping.py},
 * {@code nova/objects/instance_mapping.py}, {@code nova/api/metadata/base.py:
 * get_metadata_by_instance_id}). {@code cell_mappings} is read again when a cell turns up that is
 * not known, and after a minute.
 */
final class Cells {
  private static final Logger LOG = System.getLogger(Cells.class.getName());

  /** A row of {@code instance_mappings}. */
  private record Mapping(Optional<Integer> cellId) {
    static final Query<Mapping> QUERY =
        new Query<>(
            Mapping.class, "select cell_id from instance_mappings where instance_uuid = :uuid");
  }

  /** A row of {@code cell_mappings}. */
  private record Row(
      int id, String uuid, Optional<String> name, Optional<String> databaseConnection) {
    static final Query<Row> QUERY =
        new Query<>(
            Row.class, "select id, uuid, name, database_connection from cell_mappings order by id");
  }

  private record Known(Map<Integer, Cell> byId, long readAt) {
    boolean isFresh() {
      return System.nanoTime() - readAt < TimeBudget.CELLS.toNanos();
    }
  }

  private final Databases databases;
  private final NovaDatabaseSettings settings;
  private final boolean localOnly;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Known known =
      new Known(Map.of(), System.nanoTime() - TimeBudget.CELLS.toNanos());

  /**
   * Reads and registers cells.
   *
   * @param databases has the API database; the cells' are registered there
   */
  Cells(Databases databases, NovaDatabaseSettings settings) {
    this.databases = databases;
    this.settings = settings;
    this.localOnly = settings.localMetadataPerCell() || settings.apiDatabase().isEmpty();
  }

  /**
   * Finds the database that holds an instance, if any does: {@code [database]} when nova.conf wants
   * no other asked, when the instance is not mapped, and when it is mapped to no cell yet.
   *
   * @param instanceUuid the instance's UUID
   * @param deadline until when the answer must be there
   * @return the database to ask
   * @throws StoreUnavailableException when the API database does not answer
   */
  Cell holding(String instanceUuid, Deadline deadline) throws StoreUnavailableException {
    if (localOnly) {
      return Cell.LOCAL;
    }
    Optional<Integer> id =
        databases
            .on(
                Cell.API,
                deadline,
                session -> session.list(Mapping.QUERY, Map.of("uuid", instanceUuid)))
            .stream()
            .flatMap(mapping -> mapping.cellId.stream())
            .findFirst();
    return id.isPresent() ? byId(id.get(), deadline) : Cell.LOCAL;
  }

  /** Whether {@code [database]} is the only one to ask, as nova.conf wants it. */
  boolean isLocalOnly() {
    return localOnly;
  }

  /**
   * Lists the databases that instances live in.
   *
   * @return every cell, cell0 too; only {@code [database]} when nova.conf wants no other asked
   * @throws StoreUnavailableException when the API database does not answer
   */
  List<Cell> all(Deadline deadline) throws StoreUnavailableException {
    if (localOnly) {
      return List.of(Cell.LOCAL);
    }
    readUnless(Known::isFresh, deadline);
    return List.copyOf(known.byId.values());
  }

  /**
   * Lists the cells where instances run: not cell0. Where the API database does not answer, these
   * are the cells that were known before.
   *
   * @throws StoreUnavailableException when none is known
   */
  List<Cell> running(Deadline deadline) throws StoreUnavailableException {
    List<Cell> cells;
    try {
      cells = all(deadline);
    } catch (StoreUnavailableException e) {
      if (known.byId.isEmpty()) {
        throw e;
      }
      cells = List.copyOf(known.byId.values());
    }
    return cells.stream().filter(cell -> !cell.isCell0()).toList();
  }

  /** All who need an unknown cell wait for the reading; a refresh delays one caller alone. */
  private Cell byId(Integer id, Deadline deadline) throws StoreUnavailableException {
    if (!known.byId.containsKey(id)) {
      readUnless(now -> now.byId.containsKey(id), deadline);
    } else if (!known.isFresh() && !reading.isLocked()) {
      readUnless(Known::isFresh, deadline);
    }
    return Optional.ofNullable(known.byId.get(id)).orElseGet(() -> missing(id));
  }

  private void readUnless(Predicate<Known> done, Deadline deadline)
      throws StoreUnavailableException {
    lock(deadline);
    try {
      if (!done.test(known)) {
        read(deadline);
      }
    } finally {
      reading.unlock();
    }
  }

  private void lock(Deadline deadline) throws StoreUnavailableException {
    try {
      if (!reading.tryLock(deadline.leftMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreUnavailableException(
            "cell_mappings is being read for too long", new TimeoutException());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for cell_mappings", e);
    }
  }

  private static Cell missing(Integer id) {
    String label = "number " + id;
    return Cell.mapped(label, Optional.empty(), Optional.of("not in cell_mappings"));
  }

  private void read(Deadline deadline) throws StoreUnavailableException {
    List<Row> rows = databases.on(Cell.API, deadline, session -> session.list(Row.QUERY, Map.of()));
    Map<Integer, Cell> before = known.byId;
    Map<Integer, Cell> byId = new LinkedHashMap<>();
    for (Row row : rows) {
      Cell cell = cell(row);
      byId.put(row.id, cell);
      if (cell.flaw().isPresent() && !cell.equals(before.get(row.id))) {
        LOG.log(Level.ERROR, "{0}: {1}", cell.label(), cell.flaw().get());
      }
    }
    databases.retainOnly(byId.values());
    known = new Known(byId, System.nanoTime());
  }

  private Cell cell(Row row) {
    Optional<String> name = row.name.filter(text -> !text.isEmpty());
    Cell cell = Cell.mapped(row.uuid, name, Optional.empty());
    try {
      databases.register(cell, DatabaseUrl.parse(filled(row)), settings.pool());
      return cell;
    } catch (IllegalArgumentException | SQLException e) {
      return Cell.mapped(
          row.uuid, name, Optional.of("its database_connection is not usable: " + e.getMessage()));
    }
  }

  /** As nova does, what cannot be filled in is taken as it stands. */
  private String filled(Row row) {
    String template = row.databaseConnection.orElse("");
    try {
      return new CellUrlTemplate(settings.database().source()).fill(template);
    } catch (IllegalArgumentException e) {
      if (!known.byId.containsKey(row.id)) {
        LOG.log(
            Level.WARNING,
            "the database_connection of cell {0} is taken as it stands: {1}",
            row.uuid,
            e.getMessage());
      }
      return template;
    }
  }
}
