// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.novacompat.metadata.nova.database.CellSession;
import org.novacompat.metadata.nova.database.Query;

/**
 * What is stored many to one beside an instance, read in one statement: its living metadata, in
 * nova's table and in the custom one, its password in system metadata (deleted rows too, as nova
 * reads them) and its living block devices, which have no key and value.
 *
 * @param kind the table
 * @param id the row's id in its table
 */
public record ChildRow(
    Kind kind,
    int id,
    Optional<String> key,
    Optional<String> value,
    Optional<String> sourceType,
    Optional<String> destinationType,
    Optional<String> guestFormat,
    Optional<String> deviceName) {

  /** A table; its ordinal number is the row's {@code kind}. */
  public enum Kind {
    /** {@code instance_metadata}. */
    METADATA,
    /** {@code instance_system_metadata}. */
    SYSTEM_METADATA,
    /** {@code block_device_mapping}. */
    BLOCK_DEVICE,
    /** {@code nova_compat_custom_metadata}. */
    CUSTOM_METADATA
  }

  /**
   * Each text in one character set and collation, whatever its table's, for a union takes no two.
   */
  private static final String OF_NOVA =
      """
      select 0 as kind, id,
        convert(`key` using utf8mb4) as `key`, convert(`value` using utf8mb4) as `value`,
        null as source_type, null as destination_type, null as guest_format, null as device_name
      from instance_metadata where instance_uuid = :uuid and deleted = 0
      union all
      select 1, id, convert(`key` using utf8mb4), convert(`value` using utf8mb4),
        null, null, null, null
      from instance_system_metadata where instance_uuid = :uuid and `key` like 'password%'
      union all
      select 2, id, null, null,
        convert(source_type using utf8mb4), convert(destination_type using utf8mb4),
        convert(guest_format using utf8mb4), convert(device_name using utf8mb4)
      from block_device_mapping where instance_uuid = :uuid and deleted = 0
      """;

  private static final Query<ChildRow> QUERY = new Query<>(ChildRow.class, OF_NOVA);

  private static final Query<ChildRow> QUERY_WITH_CUSTOM =
      new Query<>(
          ChildRow.class,
          OF_NOVA
              + """
              union all
              select 3, id, convert(`key` using utf8mb4), convert(`value` using utf8mb4),
                null, null, null, null
              from nova_compat_custom_metadata where instance_uuid = :uuid and deleted = 0
              """);

  /**
   * Reads an instance's rows in nova's tables.
   *
   * @return the rows, by id: the order in which nova gets them, for it reads them by an index whose
   *     entries end in the id
   * @throws SQLException when the database does not answer in time, or refuses
   */
  public static List<ChildRow> read(CellSession session, String uuid) throws SQLException {
    return inOrder(session.list(QUERY, Map.of("uuid", uuid)));
  }

  /**
   * Reads an instance's rows in nova's tables and in the custom one.
   *
   * @return the rows, as {@link #read} orders them
   * @throws SQLException when the custom table is absent, among others
   */
  public static List<ChildRow> readWithCustom(CellSession session, String uuid)
      throws SQLException {
    return inOrder(session.list(QUERY_WITH_CUSTOM, Map.of("uuid", uuid)));
  }

  private static List<ChildRow> inOrder(List<ChildRow> rows) {
    rows.sort(Comparator.comparing(ChildRow::id));
    return rows;
  }
}
