// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import jakarta.persistence.PersistenceException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.hibernate.JDBCException;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;
import org.novacompat.metadata.instance.CustomMetadata;
import org.novacompat.metadata.instance.CustomMetadataRefusedException;
import org.novacompat.metadata.instance.CustomMetadataRefusedException.Reason;
import org.novacompat.metadata.instance.CustomMetadataTarget;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Keeps custom metadata in the instance's cell: strings that nova's {@code instance_metadata} can
 * hold there, as if nova had written them ({@code nova/compute/api.py: update_instance_metadata}),
 * and everything else in our own table. A key is in one of the two.
 *
 * <p>A change is one transaction, which holds the instance's row from its first statement on. So
 * does nova's own saving of an instance's metadata, which updates that row first; a change here and
 * one there follow each other. Nova's deletion of a single key does not, and is heeded: a
 * transaction that finds its row deleted begins anew. What nova does with metadata that it read
 * before our change, it does as it would to another change of its own.
 *
 * <p>Nova's notification {@code instance.update} is not sent.
 */
public final class NovaCustomMetadata implements CustomMetadata {
  /** {@code nova/api/validation/parameter_types.py: metadata} */
  private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9_:. -]{1,255}");

  private static final int LONGEST_VALUE_BYTES = 64 << 10;
  private static final int ATTEMPTS = 6;

  /** For all that a call asks of databases, repeated attempts and waiting for others included. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  /** A deadlock, or Galera's word for a conflict; a record that changed since it was read. */
  private static final Set<Integer> CONFLICTS = Set.of(1213, 1020);

  private final NovaDatabase database;
  private final MetadataQuota quota;

  /**
   * Keeps it in these databases.
   *
   * @param database nova's databases
   * @param metadataItems {@code [quota] metadata_items}: how many keys an instance may have where
   *     the API database does not say otherwise; negative for any number
   */
  public NovaCustomMetadata(NovaDatabase database, int metadataItems) {
    this.database = database;
    this.quota = new MetadataQuota(database, metadataItems);
  }

  @Override
  public Map<String, String> read(CustomMetadataTarget target)
      throws CustomMetadataRefusedException, StoreUnavailableException {
    requireConceivable(target);
    Deadline deadline = Deadline.in(PATIENCE);
    return unwrapped(target, deadline, (session, left) -> readAll(session, left, target));
  }

  @Override
  public Map<String, String> merge(CustomMetadataTarget target, Map<String, String> values)
      throws CustomMetadataRefusedException, StoreUnavailableException {
    return change(target, values, Rest.KEPT);
  }

  @Override
  public Map<String, String> replace(CustomMetadataTarget target, Map<String, String> values)
      throws CustomMetadataRefusedException, StoreUnavailableException {
    return change(target, values, Rest.REMOVED);
  }

  /** What becomes of the keys that a change does not name. */
  private enum Rest {
    KEPT,
    REMOVED
  }

  /** What is done in a session. */
  private interface Work {
    Map<String, String> in(StatelessSession session, Deadline left)
        throws CustomMetadataRefusedException;
  }

  /** A refusal on its way through Hibernate. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CustomMetadataRefusedException refusal;

    Refused(CustomMetadataRefusedException refusal) {
      super(refusal);
      this.refusal = refusal;
    }
  }

  private Map<String, String> change(
      CustomMetadataTarget target, Map<String, String> values, Rest rest)
      throws CustomMetadataRefusedException, StoreUnavailableException {
    Map<String, MetadataValue> wanted = checked(values);
    requireConceivable(target);
    Deadline deadline = Deadline.in(PATIENCE);
    MetadataQuota.Limits limits = quota.of(target.projects(), deadline);
    try {
      return change(
          target, deadline, (work, left) -> change(work, left, target, wanted, rest, limits));
    } catch (UnstorableException e) {
      Map<String, MetadataValue> inAscii = new LinkedHashMap<>(wanted);
      inAscii.replaceAll((key, value) -> value.inAscii());
      return change(
          target, deadline, (work, left) -> change(work, left, target, inAscii, rest, limits));
    }
  }

  private Map<String, String> change(CustomMetadataTarget target, Deadline deadline, Work work)
      throws CustomMetadataRefusedException, StoreUnavailableException {
    for (int attempt = 1; ; attempt++) {
      try {
        return unwrapped(target, deadline, (session, left) -> inTransaction(session, left, work));
      } catch (OvertakenException e) {
        if (attempt == ATTEMPTS) {
          throw new StoreUnavailableException("others keep changing " + target.instance(), e);
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, String> unwrapped(CustomMetadataTarget target, Deadline deadline, Work work)
      throws CustomMetadataRefusedException, StoreUnavailableException {
    try {
      return database.ask(
          database.cells().holding(target.instance(), deadline),
          deadline,
          (session, left) -> {
            try {
              return work.in(session, left);
            } catch (CustomMetadataRefusedException e) {
              throw new Refused(e);
            }
          });
    } catch (Refused e) {
      throw e.refusal;
    }
  }

  private static Map<String, String> inTransaction(
      StatelessSession session, Deadline left, Work work) throws CustomMetadataRefusedException {
    Transaction transaction = session.beginTransaction();
    boolean done = false;
    try {
      Map<String, String> result = work.in(session, left);
      transaction.commit();
      done = true;
      return result;
    } catch (PersistenceException e) {
      if (isConflict(e)) {
        throw new OvertakenException();
      }
      if (e instanceof JDBCException refused
          && UnstorableException.isWhy(refused.getSQLException())) {
        throw new UnstorableException(e);
      }
      throw e;
    } finally {
      if (!done) {
        NovaDatabase.rollBack(transaction);
      }
    }
  }

  static boolean isConflict(PersistenceException failure) {
    return NovaDatabase.refusal(failure)
        .filter(refusal -> CONFLICTS.contains(refusal.getErrorCode()))
        .isPresent();
  }

  private static Map<String, String> readAll(
      StatelessSession session, Deadline deadline, CustomMetadataTarget target)
      throws CustomMetadataRefusedException {
    require(ManagedInstance.read(session, target.instance()), target);
    return rows(session, deadline, target.instance()).rows().all();
  }

  private static Map<String, String> change(
      StatelessSession session,
      Deadline deadline,
      CustomMetadataTarget target,
      Map<String, MetadataValue> wanted,
      Rest rest,
      MetadataQuota.Limits limits)
      throws CustomMetadataRefusedException {
    ManagedInstance instance = require(ManagedInstance.lock(session, target.instance()), target);
    instance.requireChangeable();
    Found found = rows(session, deadline, target.instance());
    Set<String> before = keys(found.rows());
    requireRoom(wanted.keySet(), rest == Rest.KEPT ? before : Set.of(), instance, limits);
    requireTable(wanted, found);
    boolean changed = false;
    for (Map.Entry<String, MetadataValue> entry : wanted.entrySet()) {
      changed |= put(session, found.rows(), entry.getKey(), entry.getValue());
    }
    if (rest == Rest.REMOVED) {
      before.removeAll(wanted.keySet());
      for (String key : before) {
        changed |= removeBut(session, found.rows(), key, Set.of());
      }
    }
    if (changed) {
      touch(session, target.instance());
    }
    return rows(session, deadline, target.instance()).rows().all();
  }

  private static boolean put(
      StatelessSession session, MetadataRows rows, String key, MetadataValue value) {
    List<SatelliteRow> there = value.table().of(rows, key);
    boolean put = value.table().put(session, rows.uuid(), key, value.text(), there);
    return removeBut(session, rows, key, Set.of(value.table())) || put;
  }

  private static boolean removeBut(
      StatelessSession session, MetadataRows rows, String key, Set<MetadataTable> kept) {
    boolean removed = false;
    for (MetadataTable table : MetadataTable.values()) {
      if (!kept.contains(table)) {
        removed |= table.remove(session, table.of(rows, key));
      }
    }
    return removed;
  }

  /** Nova notes the time at each save of an instance. */
  private static void touch(StatelessSession session, String instance) {
    session
        .createNativeMutationQuery(
            "update instances set updated_at = utc_timestamp() where uuid = :uuid")
        .setParameter("uuid", instance)
        .executeUpdate();
  }

  /**
   * The rows beside an instance.
   *
   * @param rows the rows
   * @param hasOurTable whether our table was read too; without it there are nova's alone
   */
  private record Found(MetadataRows rows, boolean hasOurTable) {}

  private static Found rows(StatelessSession session, Deadline deadline, String uuid) {
    return session.doReturningWork(connection -> rows(connection, deadline, uuid));
  }

  private static Found rows(Connection connection, Deadline deadline, String uuid)
      throws SQLException {
    try {
      List<SatelliteRow> all = SatelliteRow.readWithOurs(connection, deadline, uuid);
      return new Found(new MetadataRows(uuid, all), true);
    } catch (SQLException e) {
      if (!OurTable.isWantOfIt(e)) {
        throw e;
      }
      List<SatelliteRow> novas = SatelliteRow.read(connection, deadline, uuid);
      return new Found(new MetadataRows(uuid, novas), false);
    }
  }

  private static Set<String> keys(MetadataRows rows) {
    Set<String> keys = new HashSet<>(rows.novas().keySet());
    rows.of(SatelliteRow.CUSTOM_METADATA).forEach(row -> keys.add(row.first()));
    return keys;
  }

  private static Map<String, MetadataValue> checked(Map<String, String> values)
      throws CustomMetadataRefusedException {
    Map<String, MetadataValue> wanted = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      if (!KEY.matcher(entry.getKey()).matches()) {
        throw new CustomMetadataRefusedException(
            Reason.BAD_KEY,
            "A key has 1 to 255 characters: letters, digits, and - _ : . or space.");
      }
      if (entry.getValue().getBytes(StandardCharsets.UTF_8).length > LONGEST_VALUE_BYTES) {
        throw new CustomMetadataRefusedException(
            Reason.VALUE_TOO_LONG,
            "The value of %s is longer than %d bytes."
                .formatted(entry.getKey(), LONGEST_VALUE_BYTES));
      }
      wanted.put(entry.getKey(), MetadataValue.of(entry.getValue()));
    }
    return wanted;
  }

  private static void requireConceivable(CustomMetadataTarget target)
      throws CustomMetadataRefusedException {
    if (target.projects().isEmpty() || !InstanceRow.isConceivable(target.instance())) {
      throw noSuchInstance();
    }
  }

  private static ManagedInstance require(
      Optional<ManagedInstance> found, CustomMetadataTarget target)
      throws CustomMetadataRefusedException {
    ManagedInstance instance =
        found.filter(row -> row.isOf(target)).orElseThrow(NovaCustomMetadata::noSuchInstance);
    instance.requireZone(target);
    return instance;
  }

  private static CustomMetadataRefusedException noSuchInstance() {
    return new CustomMetadataRefusedException(
        Reason.NO_SUCH_INSTANCE, "There is no such instance.");
  }

  private static void requireRoom(
      Set<String> wanted, Set<String> kept, ManagedInstance instance, MetadataQuota.Limits limits)
      throws CustomMetadataRefusedException {
    Set<String> after = new HashSet<>(kept);
    after.addAll(wanted);
    OptionalInt limit = limits.of(instance.project());
    if (limit.isPresent() && after.size() > limit.getAsInt()) {
      throw new CustomMetadataRefusedException(
          Reason.TOO_MANY_KEYS,
          "There would be %d keys, more than the %d that an instance may have."
              .formatted(after.size(), limit.getAsInt()));
    }
  }

  private static void requireTable(Map<String, MetadataValue> wanted, Found found)
      throws CustomMetadataRefusedException {
    boolean needed =
        wanted.values().stream().anyMatch(value -> value.table() == MetadataTable.OURS);
    if (needed && !found.hasOurTable()) {
      throw new CustomMetadataRefusedException(
          Reason.NO_TABLE,
          "Only strings of at most 255 characters can be held here: the table for other values is"
              + " missing, which the operator adds with nova-compat-migrate.");
    }
  }
}
