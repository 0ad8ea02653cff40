// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.custommetadata;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.novacompat.metadata.instance.CustomMetadata;
import org.novacompat.metadata.instance.CustomMetadataRefusedException;
import org.novacompat.metadata.instance.CustomMetadataRefusedException.Reason;
import org.novacompat.metadata.instance.CustomMetadataTarget;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.database.CellSession;
import org.novacompat.metadata.nova.database.Deadline;
import org.novacompat.metadata.nova.database.NovaDatabase;
import org.novacompat.metadata.nova.database.Sql;
import org.novacompat.metadata.nova.database.SqlFailure;
import org.novacompat.metadata.nova.database.TimeBudget;
import org.novacompat.metadata.nova.instances.ChildRow;
import org.novacompat.metadata.nova.instances.MetadataRows;
import org.novacompat.metadata.nova.instances.NovaInstances;

/**
 * Keeps custom metadata in the instance's cell: strings that nova's {@code instance_metadata} can
 * hold there, as if nova had written them ({@code nova/compute/api.py: update_instance_metadata}),
 * and everything else in the custom table. A key is in one of the two.
 *
 * <p>A change is one transaction, which locks the instance's row in its first statement. So does
 * nova's own saving of an instance's metadata, which updates that row first; a change here and one
 * there follow each other. Nova's deletion of a single key does not lock it: a transaction that
 * finds its row deleted begins anew. Nova treats a change made here, after it has read the
 * metadata, like another change of its own.
 *
 * <p>Nova's notification {@code instance.update} is not sent.
 */
