// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.InstanceStore;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.log.RateLimitedLog;

/**
 * Loads instances from the nova database ({@code nova/api/metadata/base.py:
 * get_metadata_by_instance_id}).
 *
 * <p>It takes three statements: where the instance is, the instance with its extras, and its
 * metadata with its block devices. A fourth is needed once per image and process, for the image's
 * EC2 name; and an EC2 name that was never asked for before takes an insert and a look at what came
 * of it.
 */
public final class NovaInstances implements InstanceStore {
  private static final Logger LOG = System.getLogger(NovaInstances.class.getName());
  private static final RateLimitedLog LIMITED_LOG = new RateLimitedLog(LOG);

  /** A row that another holds for too long. */
  private static final int LOCKED = 1205;

  /** A deadlock, or Galera's word for a conflict. */
  static final int DEADLOCK = 1213;

  /** How many instances of a slow database are loaded at the same time. */
  static final int MAX_SLOW_LOADS = 32;

  private static final Query<Newest> NEWEST =
      new Query<>(
          Newest.class,
          "select uuid from instances where deleted = 0"
              + " and created_at < utc_timestamp() - interval 1 minute order by id desc limit 16");

  private static final Query<Newest> NEWEST_MAPPED =
      new Query<>(
          Newest.class,
          "select instance_uuid as uuid from instance_mappings"
              + " where queued_for_delete is not true"
              + " and created_at < utc_timestamp() - interval 1 minute order by id desc limit 16");

  private record Newest(String uuid) {}

  private final NovaDatabase database;
  private final Optional<NovaRelease> release;
  private final OurTable ourTable = new OurTable(System::nanoTime);
  private final Ec2IdTables ec2Ids = new Ec2IdTables();
  private final Map<String, Semaphore> slowLoads = new ConcurrentHashMap<>();
  private final Set<String> readOnlyCells;

  /**
   * Loads from these databases, whatever release they are of.
   *
   * @param database nova's databases
   */
  public NovaInstances(NovaDatabase database) {
    this(database, Optional.empty());
  }

  /** Loads from the same databases, whatever release they are of, and meets images on its own. */
  public NovaInstances forWarmUp() {
    return new NovaInstances(database, Optional.empty(), readOnlyCells);
  }

  /**
   * Loads from these databases.
   *
   * @param database nova's databases
   * @param release the release, without which no instance is to be shown; empty where that is not
   *     asked of the databases
   */
  public NovaInstances(NovaDatabase database, Optional<NovaRelease> release) {
    this(database, release, ConcurrentHashMap.newKeySet());
  }

  private NovaInstances(
      NovaDatabase database, Optional<NovaRelease> release, Set<String> readOnlyCells) {
    this.database = database;
    this.release = release;
    this.readOnlyCells = readOnlyCells;
  }

  /**
   * {@inheritDoc}
   *
   * <p>As in nova, case does not matter. When an EC2 name is missing and the database lets us
   * insert none, the instance comes with {@link Instance.Part#EC2_IDS} unreadable.
   */
  @Override
  public Optional<Instance> load(String uuid) throws StoreUnavailableException {
    return load(uuid, late -> {});
  }

  @Override
  public Optional<Instance> load(String uuid, Consumer<StoreUnavailableException> late)
      throws StoreUnavailableException {
    if (!InstanceRow.isConceivable(uuid)) {
      return Optional.empty();
    }
    Deadline deadline = Deadline.forGuest();
    Cell first = database.cells().localOnly() ? Cell.LOCAL : Cell.API;
    boolean isLate = database.isSlow(first);
    Cell cell =
        inTurn(
            first, late, () -> onceMore(deadline, () -> database.cells().holding(uuid, deadline)));
    Deadline cells = isLate ? Deadline.forGuest() : deadline;
    Optional<Instance> instance =
        inTurn(
            cell,
            late,
            () ->
                onceMore(
                    cells,
                    () ->
                        database.read(
                            cell,
                            cells,
                            (connection, left) -> read(connection, left, cell, uuid))));
    if (instance.isPresent() && cell.equals(Cell.LOCAL) && !database.cells().localOnly()) {
      LIMITED_LOG.log(
          Level.WARNING,
          () -> "instance " + uuid + " is mapped to no cell, but found in [database]");
    }
    if (instance.isPresent() && release.isPresent()) {
      release.get().await(cell, cells);
    }
    return instance;
  }

