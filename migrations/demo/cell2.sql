-- SPDX-License-Identifier: Apache-2.0
-- The demo's second cell: an instance with two interfaces, IPv6, tagged devices, dedicated CPUs and
-- volumes.

INSERT INTO instances
  (created_at, id, uuid, deleted, user_id, project_id, image_ref, kernel_id, ramdisk_id,
   launch_index, key_name, key_data, power_state, vm_state, memory_mb, vcpus, root_gb,
   ephemeral_gb, hostname, display_name, host, node, user_data, reservation_id, availability_zone,
   root_device_name, config_drive, cleaned, hidden)
VALUES
  ('2024-05-17 08:30:00', 1, '9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202', 0,
   '7e6d5c4b3a294817a6b5c4d3e2f10987', '3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00',
   '2b7f3d54-0c1e-4a6d-9f28-b1c0d2e3f401', '', '', 1, NULL, NULL, 1, 'active', 8192, 4, 20, 0,
   'numa', 'numa', 'compute-7', 'compute-7', NULL, 'r-demo0002', 'east', '/dev/vda', '', 0, 0);

INSERT INTO instance_extra
  (created_at, deleted, instance_uuid, flavor, keypairs, device_metadata, numa_topology)
VALUES
  ('2024-05-17 08:30:00',
   0,
   '9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202',
   '{
      "cur": {
        "nova_object.name": "Flavor",
        "nova_object.namespace": "nova",
        "nova_object.version": "1.2",
        "nova_object.data": {
          "id": 2,
          "name": "demo.pinned",
          "memory_mb": 8192,
          "vcpus": 4,
          "root_gb": 20,
          "ephemeral_gb": 0,
          "flavorid": "demo-2",
          "swap": 0,
          "rxtx_factor": 1.0,
          "vcpu_weight": 0,
          "disabled": false,
          "is_public": true,
          "extra_specs": {"hw:cpu_policy": "dedicated", "hw:numa_nodes": "2"},
          "description": null,
          "deleted": false,
          "deleted_at": null
        }
      },
      "old": null,
      "new": null
    }',
   NULL,
   '{
      "nova_object.name": "InstanceDeviceMetadata",
      "nova_object.namespace": "nova",
      "nova_object.version": "1.0",
      "nova_object.data": {
        "devices": [
          {
            "nova_object.name": "NetworkInterfaceMetadata",
            "nova_object.namespace": "nova",
            "nova_object.version": "1.2",
            "nova_object.data": {
              "mac": "fa:16:3e:0a:00:02",
              "vf_trusted": false,
              "bus": {
                "nova_object.name": "PCIDeviceBus",
                "nova_object.namespace": "nova",
                "nova_object.version": "1.0",
                "nova_object.data": {"address": "0000:00:03.0"}
              },
              "tags": ["management"]
            }
          },
          {
            "nova_object.name": "NetworkInterfaceMetadata",
            "nova_object.namespace": "nova",
            "nova_object.version": "1.2",
            "nova_object.data": {
              "mac": "fa:16:3e:0a:00:03",
              "vlan": 1000,
              "vf_trusted": true,
              "bus": {
                "nova_object.name": "PCIDeviceBus",
                "nova_object.namespace": "nova",
                "nova_object.version": "1.0",
                "nova_object.data": {"address": "0000:00:04.0"}
              },
              "tags": ["storage", "trusted"]
            }
          },
          {
            "nova_object.name": "DiskMetadata",
            "nova_object.namespace": "nova",
            "nova_object.version": "1.0",
            "nova_object.data": {
              "serial": "7c1f0b9e-5d2a-4f88-a3c6-9e0d1b2f4a05",
              "bus": {
                "nova_object.name": "SCSIDeviceBus",
                "nova_object.namespace": "nova",
                "nova_object.version": "1.0",
                "nova_object.data": {"address": "0:0:0:1"}
              },
              "tags": ["database"]
            }
          }
        ]
      }
    }',
   '{
      "nova_object.name": "InstanceNUMATopology",
      "nova_object.namespace": "nova",
      "nova_object.version": "1.3",
      "nova_object.data": {
        "instance_uuid": "9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202",
        "emulator_threads_policy": null,
        "cells": [
          {
            "nova_object.name": "InstanceNUMACell",
            "nova_object.namespace": "nova",
            "nova_object.version": "1.6",
            "nova_object.data": {
              "id": 0,
              "cpuset": [],
              "pcpuset": [0, 1],
              "cpuset_reserved": null,
              "memory": 4096,
              "pagesize": null,
              "cpu_pinning_raw": {"0": 4, "1": 5},
              "cpu_policy": "dedicated",
              "cpu_thread_policy": null
            }
          },
          {
            "nova_object.name": "InstanceNUMACell",
            "nova_object.namespace": "nova",
            "nova_object.version": "1.6",
            "nova_object.data": {
              "id": 1,
              "cpuset": [],
              "pcpuset": [2, 3],
              "cpuset_reserved": null,
              "memory": 4096,
              "pagesize": null,
              "cpu_pinning_raw": {"2": 20, "3": 21},
              "cpu_policy": "dedicated",
              "cpu_thread_policy": null
            }
          }
        ]
      }
    }');

