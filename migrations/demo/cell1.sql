-- SPDX-License-Identifier: Apache-2.0
-- The demo's first cell: a plain instance, whose fixed address is 127.0.0.1 so that a curl from the
-- same machine is answered as if by that guest; and one with an injected static network, a
-- password, kernel and ramdisk, and a name that is not ASCII. The latter has no EC2 ids yet: the
-- service adds them.

INSERT INTO instances
  (created_at, id, uuid, deleted, user_id, project_id, image_ref, kernel_id, ramdisk_id,
   launch_index, key_name, key_data, power_state, vm_state, memory_mb, vcpus, root_gb,
   ephemeral_gb, hostname, display_name, host, node, user_data, reservation_id, availability_zone,
   root_device_name, config_drive, cleaned, hidden)
VALUES
  ('2024-05-17 08:30:00',
   1,
   '6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01',
   0,
   '7e6d5c4b3a294817a6b5c4d3e2f10987',
   '3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00',
   '2b7f3d54-0c1e-4a6d-9f28-b1c0d2e3f401',
   '',
   '',
   0,
   'demo-key',
   'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDemoDemoDemoDemoDemoDemoDemoDemoDemoDemoDemo demo@example.org',
   1,
   'active',
   2048,
   1,
   20,
   0,
   'plain',
   'plain',
   'compute-1',
   'compute-1',
   'IyEvYmluL3NoCmVjaG8gIkhlbGxvIGZyb20gdGhlIGRlbW8iID4gL2V0Yy9tb3RkCg==',
   'r-demo0001',
   'nova',
   '/dev/vda',
   '',
   0,
   0),
  ('2024-05-17 08:30:00',
   2,
   'd4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03',
   0,
   '7e6d5c4b3a294817a6b5c4d3e2f10987',
   '3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00',
   '2b7f3d54-0c1e-4a6d-9f28-b1c0d2e3f402',
   '2b7f3d54-0c1e-4a6d-9f28-b1c0d2e3f403',
   '2b7f3d54-0c1e-4a6d-9f28-b1c0d2e3f404',
   2,
   NULL,
   NULL,
   1,
   'active',
   4096,
   2,
   20,
   0,
   'zlutoucky-kun',
   'Žluťoučký kůň 馬',
   'compute-1',
   'compute-1',
   'I2Nsb3VkLWNvbmZpZwpsb2NhbGU6IGNzX0NaLlVURi04CmZpbmFsX21lc3NhZ2U6ICJIb3Rvdm8g4oCUIOWujOS6hiIK',
   'r-demo0003',
   'nova',
   '/dev/vda',
   '',
   0,
   0);

INSERT INTO instance_extra
  (created_at, deleted, instance_uuid, flavor, keypairs, device_metadata, numa_topology)
VALUES
  ('2024-05-17 08:30:00',
   0,
   '6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01',
   '{
      "cur": {
        "nova_object.name": "Flavor",
        "nova_object.namespace": "nova",
        "nova_object.version": "1.2",
        "nova_object.data": {
          "id": 1,
          "name": "demo.small",
          "memory_mb": 2048,
          "vcpus": 1,
          "root_gb": 20,
          "ephemeral_gb": 0,
          "flavorid": "demo-1",
          "swap": 0,
          "rxtx_factor": 1.0,
          "vcpu_weight": 0,
          "disabled": false,
          "is_public": true,
          "extra_specs": {},
          "description": null,
          "deleted": false,
          "deleted_at": null
        }
      },
      "old": null,
      "new": null
    }',
   '{
      "nova_object.name": "KeyPairList",
      "nova_object.namespace": "nova",
      "nova_object.version": "1.3",
      "nova_object.data": {
        "objects": [
          {
            "nova_object.name": "KeyPair",
            "nova_object.namespace": "nova",
            "nova_object.version": "1.4",
            "nova_object.data": {
              "id": 1,
              "name": "demo-key",
              "user_id": "7e6d5c4b3a294817a6b5c4d3e2f10987",
              "fingerprint": "4e:f0:51:0c:5b:91:4d:2f:29:0e:3a:88:6c:11:7b:c2",
              "public_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDemoDemoDemoDemoDemoDemoDemoDemoDemoDemoDemo demo@example.org",
              "type": "ssh"
            }
          }
        ]
      }
    }',
   NULL,
   NULL),
  ('2024-05-17 08:30:00',
   0,
   'd4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03',
   '{
      "cur": {
        "nova_object.name": "Flavor",
        "nova_object.namespace": "nova",
        "nova_object.version": "1.2",
        "nova_object.data": {
          "id": 3,
          "name": "demo.medium",
          "memory_mb": 4096,
          "vcpus": 2,
          "root_gb": 20,
          "ephemeral_gb": 0,
          "flavorid": "demo-3",
          "swap": 0,
          "rxtx_factor": 1.0,
          "vcpu_weight": 0,
          "disabled": false,
          "is_public": true,
          "extra_specs": {},
          "description": null,
          "deleted": false,
          "deleted_at": null
        }
      },
      "old": null,
      "new": null
    }',
   NULL,
   NULL,
   NULL);

