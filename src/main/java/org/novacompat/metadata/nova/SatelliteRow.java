// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/**
 * What is stored many to one beside an instance, in one statement: its living metadata, in nova's
 * table and in ours, its password in system metadata (deleted rows too, as nova reads them) and its
 * living block devices.
 *
 * @param kind {@link #METADATA}, {@link #SYSTEM_METADATA}, {@link #BLOCK_DEVICE} or {@link
 *     #CUSTOM_METADATA}
 * @param id the row's id in its table
 * @param first the key; of a block device, {@code source_type}
 * @param second the value, or null; of a block device, {@code destination_type}
 * @param third of a block device, {@code guest_format}; else null
 * @param fourth of a block device, {@code device_name}; else null
 */
record SatelliteRow(
    Integer kind, Integer id, String first, String second, String third, String fourth) {
  static final int METADATA = 0;
  static final int SYSTEM_METADATA = 1;
  static final int BLOCK_DEVICE = 2;
  static final int CUSTOM_METADATA = 3;

  /**
   * Each text in one character set and collation, whatever its table's, for a union takes no two.
   */
  private static final String OF_NOVA =
      """
      select 0 as kind, id, convert(`key` using utf8mb4) as first,
        convert(`value` using utf8mb4) as second, null as third, null as fourth
      from instance_metadata where instance_uuid = ? and deleted = 0
      union all
      select 1, id, convert(`key` using utf8mb4), convert(`value` using utf8mb4), null, null
      from instance_system_metadata where instance_uuid = ? and `key` like 'password%'
      union all
      select 2, id, convert(source_type using utf8mb4), convert(destination_type using utf8mb4),
        convert(guest_format using utf8mb4), convert(device_name using utf8mb4)
      from block_device_mapping where instance_uuid = ? and deleted = 0
      """;

  private static final Query<SatelliteRow> QUERY = new Query<>(SatelliteRow.class, OF_NOVA);

  private static final Query<SatelliteRow> QUERY_WITH_OURS =
      new Query<>(
          SatelliteRow.class,
          OF_NOVA
              + """
              union all
              select 3, id, convert(`key` using utf8mb4), convert(`value` using utf8mb4), null, null
              from nova_compat_custom_metadata where instance_uuid = ? and deleted = 0
              """);

  /**
   * Reads an instance's but {@link #CUSTOM_METADATA}, from nova's tables alone.
   *
   * @return the rows, by id: the order in which nova gets them, for it reads them by an index whose
   *     entries end in the id
   */
  static List<SatelliteRow> read(Connection connection, Deadline deadline, String uuid)
      throws SQLException {
    return inOrder(QUERY.ask(connection, deadline, uuid));
  }

  /**
   * Reads all of an instance's.
   *
   * @return the rows, as {@link #read} orders them
   * @throws SQLException when our table is not there, among others
   */
  static List<SatelliteRow> readWithOurs(Connection connection, Deadline deadline, String uuid)
      throws SQLException {
    return inOrder(QUERY_WITH_OURS.ask(connection, deadline, uuid));
  }

  private static List<SatelliteRow> inOrder(List<SatelliteRow> rows) {
    rows.sort(Comparator.comparing(SatelliteRow::id));
    return rows;
  }
}