INSERT INTO instance_info_caches
  (created_at, deleted, instance_uuid, network_info)
VALUES
  ('2024-05-17 08:30:00',
   0,
   '9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202',
   '[
      {
        "id": "2d9e8c7b-6a5f-4e3d-8c2b-1a0f9e8d7c02",
        "address": "fa:16:3e:0a:00:02",
        "network": {
          "id": "b6c5d4e3-f2a1-4b0c-9d8e-7f6a5b4c3d02",
          "bridge": "br-int",
          "label": "private",
          "subnets": [
            {
              "cidr": "127.0.0.0/8",
              "version": 4,
              "gateway": {"address": "127.0.0.254", "type": "gateway", "version": 4, "meta": {}},
              "dns": [{"address": "192.0.2.53", "type": "dns", "version": 4, "meta": {}}],
              "ips": [
                {
                  "address": "127.0.0.2",
                  "type": "fixed",
                  "version": 4,
                  "meta": {},
                  "floating_ips": [{"address": "203.0.113.12", "type": "floating", "version": 4, "meta": {}}]
                }
              ],
              "routes": [
                {
                  "cidr": "198.51.100.0/24",
                  "gateway": {"address": "127.0.0.252", "type": "gateway", "version": 4, "meta": {}},
                  "interface": null,
                  "meta": {}
                }
              ],
              "meta": {"dhcp_server": "127.0.0.253"}
            },
            {
              "cidr": "2001:db8:12::/64",
              "version": 6,
              "gateway": {"address": "2001:db8:12::1", "type": "gateway", "version": 6, "meta": {}},
              "dns": [{"address": "2001:db8::53", "type": "dns", "version": 6, "meta": {}}],
              "ips": [
                {
                  "address": "2001:db8:12::f816:3eff:fe0a:2",
                  "type": "fixed",
                  "version": 6,
                  "meta": {},
                  "floating_ips": []
                }
              ],
              "routes": [],
              "meta": {"ipv6_address_mode": "slaac"}
            }
          ],
          "meta": {"injected": false, "tenant_id": "3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00", "mtu": 1450}
        },
        "type": "ovs",
        "details": {"port_filter": true},
        "devname": "tap2d9e8c7b-6a",
        "ovs_interfaceid": "2d9e8c7b-6a5f-4e3d-8c2b-1a0f9e8d7c02",
        "active": true,
        "vnic_type": "normal",
        "profile": {},
        "preserve_on_delete": false,
        "meta": {}
      },
      {
        "id": "3d9e8c7b-6a5f-4e3d-8c2b-1a0f9e8d7c03",
        "address": "fa:16:3e:0a:00:03",
        "network": {
          "id": "b6c5d4e3-f2a1-4b0c-9d8e-7f6a5b4c3d03",
          "bridge": "br-int",
          "label": "storage",
          "subnets": [
            {
              "cidr": "192.0.2.64/26",
              "version": 4,
              "gateway": {"address": "192.0.2.65", "type": "gateway", "version": 4, "meta": {}},
              "dns": [],
              "ips": [
                {
                  "address": "192.0.2.70",
                  "type": "fixed",
                  "version": 4,
                  "meta": {},
                  "floating_ips": []
                }
              ],
              "routes": [],
              "meta": {"dhcp_server": "192.0.2.66"}
            }
          ],
          "meta": {"injected": false, "tenant_id": "3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00", "mtu": 9000}
        },
        "type": "ovs",
        "details": {"port_filter": true},
        "devname": "tap3d9e8c7b-6a",
        "ovs_interfaceid": "3d9e8c7b-6a5f-4e3d-8c2b-1a0f9e8d7c03",
        "active": true,
        "vnic_type": "normal",
        "profile": {},
        "preserve_on_delete": false,
        "meta": {}
      }
    ]');

