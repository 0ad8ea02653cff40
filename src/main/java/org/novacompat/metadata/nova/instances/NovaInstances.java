// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.InstanceStore;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.nova.database.Cell;
import org.novacompat.metadata.nova.database.CellSession;
import org.novacompat.metadata.nova.database.Deadline;
import org.novacompat.metadata.nova.database.NovaDatabase;
import org.novacompat.metadata.nova.database.OptionalTable;
import org.novacompat.metadata.nova.database.Query;
import org.novacompat.metadata.nova.database.SqlFailure;
import org.novacompat.metadata.nova.database.WhenSlow;
import org.novacompat.metadata.nova.release.NovaRelease;

/**
 * Loads instances from the nova database ({@code nova/api/metadata/base.py:
 * get_metadata_by_instance_id}).
 *
 * <p>It takes three statements: where the instance is, the instance with its extras, and its
 * metadata with its block devices. A fourth is needed once per image and process, for the image's
 * EC2 name; and an EC2 name that was never asked for before takes an insert and a select.
 */
public final class NovaInstances implements InstanceStore {
  private static final Logger LOG = System.getLogger(NovaInstances.class.getName());
  private static final RateLimitedLog LIMITED_LOG = new RateLimitedLog(LOG);
  private static final Pattern CONCEIVABLE = Pattern.compile("[!-~]{1,36}");

  private static final Query<Newest> NEWEST =
      new Query<>(
          Newest.class,
          """
          select uuid from instances
          where deleted = 0 and created_at < utc_timestamp() - interval 1 minute
          order by id desc limit 16
          """);

  private static final Query<Newest> NEWEST_MAPPED =
      new Query<>(
          Newest.class,
          """
          select instance_uuid as uuid from instance_mappings
          where queued_for_delete is not true
            and created_at < utc_timestamp() - interval 1 minute
          order by id desc limit 16
          """);

  private record Newest(Optional<String> uuid) {}

  /** An instance, where it is, and until when that database had time to answer. */
  private record Found(Cell cell, Instance instance, Deadline deadline) {}

  private final NovaDatabase database;
  private final Optional<NovaRelease> release;
  private final OptionalTable customMetadata = new OptionalTable(System::nanoTime);
  private final Ec2IdTables ec2Ids = new Ec2IdTables();
  private final Set<String> readOnlyCells;

  /**
   * Loads from these databases, whatever release they are of.
   *
   * @param database nova's databases
   */
  public NovaInstances(NovaDatabase database) {
    this(database, Optional.empty());
  }

  /** Loads from the same databases, whatever release they are of, and numbers images on its own. */
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
   * Whether a UUID column can hold this at all.
   *
   * @param uuid any text
   */
  public static boolean isConceivable(String uuid) {
    return CONCEIVABLE.matcher(uuid).matches();
  }

  /**
   * {@inheritDoc}
   *
   * <p>As in nova, case does not matter. When an EC2 name is missing and the database refuses the
   * insert, the instance comes with {@link Instance.Part#EC2_IDS} unreadable.
   */
  @Override
  public Optional<Instance> load(String uuid) throws StoreUnavailableException {
    return load(uuid, late -> {});
  }

  @Override
  public Optional<Instance> load(String uuid, Consumer<StoreUnavailableException> late)
      throws StoreUnavailableException {
    if (!isConceivable(uuid)) {
      return Optional.empty();
    }
    Deadline deadline =
        Deadline.forGuest(slow -> late.accept(WhenSlow.slow(slow, "the instance is being loaded")));
    Optional<Found> found = database.onCellOf(uuid, deadline, session -> read(session, uuid));
    if (found.isPresent()) {
      warnIfUnmapped(uuid, found.get().cell);
      if (release.isPresent()) {
        release.get().await(found.get().cell, found.get().deadline);
      }
    }
    return found.map(Found::instance);
  }

  private void warnIfUnmapped(String uuid, Cell cell) {
    if (cell.equals(Cell.LOCAL) && !database.isLocalOnly()) {
      LIMITED_LOG.log(
          Level.WARNING,
          () -> "instance " + uuid + " is mapped to no cell, but found in [database]");
    }
  }

  /**
   * Names instances that most likely are there: the last ones that were made, of all cells.
   *
   * @param count how many at most, up to 16
   * @return their UUIDs, the newest first
   * @throws StoreUnavailableException when the database that knows cannot be asked
   */
  public List<String> newest(int count) throws StoreUnavailableException {
    Query<Newest> query = database.isLocalOnly() ? NEWEST : NEWEST_MAPPED;
    return database
        .on(
            database.mapping(),
            Deadline.forGuest(WhenSlow.WAIT),
            session -> session.list(query, Map.of()))
        .stream()
        .limit(count)
        .flatMap(newest -> newest.uuid.stream())
        .toList();
  }

  private Optional<Found> read(CellSession session, String uuid) throws SQLException {
    Optional<InstanceRow> found = InstanceRow.read(session, uuid);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    InstanceRow row = found.get();
    List<ChildRow> children = children(session, row.uuid(), customMetadata);
    Instance instance = new InstanceReader(row, children).instance(ec2Numbers(session, row));
    return Optional.of(new Found(session.cell(), instance, session.deadline()));
  }

  /** Reads the rows beside an instance, those of the custom table too where that is. */
  static List<ChildRow> children(CellSession session, String uuid, OptionalTable custom)
      throws SQLException {
    return custom.read(
        session.cell(),
        () -> ChildRow.readWithCustom(session, uuid),
        () -> ChildRow.read(session, uuid));
  }

  private Optional<Ec2IdTables.Numbers> ec2Numbers(CellSession session, InstanceRow row)
      throws SQLException {
    try {
      return Optional.of(ec2Ids.numbers(session, row));
    } catch (SQLException e) {
      switch (SqlFailure.of(e)) {
        case CONNECTION_LOST, LOCKED, CONFLICT -> throw e;
        default -> warnOfReadOnly(session.cell(), e);
      }
      return Optional.empty();
    }
  }

  private void warnOfReadOnly(Cell cell, SQLException refusal) {
    if (readOnlyCells.add(cell.tenant())) {
      LOG.log(
          Level.WARNING,
          "{0} refuses to add EC2 ids, so instances that have none get no EC2 metadata: {1}",
          cell.label(),
          refusal.getMessage());
    }
  }
}
