// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.custommetadata;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.novacompat.metadata.nova.database.CellSession;
import org.novacompat.metadata.nova.database.Sql;
import org.novacompat.metadata.nova.database.SqlFailure;
import org.novacompat.metadata.nova.instances.ChildRow;
import org.novacompat.metadata.nova.instances.MetadataRows;

/**
 * A table of instances' metadata, written as nova writes its own when it saves an instance ({@code
 * nova/db/main/api.py: _instance_metadata_update_in_place}): a row whose value does not change is
 * left alone, of several rows of one key the first stays, and rows are deleted softly. Rows are
 * named by their ids, so keys that differ in case alone are two, as for nova.
 */
enum MetadataTable {
  /** Nova's. */
  NOVA(ChildRow.Kind.METADATA, "instance_metadata"),
  /** The view that {@code nova-compat-migrate} makes: what nova's table cannot hold. */
  CUSTOM(ChildRow.Kind.CUSTOM_METADATA, "nova_compat_custom_metadata");

  private final ChildRow.Kind kind;
  private final Sql insert;
  private final Sql update;
  private final Sql delete;

  MetadataTable(ChildRow.Kind kind, String name) {
    this.kind = kind;
    this.insert =
        new Sql(
            """
            insert into %s (instance_uuid, `key`, `value`, created_at, deleted)
            values (:uuid, :key, :value, utc_timestamp(), 0)
            """
                .formatted(name));
    this.update =
        new Sql(
            """
            update %s set `value` = :value, updated_at = utc_timestamp()
            where id = :id and deleted = 0
            """
                .formatted(name));
    this.delete =
        new Sql(
            """
            update %s set deleted = id, deleted_at = utc_timestamp(), updated_at = utc_timestamp()
            where id = :id and deleted = 0
            """
                .formatted(name));
  }

  /**
   * Sets a value.
   *
   * @param before all rows beside the instance now
   * @return whether anything changed
   * @throws SQLException a {@link SqlFailure#CONFLICT} when another transaction deleted the row
   */
  boolean put(CellSession session, MetadataRows before, String key, String value)
      throws SQLException {
    List<ChildRow> rows = before.of(kind, key);
    if (rows.isEmpty()) {
      session.change(insert, Map.of("uuid", before.uuid(), "key", key, "value", value));
      return true;
    }
    ChildRow first = rows.get(0);
    boolean differs = !first.value().equals(Optional.of(value));
    if (differs && session.change(update, Map.of("id", first.id(), "value", value)) == 0) {
      throw SqlFailure.concurrentChange();
    }
    return delete(session, rows.subList(1, rows.size())) || differs;
  }

  /**
   * Deletes the rows of a key softly; those that another transaction deleted do not matter.
   *
   * @param before all rows beside the instance now
   * @return whether there were any
   */
  boolean remove(CellSession session, MetadataRows before, String key) throws SQLException {
    return delete(session, before.of(kind, key));
  }

  private boolean delete(CellSession session, List<ChildRow> rows) throws SQLException {
    for (ChildRow row : rows) {
      session.change(delete, Map.of("id", row.id()));
    }
    return !rows.isEmpty();
  }
}
