// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private static final Query<Mapping> MAPPING =
      new Query<>(Mapping.class, "select cell_id from instance_mappings where instance_uuid = ?");

  private static final Query<Row> ROWS =
      new Query<>(
          Row.class, "select id, uuid, name, database_connection from cell_mappings order by id");

  private static final Duration FRESH = Duration.ofMinutes(1);

  /** A row of {@code instance_mappings}. */
  private record Mapping(Integer cellId) {}

  /** A row of {@code cell_mappings}. */
  private record Row(Integer id, String uuid, String name, String databaseConnection) {}

  private record Known(Map<Integer, Cell> byId, long readAt) {
    boolean isFresh() {
      return System.nanoTime() - readAt < FRESH.toNanos();
    }
  }

  private final NovaDatabase database;
  private final CellPools pools;
  private final NovaDatabaseSettings settings;
  private final boolean localOnly;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Known known = new Known(Map.of(), System.nanoTime() - FRESH.toNanos());

  Cells(NovaDatabase database, CellPools pools, NovaDatabaseSettings settings) {
    this.database = database;
    this.pools = pools;
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
        database
            .read(
                Cell.API,
                deadline,
                (connection, left) -> MAPPING.ask(connection, left, instanceUuid))
            .stream()
            .map(Mapping::cellId)
            .filter(Objects::nonNull)
            .findFirst();
    return id.isPresent() ? byId(id.get(), deadline) : Cell.LOCAL;
  }

  /** Whether {@code [database]} is the only one to ask, as nova.conf wants it. */
  boolean localOnly() {
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

  /** Whoever needs a cell that is not known waits; a refresh holds up one caller alone. */
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
    List<Row> rows =
        database.read(Cell.API, deadline, (connection, left) -> ROWS.ask(connection, left, ""));
    Map<Integer, Cell> before = known.byId;
    Map<Integer, Cell> byId = new LinkedHashMap<>();
    for (Row row : rows) {
      Cell cell = cell(row);
      byId.put(row.id, cell);
      if (cell.flaw().isPresent() && !cell.equals(before.get(row.id))) {
        LOG.log(Level.ERROR, "{0}: {1}", cell.label(), cell.flaw().get());
      }
    }
    pools.keepOnly(byId.values());
    known = new Known(byId, System.nanoTime());
  }

  private Cell cell(Row row) {
    Optional<String> name = Optional.ofNullable(row.name).filter(text -> !text.isEmpty());
    Cell cell = Cell.mapped(row.uuid, name, Optional.empty());
    try {
      pools.lead(cell, DatabaseUrl.parse(filled(row)), settings.pool());
      return cell;
    } catch (IllegalArgumentException | SQLException e) {
      return Cell.mapped(
          row.uuid, name, Optional.of("its database_connection is not usable: " + e.getMessage()));
    }
  }

  /** As nova does, what cannot be filled in is taken as it stands. */
  private String filled(Row row) {
    String template = Optional.ofNullable(row.databaseConnection).orElse("");
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