  /** Tells those who wait if the database is slow, and refuses what is too much for it then. */
  private <T> T inTurn(Cell cell, Consumer<StoreUnavailableException> late, Question<T> question)
      throws StoreUnavailableException {
    if (!database.isSlow(cell)) {
      return question.ask();
    }
    Semaphore turns =
        slowLoads.computeIfAbsent(cell.tenant(), tenant -> new Semaphore(MAX_SLOW_LOADS));
    if (!turns.tryAcquire()) {
      throw tooLate(cell.label() + " is slow, and as many instances as may be are being loaded");
    }
    try {
      late.accept(tooLate(cell.label() + " is slow: the instance is being loaded"));
      return question.ask();
    } finally {
      turns.release();
    }
  }

  private static StoreUnavailableException tooLate(String why) {
    return new StoreUnavailableException(why, new TimeoutException(why));
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws StoreUnavailableException;
  }

  /**
   * Asks again where a connection was lost, for that may be all that was, and where the statement
   * fell to a deadlock.
   */
  private static <T> T onceMore(Deadline deadline, Question<T> question)
      throws StoreUnavailableException {
    try {
      return question.ask();
    } catch (StoreUnavailableException e) {
      boolean isLoss = e.getCause() instanceof AwayException away && away.isLoss();
      if (!isLoss && !isDeadlock(e) || deadline.isOver()) {
        throw e;
      }
      return question.ask();
    }
  }

  static boolean isDeadlock(StoreUnavailableException failure) {
    return failure.getCause() instanceof SQLException refusal && refusal.getErrorCode() == DEADLOCK;
  }

  /**
   * Names instances that most likely are there: the last ones that were made, of all cells.
   *
   * @param count how many at most, up to 16
   * @return their UUIDs, the newest first
   * @throws StoreUnavailableException when the database that knows cannot be asked
   */
  public List<String> newest(int count) throws StoreUnavailableException {
    boolean localOnly = database.cells().localOnly();
    return database
        .read(
            localOnly ? Cell.LOCAL : Cell.API,
            Deadline.forGuest(),
            (connection, left) -> (localOnly ? NEWEST : NEWEST_MAPPED).ask(connection, left, ""))
        .stream()
        .limit(count)
        .map(Newest::uuid)
        .filter(Objects::nonNull)
        .toList();
  }

  private Optional<Instance> read(Connection connection, Deadline deadline, Cell cell, String uuid)
      throws SQLException {
    Optional<InstanceRow> found = InstanceRow.read(connection, deadline, uuid);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    InstanceRow row = found.get();
    InstanceReader reader =
        new InstanceReader(row, ourTable.read(connection, deadline, cell, row.uuid()));
    return Optional.of(reader.instance(ec2Numbers(connection, deadline, cell, row)));
  }

  private Optional<Ec2IdTables.Numbers> ec2Numbers(
      Connection connection, Deadline deadline, Cell cell, InstanceRow row) throws SQLException {
    try {
      return Optional.of(ec2Ids.numbers(connection, deadline, row));
    } catch (SQLException e) {
      if (CellPool.isLoss(e) || e.getErrorCode() == LOCKED || e.getErrorCode() == DEADLOCK) {
        throw e;
      }
      if (readOnlyCells.add(cell.tenant())) {
        LOG.log(
            Level.WARNING,
            "{0} lets us add no EC2 ids, so instances that have none get no EC2 metadata: {1}",
            cell.label(),
            e.getMessage());
      }
      return Optional.empty();
    }
  }
}
