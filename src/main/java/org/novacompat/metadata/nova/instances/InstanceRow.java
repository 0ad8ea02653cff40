// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.novacompat.metadata.nova.database.CellSession;
import org.novacompat.metadata.nova.database.Query;

/**
 * A living instance with what is stored beside it one to one: {@code instances}, {@code
 * instance_extra}, {@code instance_info_caches} and {@code instance_id_mappings}, in one statement.
 * A component is empty where its column is NULL.
 */
record InstanceRow(
    String uuid,
    Optional<String> projectId,
    Optional<String> userId,
    Optional<String> hostname,
    Optional<String> displayName,
    Optional<Integer> launchIndex,
    Optional<String> availabilityZone,
    Optional<String> reservationId,
    Optional<String> imageRef,
    Optional<String> kernelId,
    Optional<String> ramdiskId,
    Optional<String> keyName,
    Optional<String> keyData,
    Optional<String> rootDeviceName,
    Optional<String> defaultEphemeralDevice,
    Optional<String> defaultSwapDevice,
    Optional<String> userData,
    Optional<Integer> extraId,
    Optional<String> flavor,
    Optional<String> keypairs,
    Optional<String> deviceMetadata,
    Optional<String> numaTopology,
    Optional<String> networkInfo,
    Optional<Integer> ec2Id) {

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
          where i.uuid = :uuid and i.deleted = 0
          """);

  /** Neither id's column is unique to the instance; as for nova, the oldest row counts. */
  private static final Comparator<InstanceRow> OLDEST =
      Comparator.comparing((InstanceRow row) -> row.extraId.orElse(Integer.MAX_VALUE))
          .thenComparing(row -> row.ec2Id.orElse(Integer.MAX_VALUE));

  /**
   * Reads an instance.
   *
   * @return the row; empty when no living instance has that UUID
   */
  static Optional<InstanceRow> read(CellSession session, String uuid) throws SQLException {
    return session.list(QUERY, Map.of("uuid", uuid)).stream().min(OLDEST);
  }
}
