// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A living instance with what is stored beside it one to one: {@code instances}, {@code
 * instance_extra}, {@code instance_info_caches} and {@code instance_id_mappings}, in one statement.
 * Any component but the UUID may be null, as its column may.
 */
record InstanceRow(
    String uuid,
    String projectId,
    String userId,
    String hostname,
    String displayName,
    Integer launchIndex,
    String availabilityZone,
    String reservationId,
    String imageRef,
    String kernelId,
    String ramdiskId,
    String keyName,
    String keyData,
    String rootDeviceName,
    String defaultEphemeralDevice,
    String defaultSwapDevice,
    String userData,
    Integer extraId,
    String flavor,
    String keypairs,
    String deviceMetadata,
    String numaTopology,
    String networkInfo,
    Integer ec2Id) {

  /**
   * The other tables are joined by the UUID as the instance's own row spells it, like nova. In
   * ASCII it is compared as the other table's column wants it, so that no two collations meet, and
   * that table's index serves, where an upgraded cloud's tables differ in character set or
   * collation.
   */
  private static final Query<InstanceRow> QUERY =
      new Query<>(
          InstanceRow.class,
          """
          select i.uuid, i.project_id, i.user_id, i.hostname, i.display_name, i.launch_index,
            i.availability_zone, i.reservation_id, i.image_ref, i.kernel_id, i.ramdisk_id, i.key_name,
            i.key_data, i.root_device_name, i.default_ephemeral_device, i.default_swap_device,
            i.user_data,
            e.id as extra_id, e.flavor, e.keypairs, e.device_metadata, e.numa_topology,
            c.network_info,
            m.id as ec2_id
          from instances i
          left join instance_extra e on e.instance_uuid = convert(i.uuid using ascii)
          left join instance_info_caches c on c.instance_uuid = convert(i.uuid using ascii)
          left join instance_id_mappings m on m.uuid = convert(i.uuid using ascii)
          where i.uuid = ? and i.deleted = 0
          """);

  private static final Pattern CONCEIVABLE = Pattern.compile("[!-~]{1,36}");

  /** Neither id's column is unique to the instance; as for nova, the oldest row counts. */
  private static final Comparator<InstanceRow> OLDEST =
      Comparator.comparing(InstanceRow::extraId, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(InstanceRow::ec2Id, Comparator.nullsLast(Comparator.naturalOrder()));

  /** Whether a UUID column can hold this at all. */
  static boolean isConceivable(String uuid) {
    return CONCEIVABLE.matcher(uuid).matches();
  }

  /**
   * Reads an instance.
   *
   * @return the row; empty when no living instance has that UUID
   */
  static Optional<InstanceRow> read(Connection connection, Deadline deadline, String uuid)
      throws SQLException {
    return QUERY.ask(connection, deadline, uuid).stream().min(OLDEST);
  }
}