INSERT INTO instance_info_caches
  (created_at, deleted, instance_uuid, network_info)
VALUES
  ('2024-05-17 08:30:00',
   0,
   '6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01',
   '[
      {
        "id": "1d9e8c7b-6a5f-4e3d-8c2b-1a0f9e8d7c01",
        "address": "fa:16:3e:0a:00:01",
        "network": {
          "id": "b6c5d4e3-f2a1-4b0c-9d8e-7f6a5b4c3d01",
          "bridge": "br-int",
          "label": "loopback",
          "subnets": [
            {
              "cidr": "127.0.0.0/8",
              "version": 4,
              "gateway": {"address": "127.0.0.254", "type": "gateway", "version": 4, "meta": {}},
              "dns": [{"address": "192.0.2.53", "type": "dns", "version": 4, "meta": {}}],
              "ips": [
                {
                  "address": "127.0.0.1",
                  "type": "fixed",
                  "version": 4,
                  "meta": {},
                  "floating_ips": [{"address": "203.0.113.7", "type": "floating", "version": 4, "meta": {}}]
                }
              ],
              "routes": [],
              "meta": {"dhcp_server": "127.0.0.253"}
            }
          ],
          "meta": {"injected": false, "tenant_id": "3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00", "mtu": 1450}
        },
        "type": "ovs",
        "details": {"port_filter": true},
        "devname": "tap1d9e8c7b-6a",
        "ovs_interfaceid": "1d9e8c7b-6a5f-4e3d-8c2b-1a0f9e8d7c01",
        "active": true,
        "vnic_type": "normal",
        "profile": {},
        "preserve_on_delete": false,
        "meta": {}
      }
    ]'),
  ('2024-05-17 08:30:00',
   0,
   'd4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03',
   '[
      {
        "id": "4d9e8c7b-6a5f-4e3d-8c2b-1a0f9e8d7c04",
        "address": "fa:16:3e:0a:00:04",
        "network": {
          "id": "b6c5d4e3-f2a1-4b0c-9d8e-7f6a5b4c3d04",
          "bridge": "br-int",
          "label": "flat",
          "subnets": [
            {
              "cidr": "127.0.0.0/8",
              "version": 4,
              "gateway": {"address": "127.0.0.254", "type": "gateway", "version": 4, "meta": {}},
              "dns": [
                {"address": "192.0.2.53", "type": "dns", "version": 4, "meta": {}},
                {"address": "192.0.2.54", "type": "dns", "version": 4, "meta": {}}
              ],
              "ips": [
                {
                  "address": "127.0.0.3",
                  "type": "fixed",
                  "version": 4,
                  "meta": {},
                  "floating_ips": []
                }
              ],
              "routes": [
                {
                  "cidr": "203.0.113.0/24",
                  "gateway": {"address": "127.0.0.252", "type": "gateway", "version": 4, "meta": {}},
                  "interface": null,
                  "meta": {}
                }
              ],
              "meta": {}
            }
          ],
          "meta": {"injected": true, "tenant_id": "3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00", "mtu": 1500}
        },
        "type": "bridge",
        "details": {"port_filter": true},
        "devname": "tap4d9e8c7b-6a",
        "ovs_interfaceid": "4d9e8c7b-6a5f-4e3d-8c2b-1a0f9e8d7c04",
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
  ('2024-05-17 08:30:00', 0, 'fa:16:3e:0a:00:01', '6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01', '1d9e8c7b-6a5f-4e3d-8c2b-1a0f9e8d7c01'),
  ('2024-05-17 08:30:00', 0, 'fa:16:3e:0a:00:04', 'd4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03', '4d9e8c7b-6a5f-4e3d-8c2b-1a0f9e8d7c04');

INSERT INTO fixed_ips
  (created_at, deleted, address, allocated, leased, reserved, instance_uuid)
VALUES
  ('2024-05-17 08:30:00', 0, '127.0.0.1', 1, 0, 0, '6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01'),
  ('2024-05-17 08:30:00', 0, '127.0.0.3', 1, 0, 0, 'd4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03');

INSERT INTO instance_metadata
  (created_at, deleted, instance_uuid, `key`, `value`)
VALUES
  ('2024-05-17 08:30:00', 0, '6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01', 'role', 'webserver'),
  ('2024-05-17 08:30:00', 0, '6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01', 'environment', 'demo'),
  ('2024-05-17 08:30:00', 0, 'd4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03', 'poznámka', 'čeština'),
  ('2024-05-17 08:30:00', 0, 'd4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03', 'empty', '');

INSERT INTO instance_system_metadata
  (created_at, deleted, instance_uuid, `key`, `value`)
VALUES
  ('2024-05-17 08:30:00', 0, '6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01', 'image_os_distro', 'debian'),
  ('2024-05-17 08:30:00', 0, '6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01', 'boot_roles',
   'member,reader'),
  ('2024-05-17 08:30:00', 0, 'd4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03', 'image_os_type', 'windows'),
  ('2024-05-17 08:30:00',
   0,
   'd4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03',
   'password_0',
   'TmV2ZXIgYSByZWFsIHBhc3N3b3JkOiB0aGlzIHN0YW5kcyBmb3Igd2hhdCBhIFdpbmRvd3MgZ3Vlc3QgZW5jcnlwdHMgd2l0aCB0aGUgcHVibGljIGtleSBvZiBpdHMgb3duZXIgYW5kIHBvc3RzIHRvIHRoZSBtZXRhZGF0YSBzZXJ2aWNlLCB3aGVyZSB0aGUgb3duZXIgZmV0Y2hlcyBpdC4gTmV2ZXIgYSByZWFsIHBhc3N3b3JkOiB0aGl'),
  ('2024-05-17 08:30:00',
   0,
   'd4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03',
   'password_1',
   'zIHN0YW5kcyBmb3Igd2hhdCBhIFdpbmRvd3MgZ3Vlc3QgZW5jcnlwdHMgd2l0aCB0aGUgcHVibGljIGtleSBvZg=='),
  ('2024-05-17 08:30:00', 0, 'd4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03', 'password_2', ''),
  ('2024-05-17 08:30:00', 0, 'd4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03', 'password_3', '');

INSERT INTO block_device_mapping
  (created_at, deleted, instance_uuid, uuid, device_name, source_type, destination_type,
   guest_format, device_type, disk_bus, boot_index, volume_id, volume_size, image_id, tag,
   delete_on_termination, no_device)
VALUES
  ('2024-05-17 08:30:00', 0, '6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01',
   'a1b2c3d4-0000-4000-8000-000000000001', '/dev/vda', 'image', 'local', NULL, 'disk', 'virtio',
   0, NULL, 10, '2b7f3d54-0c1e-4a6d-9f28-b1c0d2e3f401', NULL, 1, 0),
  ('2024-05-17 08:30:00', 0, 'd4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03',
   'a1b2c3d4-0000-4000-8000-000000000002', '/dev/vda', 'image', 'local', NULL, 'disk', 'virtio',
   0, NULL, 10, '2b7f3d54-0c1e-4a6d-9f28-b1c0d2e3f402', NULL, 1, 0);

INSERT INTO instance_id_mappings
  (created_at, deleted, uuid)
VALUES
  ('2024-05-17 08:30:00', 0, '6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01');

INSERT INTO s3_images
  (created_at, deleted, uuid)
VALUES
  ('2024-05-17 08:30:00', 0, '2b7f3d54-0c1e-4a6d-9f28-b1c0d2e3f401');

-- The cell's services and the revision of its tables, as nova has them in 2026.1.
INSERT INTO services
  (created_at, host, `binary`, topic, report_count, disabled, deleted, last_seen_up, forced_down,
   version, uuid)
VALUES
  ('2024-05-17 08:30:00', 'conductor-1', 'nova-conductor', 'conductor', 1, 0, 0, UTC_TIMESTAMP(), 0,
   72, '0d5c1f6e-3b7a-4e28-9a41-5f0e7c2d10a1'),
  ('2024-05-17 08:30:00', 'compute-1', 'nova-compute', 'compute', 1, 0, 0, UTC_TIMESTAMP(), 0,
   72, '0d5c1f6e-3b7a-4e28-9a41-5f0e7c2d10a2');

INSERT INTO alembic_version (version_num) VALUES ('2903cd72dc14');
