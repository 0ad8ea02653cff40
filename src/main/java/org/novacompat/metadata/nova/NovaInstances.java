// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Root;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.JDBCException;
import org.hibernate.PessimisticLockException;
import org.hibernate.StatelessSession;
import org.hibernate.exception.JDBCConnectionException;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.InstanceStore;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.log.Seldom;

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
  private static final Seldom SELDOM = new Seldom(LOG);

  private final NovaDatabase database;
  private final Optional<NovaRelease> release;
  private final OurTable ourTable = new OurTable(System::nanoTime);
  private final Ec2IdTables ec2Ids = new Ec2IdTables();
  private final Set<String> readOnlyCells = ConcurrentHashMap.newKeySet();

  /**
   * Loads from these databases, whatever release they are of.
   *
   * @param database nova's databases
   */
  public NovaInstances(NovaDatabase database) {
    this(database, Optional.empty());
  }

  /**
   * Loads from these databases.
   *
   * @param database nova's databases
   * @param release the release, without which no instance is to be shown; empty where that is not
   *     asked of the databases
   */
  public NovaInstances(NovaDatabase database, Optional<NovaRelease> release) {
    this.database = database;
    this.release = release;
  }

  /**
   * {@inheritDoc}
   *
   * <p>As in nova, case does not matter. When an EC2 name is missing and the database lets us
   * insert none, the instance comes with {@link Instance.Part#EC2_IDS} unreadable.
   */
  @Override
  public Optional<Instance> load(String uuid) throws StoreUnavailableException {
    if (!InstanceRow.isConceivable(uuid)) {
      return Optional.empty();
    }
    Deadline deadline = Deadline.forGuest();
    Cell cell = onceMore(deadline, () -> database.cells().holding(uuid, deadline));
    Optional<Instance> instance =
        onceMore(
            deadline, () -> database.ask(cell, deadline, session -> read(session, cell, uuid)));
    if (instance.isPresent() && cell.equals(Cell.LOCAL) && !database.cells().localOnly()) {
      SELDOM.log(
          Level.WARNING,
          () -> "instance " + uuid + " is mapped to no cell, but found in [database]");
    }
    if (instance.isPresent() && release.isPresent()) {
      release.get().await(cell, deadline);
    }
    return instance;
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws StoreUnavailableException;
  }

  /** Asks again where a connection was lost, for that may be all that was. */
  private static <T> T onceMore(Deadline deadline, Question<T> question)
      throws StoreUnavailableException {
    try {
      return question.ask();
    } catch (StoreUnavailableException e) {
      boolean isLoss = e.getCause() instanceof AwayException away && away.isLoss();
      if (!isLoss || deadline.isOver()) {
        throw e;
      }
      return question.ask();
    }
  }

  /**
   * Names an instance that most likely is there: the last one that was made.
   *
   * @return its UUID; empty when there is none
   * @throws StoreUnavailableException when the database that knows cannot be asked
   */
  public Optional<String> newest() throws StoreUnavailableException {
    boolean localOnly = database.cells().localOnly();
    return database.ask(
        localOnly ? Cell.LOCAL : Cell.API,
        Deadline.forGuest(),
        session ->
            localOnly
                ? newest(session, Tables.Instance.class, "uuid")
                : newest(session, Tables.InstanceMapping.class, "instanceUuid"));
  }

  private static Optional<String> newest(StatelessSession session, Class<?> table, String column) {
    CriteriaBuilder builder = session.getCriteriaBuilder();
    CriteriaQuery<String> query = builder.createQuery(String.class);
    Root<?> row = query.from(table);
    query.select(row.get(column)).orderBy(builder.desc(row.get("id")));
    return session.createSelectionQuery(query).setMaxResults(1).list().stream()
        .filter(Objects::nonNull)
        .findFirst();
  }

  private Optional<Instance> read(StatelessSession session, Cell cell, String uuid) {
    return InstanceRow.read(session, uuid)
        .map(
            row ->
                new InstanceReader(row, ourTable.read(session, cell, row.uuid()))
                    .instance(ec2Numbers(session, cell, row)));
  }

  private Optional<Ec2IdTables.Numbers> ec2Numbers(
      StatelessSession session, Cell cell, InstanceRow row) {
    try {
      return Optional.of(ec2Ids.numbers(session, row));
    } catch (JDBCConnectionException | PessimisticLockException e) {
      throw e;
    } catch (JDBCException e) {
      if (readOnlyCells.add(cell.tenant())) {
        LOG.log(
            Level.WARNING,
            "{0} lets us add no EC2 ids, so instances that have none get no EC2 metadata: {1}",
            cell.label(),
            e.getSQLException().getMessage());
      }
      return Optional.empty();
    }
  }
}
