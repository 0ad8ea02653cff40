// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;

/**
 * Nova's tables ({@code nova/db/api/models.py}, {@code nova/db/main/models.py}), and our own, where
 * it is. Only the columns that are read are here, so that any schema from Train on will do.
 */
final class Tables {
  /** What Hibernate is to know. */
  static final List<Class<?>> ALL =
      List.of(
          CellMapping.class,
          InstanceMapping.class,
          Instance.class,
          InstanceExtra.class,
          InstanceInfoCache.class,
          InstanceMetadata.class,
          InstanceSystemMetadata.class,
          BlockDeviceMapping.class,
          InstanceIdMapping.class,
          S3Image.class,
          CustomMetadata.class);

  private Tables() {}

  @Entity(name = "CellMapping")
  @Table(name = "cell_mappings")
  static final class CellMapping {
    @Id private Integer id;
    private String uuid;
    private String name;

    @Column(name = "database_connection")
    private String databaseConnection;
  }

  @Entity(name = "InstanceMapping")
  @Table(name = "instance_mappings")
  static final class InstanceMapping {
    @Id private Integer id;

    @Column(name = "instance_uuid")
    private String instanceUuid;

    @Column(name = "cell_id")
    private Integer cellId;
  }

  @Entity(name = "Instance")
  @Table(name = "instances")
  static final class Instance {
    @Id private Integer id;
    private String uuid;
    private Integer deleted;

    @Column(name = "project_id")
    private String projectId;

    @Column(name = "user_id")
    private String userId;

    private String hostname;

    @Column(name = "display_name")
    private String displayName;

    @Column(name = "launch_index")
    private Integer launchIndex;

    @Column(name = "availability_zone")
    private String availabilityZone;

    @Column(name = "reservation_id")
    private String reservationId;

    @Column(name = "image_ref")
    private String imageRef;

    @Column(name = "kernel_id")
    private String kernelId;

    @Column(name = "ramdisk_id")
    private String ramdiskId;

    @Column(name = "key_name")
    private String keyName;

    @Column(name = "key_data")
    private String keyData;

    @Column(name = "root_device_name")
    private String rootDeviceName;

    @Column(name = "default_ephemeral_device")
    private String defaultEphemeralDevice;

    @Column(name = "default_swap_device")
    private String defaultSwapDevice;

    @Column(name = "user_data")
    private String userData;
  }

  /** Nova looks at no row's {@code deleted} here. */
  @Entity(name = "InstanceExtra")
  @Table(name = "instance_extra")
  static final class InstanceExtra {
    @Id private Integer id;

    @Column(name = "instance_uuid")
    private String instanceUuid;

    private String flavor;
    private String keypairs;

    @Column(name = "device_metadata")
    private String deviceMetadata;

    @Column(name = "numa_topology")
    private String numaTopology;
  }

  /** Nova looks at no row's {@code deleted} here. */
  @Entity(name = "InstanceInfoCache")
  @Table(name = "instance_info_caches")
  static final class InstanceInfoCache {
    @Id private Integer id;

    @Column(name = "instance_uuid")
    private String instanceUuid;

    @Column(name = "network_info")
    private String networkInfo;
  }

  @Entity(name = "InstanceMetadata")
  @Table(name = "instance_metadata")
  static final class InstanceMetadata {
    @Id private Integer id;

    @Column(name = "instance_uuid")
    private String instanceUuid;

    @Column(name = "`key`")
    private String key;

    @Column(name = "`value`")
    private String value;

    private Integer deleted;
  }

  /** Nova looks at no row's {@code deleted} here. */
  @Entity(name = "InstanceSystemMetadata")
  @Table(name = "instance_system_metadata")
  static final class InstanceSystemMetadata {
    @Id private Integer id;

    @Column(name = "instance_uuid")
    private String instanceUuid;

    @Column(name = "`key`")
    private String key;

    @Column(name = "`value`")
    private String value;
  }

  @Entity(name = "BlockDeviceMapping")
  @Table(name = "block_device_mapping")
  static final class BlockDeviceMapping {
    @Id private Integer id;

    @Column(name = "instance_uuid")
    private String instanceUuid;

    @Column(name = "source_type")
    private String sourceType;

    @Column(name = "destination_type")
    private String destinationType;

    @Column(name = "guest_format")
    private String guestFormat;

    @Column(name = "device_name")
    private String deviceName;

    private Integer deleted;
  }

  /** Nova looks at no row's {@code deleted} here. */
  @Entity(name = "InstanceIdMapping")
  @Table(name = "instance_id_mappings")
  static final class InstanceIdMapping {
    @Id private Integer id;
    private String uuid;
  }

  /** What {@code instance_metadata} cannot hold, in a view that our own migrations make. */
  @Entity(name = "CustomMetadata")
  @Table(name = CustomMetadata.NAME)
  static final class CustomMetadata {
    static final String NAME = "nova_compat_custom_metadata";

    @Id private Integer id;

    @Column(name = "instance_uuid")
    private String instanceUuid;

    @Column(name = "`key`")
    private String key;

    @Column(name = "`value`")
    private String value;

    private Integer deleted;
  }

  /** Nova looks at no row's {@code deleted} here. */
  @Entity(name = "S3Image")
  @Table(name = "s3_images")
  static final class S3Image {
    @Id private Integer id;
    private String uuid;
  }
}