public final class NovaCustomMetadata implements CustomMetadata {
  /** {@code nova/api/validation/parameter_types.py: metadata} */
  private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9_:. -]{1,255}");

  private static final int MAX_VALUE_BYTES = 64 << 10;

  /** Nova notes the time at each save of an instance. */
  private static final Sql TOUCH =
      new Sql("update instances set updated_at = utc_timestamp() where uuid = :uuid");

  private final NovaDatabase database;
  private final int metadataItems;

  /**
   * Keeps it in these databases.
   *
   * @param database nova's databases
   * @param metadataItems {@code [quota] metadata_items}: how many keys an instance may have where
   *     the API database does not say otherwise; negative for any number
   */
  public NovaCustomMetadata(NovaDatabase database, int metadataItems) {
    this.database = database;
    this.metadataItems = metadataItems;
  }

  @Override
  public Map<String, String> read(CustomMetadataTarget target)
      throws CustomMetadataRefusedException, StoreUnavailableException {
    requireConceivable(target);
    return database.onCellOf(
        target.instance(),
        Deadline.in(TimeBudget.CUSTOM_METADATA),
        session -> {
          require(ManagedInstance.read(session, target.instance()), target);
          return Found.read(session, target.instance()).rows().all();
        });
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

  /** A change that is asked for. */
  private record Change(
      CustomMetadataTarget target,
      Map<String, MetadataValue> values,
      Rest rest,
      MetadataQuota quota) {

    /** The same for tables that hold no more than ASCII. */
    Change inAscii() {
      Map<String, MetadataValue> inAscii = new LinkedHashMap<>(values);
      inAscii.replaceAll((key, value) -> value.inAscii());
      return new Change(target, inAscii, rest, quota);
    }
  }

  /**
   * The rows beside an instance.
   *
   * @param hasCustomTable whether the custom table was read too; otherwise nova's rows are all
   */
  private record Found(MetadataRows rows, boolean hasCustomTable) {
    static Found read(CellSession session, String uuid) throws SQLException {
      try {
        return new Found(new MetadataRows(uuid, ChildRow.readWithCustom(session, uuid)), true);
      } catch (SQLException e) {
        if (SqlFailure.of(e) != SqlFailure.NO_TABLE) {
          throw e;
        }
        return new Found(new MetadataRows(uuid, ChildRow.read(session, uuid)), false);
      }
    }
  }

  private Map<String, String> change(
      CustomMetadataTarget target, Map<String, String> values, Rest rest)
      throws CustomMetadataRefusedException, StoreUnavailableException {
    Map<String, MetadataValue> wanted = checked(values);
    requireConceivable(target);
    Deadline deadline = Deadline.in(TimeBudget.CUSTOM_METADATA);
    MetadataQuota quota = MetadataQuota.read(database, target.projects(), metadataItems, deadline);
    Change change = new Change(target, wanted, rest, quota);
    try {
      return store(change, deadline);
    } catch (StoreUnavailableException e) {
      if (SqlFailure.of(e) != SqlFailure.UNSTORABLE) {
        throw e;
      }
      return store(change.inAscii(), deadline);
    }
  }

  private Map<String, String> store(Change change, Deadline deadline)
      throws CustomMetadataRefusedException, StoreUnavailableException {
    return database.onCellOf(
        change.target.instance(),
        deadline,
        session -> session.inTransaction(open -> store(open, change)));
  }

  private static Map<String, String> store(CellSession session, Change change)
      throws SQLException, CustomMetadataRefusedException {
    String uuid = change.target.instance();
    ManagedInstance instance = require(ManagedInstance.lock(session, uuid), change.target);
    instance.requireChangeable();
    Found found = Found.read(session, uuid);
    Set<String> before = found.rows.keys();
    requireRoom(change, before, instance);
    requireTable(change, found);
    boolean changed = false;
    for (Map.Entry<String, MetadataValue> entry : change.values.entrySet()) {
      changed |= put(session, found.rows, entry.getKey(), entry.getValue());
    }
    if (change.rest == Rest.REMOVED) {
      before.removeAll(change.values.keySet());
      for (String key : before) {
        changed |= removeBut(session, found.rows, key, Set.of());
      }
    }
    if (changed) {
      session.change(TOUCH, Map.of("uuid", uuid));
    }
    return Found.read(session, uuid).rows.all();
  }

  private static boolean put(
      CellSession session, MetadataRows rows, String key, MetadataValue value) throws SQLException {
    boolean put = value.table().put(session, rows, key, value.text());
    return removeBut(session, rows, key, Set.of(value.table())) || put;
  }

  private static boolean removeBut(
      CellSession session, MetadataRows rows, String key, Set<MetadataTable> kept)
      throws SQLException {
    boolean removed = false;
    for (MetadataTable table : MetadataTable.values()) {
      if (!kept.contains(table)) {
        removed |= table.remove(session, rows, key);
      }
    }
    return removed;
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
      if (entry.getValue().getBytes(StandardCharsets.UTF_8).length > MAX_VALUE_BYTES) {
        throw new CustomMetadataRefusedException(
            Reason.VALUE_TOO_LONG,
            "The value of %s is longer than %d bytes.".formatted(entry.getKey(), MAX_VALUE_BYTES));
      }
      wanted.put(entry.getKey(), MetadataValue.of(entry.getValue()));
    }
    return wanted;
  }

  private static void requireConceivable(CustomMetadataTarget target)
      throws CustomMetadataRefusedException {
    if (target.projects().isEmpty() || !NovaInstances.isConceivable(target.instance())) {
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

  private static void requireRoom(Change change, Set<String> before, ManagedInstance instance)
      throws CustomMetadataRefusedException {
    Set<String> after = new HashSet<>(change.values.keySet());
    if (change.rest == Rest.KEPT) {
      after.addAll(before);
    }
    OptionalInt limit = change.quota.of(instance.projectId().orElse(""));
    if (limit.isPresent() && after.size() > limit.getAsInt()) {
      throw new CustomMetadataRefusedException(
          Reason.TOO_MANY_KEYS,
          "There would be %d keys, more than the %d that an instance may have."
              .formatted(after.size(), limit.getAsInt()));
    }
  }

  private static void requireTable(Change change, Found found)
      throws CustomMetadataRefusedException {
    boolean isNeeded =
        change.values.values().stream().anyMatch(value -> value.table() == MetadataTable.CUSTOM);
    if (isNeeded && !found.hasCustomTable) {
      throw new CustomMetadataRefusedException(
          Reason.NO_TABLE,
          "Only strings of at most 255 characters can be held here: the table for other values is"
              + " missing, which the operator adds with nova-compat-migrate.");
    }
  }
}
