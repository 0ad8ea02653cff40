// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;

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
   * Each table is joined by the UUID asked for, not by the instance's, so that its index serves
   * even where an upgraded cloud's tables differ in character set.
   */
  private static final String QUERY =
      """
      select i.uuid, i.projectId, i.userId, i.hostname, i.displayName, i.launchIndex,
        i.availabilityZone, i.reservationId, i.imageRef, i.kernelId, i.ramdiskId, i.keyName,
        i.keyData, i.rootDeviceName, i.defaultEphemeralDevice, i.defaultSwapDevice, i.userData,
        e.id, e.flavor, e.keypairs, e.deviceMetadata, e.numaTopology,
        c.networkInfo,
        m.id
      from Instance i
        left join InstanceExtra e on e.instanceUuid = :uuid
        left join InstanceInfoCache c on c.instanceUuid = :uuid
        left join InstanceIdMapping m on m.uuid = :uuid
      where i.uuid = :uuid and i.deleted = 0
      """;

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
  static Optional<InstanceRow> read(StatelessSession session, String uuid) {
    return session
        .createSelectionQuery(QUERY, InstanceRow.class)
        .setParameter("uuid", uuid)
        .list()
        .stream()
        .min(OLDEST);
  }
}
