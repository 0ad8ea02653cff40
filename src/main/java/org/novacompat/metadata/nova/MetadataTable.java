// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.util.List;
import org.hibernate.StatelessSession;

/**
 * A table of instances' metadata, written as nova writes its own when it saves an instance ({@code
 * nova/db/main/api.py: _instance_metadata_update_in_place}): a row whose value does not change is
 * left alone, of several rows of one key the first stays, and rows are deleted softly. What was
 * there is named by its id, so keys that differ in case alone are two, as for nova.
 */
enum MetadataTable {
  /** Nova's. */
  NOVAS(SatelliteRow.METADATA, "instance_metadata"),
  /** Ours, a view that our own migrations make: what nova's cannot hold. */
  OURS(SatelliteRow.CUSTOM_METADATA, "nova_compat_custom_metadata");

  private final int kind;
  private final String name;

  MetadataTable(int kind, String name) {
    this.kind = kind;
    this.name = name;
  }

  /** Lists an instance's rows with a key. */
  List<SatelliteRow> of(MetadataRows rows, String key) {
    return rows.of(kind, key);
  }

  /**
   * Sets a value.
   *
   * @param before the rows that have the key now
   * @return whether anything changed
   * @throws OvertakenException when someone deleted what is to be changed
   */
  boolean put(
      StatelessSession session,
      String instance,
      String key,
      String value,
      List<SatelliteRow> before) {
    if (before.isEmpty()) {
      insert(session, instance, key, value);
      return true;
    }
    SatelliteRow first = before.get(0);
    boolean differs = !value.equals(first.second());
    if (differs) {
      update(session, first.id(), value);
    }
    return remove(session, before.subList(1, before.size())) || differs;
  }

  /**
   * Deletes rows softly; those that someone else deleted are no matter.
   *
   * @return whether there were any
   */
  boolean remove(StatelessSession session, List<SatelliteRow> rows) {
    rows.forEach(row -> delete(session, row.id()));
    return !rows.isEmpty();
  }

  private void insert(StatelessSession session, String instance, String key, String value) {
    session
        .createNativeMutationQuery(
            "insert into "
                + name
                + " (instance_uuid, `key`, `value`, created_at, deleted)"
                + " values (:uuid, :key, :value, utc_timestamp(), 0)")
        .setParameter("uuid", instance)
        .setParameter("key", key)
        .setParameter("value", value)
        .executeUpdate();
  }

  private void update(StatelessSession session, int id, String value) {
    int changed =
        session
            .createNativeMutationQuery(
                "update "
                    + name
                    + " set `value` = :value, updated_at = utc_timestamp()"
                    + " where id = :id and deleted = 0")
            .setParameter("value", value)
            .setParameter("id", id)
            .executeUpdate();
    if (changed == 0) {
      throw new OvertakenException();
    }
  }

  private void delete(StatelessSession session, int id) {
    session
        .createNativeMutationQuery(
            "update "
                + name
                + " set deleted = id, deleted_at = utc_timestamp(), updated_at = utc_timestamp()"
                + " where id = :id and deleted = 0")
        .setParameter("id", id)
        .executeUpdate();
  }
}