-- By address, guests are known by what nova-network keeps.
INSERT INTO virtual_interfaces
  (created_at, deleted, address, instance_uuid, uuid)
VALUES
  ('2024-05-17 08:30:00', 0, 'fa:16:3e:0a:00:02', '9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202', '2d9e8c7b-6a5f-4e3d-8c2b-1a0f9e8d7c02');

INSERT INTO fixed_ips
  (created_at, deleted, address, allocated, leased, reserved, instance_uuid)
VALUES
  ('2024-05-17 08:30:00', 0, '127.0.0.2', 1, 0, 0, '9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202');

INSERT INTO instance_metadata
  (created_at, deleted, instance_uuid, `key`, `value`)
VALUES
  ('2024-05-17 08:30:00', 0, '9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202', 'role', 'database');

INSERT INTO instance_system_metadata
  (created_at, deleted, instance_uuid, `key`, `value`)
VALUES
  ('2024-05-17 08:30:00', 0, '9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202', 'boot_roles',
   'member,reader');

INSERT INTO block_device_mapping
  (created_at, deleted, instance_uuid, uuid, device_name, source_type, destination_type,
   guest_format, device_type, disk_bus, boot_index, volume_id, volume_size, image_id, tag,
   delete_on_termination, no_device)
VALUES
  ('2024-05-17 08:30:00', 0, '9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202',
   'a1b2c3d4-0000-4000-8000-000000000003', '/dev/vda', 'image', 'local', NULL, 'disk', 'virtio',
   0, NULL, 10, '2b7f3d54-0c1e-4a6d-9f28-b1c0d2e3f401', NULL, 1, 0),
  ('2024-05-17 08:30:00', 0, '9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202',
   'a1b2c3d4-0000-4000-8000-000000000004', '/dev/vdb', 'volume', 'volume', NULL, 'disk', 'virtio',
   -1, '7c1f0b9e-5d2a-4f88-a3c6-9e0d1b2f4a05', 10, NULL, 'database', 1, 0),
  ('2024-05-17 08:30:00', 0, '9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202',
   'a1b2c3d4-0000-4000-8000-000000000005', '/dev/vdc', 'blank', 'local', 'swap', 'disk', 'virtio',
   -1, NULL, 10, NULL, NULL, 1, 0),
  ('2024-05-17 08:30:00', 0, '9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202',
   'a1b2c3d4-0000-4000-8000-000000000006', '/dev/vdd', 'blank', 'local', 'ext4', 'disk', 'virtio',
   -1, NULL, 10, NULL, NULL, 1, 0);

INSERT INTO instance_id_mappings
  (created_at, deleted, uuid)
VALUES
  ('2024-05-17 08:30:00', 0, '9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202');

INSERT INTO s3_images
  (created_at, deleted, uuid)
VALUES
  ('2024-05-17 08:30:00', 0, '2b7f3d54-0c1e-4a6d-9f28-b1c0d2e3f401');

-- The cell's services and the revision of its tables, as nova has them in 2026.1.
INSERT INTO services
  (created_at, host, `binary`, topic, report_count, disabled, deleted, last_seen_up, forced_down,
   version, uuid)
VALUES
  ('2024-05-17 08:30:00', 'conductor-2', 'nova-conductor', 'conductor', 1, 0, 0, UTC_TIMESTAMP(), 0,
   72, '0d5c1f6e-3b7a-4e28-9a41-5f0e7c2d20a1'),
  ('2024-05-17 08:30:00', 'compute-2', 'nova-compute', 'compute', 1, 0, 0, UTC_TIMESTAMP(), 0,
   72, '0d5c1f6e-3b7a-4e28-9a41-5f0e7c2d20a2');

INSERT INTO alembic_version (version_num) VALUES ('2903cd72dc14');
