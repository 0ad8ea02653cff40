// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.util.Comparator;
import java.util.List;
import org.hibernate.StatelessSession;

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

  private static final String QUERY =
      """
      select 0, m.id, m.key, m.value, cast(null as String), cast(null as String)
      from InstanceMetadata m
      where m.instanceUuid = :uuid and m.deleted = 0
      union all
      select 1, s.id, s.key, s.value, cast(null as String), cast(null as String)
      from InstanceSystemMetadata s
      where s.instanceUuid = :uuid and s.key like 'password%'
      union all
      select 2, b.id, b.sourceType, b.destinationType, b.guestFormat, b.deviceName
      from BlockDeviceMapping b
      where b.instanceUuid = :uuid and b.deleted = 0
      """;

  private static final String QUERY_WITH_OURS =
      QUERY
          + """
          union all
          select 3, c.id, c.key, c.value, cast(null as String), cast(null as String)
          from CustomMetadata c
          where c.instanceUuid = :uuid and c.deleted = 0
          """;

  /**
   * Reads an instance's but {@link #CUSTOM_METADATA}, from nova's tables alone.
   *
   * @return the rows, by id: the order in which nova gets them, for it reads them by an index whose
   *     entries end in the id
   */
  static List<SatelliteRow> read(StatelessSession session, String uuid) {
    return read(QUERY, session, uuid);
  }

  /**
   * Reads all of an instance's.
   *
   * @return the rows, as {@link #read} orders them
   * @throws org.hibernate.JDBCException when our table is not there, among others
   */
  static List<SatelliteRow> readWithOurs(StatelessSession session, String uuid) {
    return read(QUERY_WITH_OURS, session, uuid);
  }

  private static List<SatelliteRow> read(String query, StatelessSession session, String uuid) {
    return session
        .createSelectionQuery(query, SatelliteRow.class)
        .setParameter("uuid", uuid)
        .list()
        .stream()
        .sorted(Comparator.comparing(SatelliteRow::id))
        .toList();
  }
}
