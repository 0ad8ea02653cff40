#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Does with nova's own objects what nova's API does to an instance, for NovaManageIT.

usage: instance.py NOVA_CONF create UUID PROJECT   an active instance without metadata, mapped to cell1
       instance.py NOVA_CONF set UUID KEY VALUE    as `openstack server set --property`
       instance.py NOVA_CONF unset UUID KEY        as `openstack server unset --property`
       instance.py NOVA_CONF show UUID             prints the metadata that nova sees, as JSON
       instance.py NOVA_CONF destroy UUID          as `openstack server delete` at its end
"""
import eventlet

eventlet.monkey_patch()

import json
import sys

from nova import config, context, objects
from oslo_utils import timeutils

FLAVOR = dict(id=1, name="f", memory_mb=1, vcpus=1, root_gb=1, ephemeral_gb=0, flavorid="1", swap=0, rxtx_factor=1,
              vcpu_weight=0, disabled=False, is_public=True, extra_specs={}, projects=[])


def find(admin, uuid):
    return objects.Instance.get_by_uuid(admin, uuid, expected_attrs=["metadata"])


def create(admin, uuid, project):
    instance = objects.Instance(admin, uuid=uuid, project_id=project, user_id="user", vm_state="active", hostname="host",
                                display_name="name", availability_zone="nova", launched_at=timeutils.utcnow())
    instance.flavor = objects.Flavor(**FLAVOR)
    instance.create()
    cells = objects.CellMappingList.get_all(admin)
    cell = [mapping for mapping in cells if not mapping.is_cell0()][0]
    objects.InstanceMapping(admin, instance_uuid=uuid, project_id=project, cell_mapping=cell).create()


def set_key(admin, uuid, key, value):
    instance = find(admin, uuid)
    instance.metadata = dict(instance.metadata, **{key: value})
    instance.save()


def unset_key(admin, uuid, key):
    find(admin, uuid).delete_metadata_key(key)


def show(admin, uuid):
    print(json.dumps(find(admin, uuid).metadata, sort_keys=True))


def destroy(admin, uuid):
    find(admin, uuid).destroy()


DEEDS = dict(create=create, set=set_key, unset=unset_key, show=show, destroy=destroy)

if __name__ == "__main__":
    config.parse_args(["nova", "--config-file", sys.argv[1]])
    objects.register_all()
    DEEDS[sys.argv[2]](context.get_admin_context(), *sys.argv[3:])
