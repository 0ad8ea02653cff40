#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Puts two instances into the chain's cloud: their ports into Neutron, their rows into nova's databases.

  cloud.py NEUTRON-URL MARIADB-SOCKET

Neutron draws the ports' addresses; the rows then say of the ports what nova would have written. Prints, as
JSON, what is now true of each guest, for whoever compares it with what the guest is told.
"""
import base64
import json
import sys
import urllib.request
import uuid
import zlib

import pymysql

PROJECT = "c4a1d0e2f35b46789a0b1c2d3e4f5061"
USER = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIChainChainChainChainChainChainChainChain root@chain"
CELL = "mysql+pymysql://chain:chain@127.0.0.1/nova_cell%d?charset=utf8"
DNS = ["192.0.2.53", "192.0.2.54"]
ROUTER, DHCP = "10.77.0.1", "10.77.0.2"


class Guest:
    """An instance as one would ask nova for it: the common part here, what differs in the arguments."""

    def __init__(self, name, groups, **different):
        self.name, self.groups = name, groups
        self.uuid, self.image = (str(uuid.uuid5(uuid.NAMESPACE_DNS, name + kind)) for kind in ("", ".image"))
        self.display_name, self.flavor, self.launch_index = name, "chain.small", 0
        self.key_name = self.floating = self.ec2_id = None
        self.injected = False
        self.meta = {}
        self.user_data = b""
        self.__dict__.update(different)


GUESTS = [
    Guest("web", ["http", "ssh"], key_name="chain-key", floating="203.0.113.7", ec2_id=0x4711,
          meta={"role": "front", "note": "größer als 5 €"},
          user_data=b"#!/bin/sh\necho 'I am web' > /etc/motd\n"),
    # what a guest with a large configuration sends: cloud-init unpacks gzip, and every byte counts
    Guest("db", ["ssh"], display_name="Datenbank № 2 東京", flavor="chain.large", launch_index=1, injected=True,
          user_data=zlib.compress(b"#cloud-config\nruncmd: [[echo, I am db]]\n" + bytes(range(256)), wbits=31)),
]


class Neutron:
    """neutron-server's API, where whoever asks is an administrator."""

    def __init__(self, url):
        self.url = url

    def create(self, kind, **fields):
        body = json.dumps({kind: dict(fields, project_id=PROJECT)}).encode()
        request = urllib.request.Request("%s/v2.0/%ss" % (self.url, kind.replace("_", "-")), body,
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)[kind]


def plug_in(neutron):
    """Gives each guest its port."""
    network = neutron.create("network", name="lan", mtu=1450)
    neutron.create("subnet", name="lan-v4", network_id=network["id"], ip_version=4, cidr="10.77.0.0/24",
                   gateway_ip=ROUTER, dns_nameservers=DNS, enable_dhcp=True,
                   allocation_pools=[{"start": "10.77.0.10", "end": "10.77.0.250"}])
    groups = {name: neutron.create("security_group", name=name)["id"] for name in ("http", "ssh")}
    for guest in GUESTS:
        port = neutron.create("port", network_id=network["id"], device_id=guest.uuid, device_owner="compute:nova",
                              security_groups=[groups[name] for name in guest.groups])
        guest.network, guest.port, guest.mac = network["id"], port["id"], port["mac_address"]
        guest.address = port["fixed_ips"][0]["ip_address"]


def address(text, kind, **more):
    return {"address": text, "type": kind, "version": 4, "meta": {}, **more}


def versioned(name, version, /, **data):
    return {"nova_object.name": name, "nova_object.namespace": "nova", "nova_object.version": version,
            "nova_object.data": data}


