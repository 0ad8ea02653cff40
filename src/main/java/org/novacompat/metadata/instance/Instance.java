// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One instance as its metadata needs it: the columns of nova's {@code instances} and its
 * satellites, decoded but not yet interpreted ({@code nova/objects/instance.py}).
 *
 * <p>An empty {@link Optional} is a NULL column (Python's {@code None}) and is not the same as an
 * empty string.
 *
 * @param uuid the instance's UUID, as nova spells it
 * @param projectId the owner
 * @param userId who created it
 * @param hostname the host name without a domain
 * @param displayName the name that the user gave
 * @param launchIndex the position in a multiple create
 * @param availabilityZone the zone it was scheduled to
 * @param reservationId EC2's reservation
 * @param imageRef the image's UUID; empty text when booted from a volume
 * @param keyName the name of the key pair chosen at create
 * @param keyData the public key chosen at create
 * @param keyPair the key pair as {@code instance_extra.keypairs} holds it; empty when it was
 *     deleted before it was copied there
 * @param flavorName the current flavor's name
 * @param ec2Ids the EC2 names of instance, image, kernel and ramdisk
 * @param blockDevices what the EC2 block device mapping is made of
 * @param userData user data, base64-decoded
 * @param metadata the user's metadata, in the database's order
 * @param customMetadata what else the user's metadata holds, in a table of our own because nova's
 *     cannot: JSON texts by key, in the database's order; no key that {@code metadata} has
 * @param password the encrypted administrator password, the {@code password_N} system metadata
 *     joined
 * @param devices tagged devices; empty when the column is NULL
 * @param dedicatedCpus the pinned CPUs of every NUMA cell, sorted
 * @param vifs the network information cache, in nova's order
 * @param unreadable what the database holds for this instance but cannot be read: what is made of
 *     it alone is not served, and what it would be a part of is served without it
 */
public record Instance(
    String uuid,
    Optional<String> projectId,
    Optional<String> userId,
    Optional<String> hostname,
    Optional<String> displayName,
    Optional<Integer> launchIndex,
    Optional<String> availabilityZone,
    Optional<String> reservationId,
    Optional<String> imageRef,
    Optional<String> keyName,
    Optional<String> keyData,
    Optional<KeyPair> keyPair,
    Optional<String> flavorName,
    Ec2Ids ec2Ids,
    BlockDevices blockDevices,
    Optional<UserData> userData,
    Map<String, Optional<String>> metadata,
    Map<String, String> customMetadata,
    Optional<String> password,
    List<Device> devices,
    List<Integer> dedicatedCpus,
    List<Vif> vifs,
    Set<Part> unreadable) {

  /** Copies what could be changed. */
  public Instance {
    metadata = OrderedMap.copyOf(metadata);
    customMetadata = OrderedMap.copyOf(customMetadata);
    unreadable = Set.copyOf(unreadable);
  }

  /** What of an instance may be broken without the rest being broken. */
  public enum Part {
    /** {@code instances.user_data} */
    USER_DATA,
    /** {@code instance_extra.flavor} */
    FLAVOR,
    /** {@code instance_extra.keypairs} */
    KEY_PAIR,
    /** {@code instance_extra.device_metadata} */
    DEVICES,
    /** {@code instance_extra.numa_topology} */
    NUMA_TOPOLOGY,
    /** {@code instance_info_caches.network_info} */
    NETWORK,
    /**
     * Rows of {@code instance_id_mappings} or {@code s3_images} that are missing and that the
     * database does not let us add; the {@link Ec2Ids} are without meaning then
     */
    EC2_IDS
  }
}