def network_info(guest):
    """nova's cache of the guest's port."""
    floating = [address(guest.floating, "floating")] if guest.floating else []
    subnet = {"cidr": "10.77.0.0/24", "version": 4, "gateway": address(ROUTER, "gateway"), "routes": [],
              "dns": [address(each, "dns") for each in DNS], "meta": {} if guest.injected else {"dhcp_server": DHCP},
              "ips": [address(guest.address, "fixed", floating_ips=floating)]}
    return [{"id": guest.port, "address": guest.mac, "type": "ovs", "devname": "tap" + guest.port[:11],
             "ovs_interfaceid": guest.port, "vnic_type": "normal", "active": True, "profile": {}, "details": {},
             "preserve_on_delete": False, "meta": {},
             "network": {"id": guest.network, "bridge": "br-int", "label": "lan", "subnets": [subnet],
                         "meta": {"injected": guest.injected, "tenant_id": PROJECT, "mtu": 1450}}}]


def flavor(guest):
    return {"cur": versioned("Flavor", "1.2", id=1, name=guest.flavor, memory_mb=2048, vcpus=2, root_gb=20,
                             ephemeral_gb=0, flavorid=guest.flavor, swap=0, rxtx_factor=1.0, vcpu_weight=0,
                             disabled=False, is_public=True, extra_specs={}), "old": None, "new": None}


def keypairs(guest):
    pairs = [versioned("KeyPair", "1.4", id=1, name=guest.key_name, user_id=USER, type="ssh", public_key=KEY,
                       fingerprint="00:11")] if guest.key_name else []
    return versioned("KeyPairList", "1.3", objects=pairs)


def insert(cursor, table, **columns):
    cursor.execute("insert into %s (%s) values (%s)" % (
        table, ", ".join("`%s`" % name for name in columns), ", ".join(["%s"] * len(columns))),
        list(columns.values()))


def map_cells(cursor):
    for number in (0, 1):
        insert(cursor, "cell_mappings", id=number + 1, uuid=str(uuid.UUID(int=number)), name="cell%d" % number,
               transport_url="none:///", database_connection=CELL % number, disabled=0)
    for guest in GUESTS:
        insert(cursor, "instance_mappings", instance_uuid=guest.uuid, cell_id=2, project_id=PROJECT,
               queued_for_delete=0, user_id=USER)


def write_rows(cursor, guest):
    insert(cursor, "instances", uuid=guest.uuid, deleted=0, user_id=USER, project_id=PROJECT, hostname=guest.name,
           display_name=guest.display_name, launch_index=guest.launch_index, image_ref=guest.image, kernel_id="",
           ramdisk_id="", key_name=guest.key_name, key_data=KEY if guest.key_name else None, vm_state="active",
           power_state=1, host="compute", node="compute", availability_zone="zone-1", root_device_name="/dev/vda",
           reservation_id="r-" + guest.name, user_data=base64.b64encode(guest.user_data).decode())
    insert(cursor, "instance_extra", instance_uuid=guest.uuid, deleted=0, flavor=json.dumps(flavor(guest)),
           keypairs=json.dumps(keypairs(guest)))
    insert(cursor, "instance_info_caches", instance_uuid=guest.uuid, deleted=0,
           network_info=json.dumps(network_info(guest)))
    for key, value in guest.meta.items():
        insert(cursor, "instance_metadata", instance_uuid=guest.uuid, deleted=0, key=key, value=value)
    if guest.ec2_id:
        insert(cursor, "instance_id_mappings", id=guest.ec2_id, uuid=guest.uuid, deleted=0)


def main(neutron_url, socket):
    plug_in(Neutron(neutron_url))
    with pymysql.connect(unix_socket=socket, user="root", charset="utf8", autocommit=True) as database:
        with database.cursor() as cursor:
            cursor.execute("use nova_api")
            map_cells(cursor)
            cursor.execute("use nova_cell1")
            for guest in GUESTS:
                write_rows(cursor, guest)
    for guest in GUESTS:
        guest.project, guest.public_key = PROJECT, KEY if guest.key_name else None
        guest.user_data = base64.b64encode(guest.user_data).decode()
    json.dump({guest.name: guest.__dict__ for guest in GUESTS}, sys.stdout, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
