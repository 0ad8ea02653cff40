#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Asks the metadata service everything, from inside a guest.

  guest.py MAC

Prints one JSON object; what is not text is in base64:
  pages       what curl got: for each path that the listings lead to {"status", "type", "body" (base64)}
  missing     the same for paths that are not there
  link_local  the same for meta_data.json from fe80::a9fe:a9fe, where the guest has IPv6; else null
  forged      the same for meta_data.json, asked with headers that name somebody else
  openstack   what cloud-init's OpenStack reader makes of it
  network     what cloud-init would configure: its translation of network_data.json for an eth0 with this MAC
  ec2         {"meta_data", "user_data" (base64)} as cloud-init's EC2 reader gives them
"""
import base64
import json
import logging
import subprocess
import sys

from cloudinit.sources.helpers import ec2, openstack

SERVICE = "http://169.254.169.254"
META_DATA = "/openstack/latest/meta_data.json"
MISSING = ["/nothing", "/openstack/latest/nothing", "/openstack/1999-01-01", "/latest/meta-data/nothing"]
FORGED = ["X-Instance-ID: 00000000-0000-4000-8000-000000000000", "X-Tenant-ID: nobody",
          "X-Instance-ID-Signature: 00", "X-Neutron-Network-ID: 00000000-0000-4000-8000-000000000000",
          "X-Neutron-Router-ID: 00000000-0000-4000-8000-000000000000", "X-Metadata-Provider: nobody"]


def curl(path, *options, service=SERVICE):
    told = subprocess.run(["curl", "--silent", "--show-error", "--globoff", "--max-time", "10", *options,
                           "--write-out", r"\n%{http_code} %{content_type}", service + path],
                          stdout=subprocess.PIPE, check=True).stdout
    body, _, last = told.rpartition(b"\n")
    status, _, content_type = last.decode().partition(" ")
    return {"status": int(status), "type": content_type, "body": base64.b64encode(body).decode()}


def lines(page):
    return base64.b64decode(page["body"]).decode().splitlines()


def walk_ec2(pages, folder):
    """A folder's listing marks folders by a slash, and public keys by NUMBER=NAME."""
    pages[folder] = curl(folder)
    for name in lines(pages[folder]):
        number, is_key, _ = name.partition("=")
        if is_key:
            walk_ec2(pages, folder + number + "/")
        elif name.endswith("/"):
            walk_ec2(pages, folder + name)
        else:
            pages[folder + name] = curl(folder + name)


def walk_openstack(pages):
    pages["/openstack"] = curl("/openstack")
    for version in lines(pages["/openstack"]):
        folder = "/openstack/" + version
        pages[folder] = curl(folder)
        for name in lines(pages[folder]):
            # the folder of injected files, which has no listing
            if name != "content/":
                pages[folder + "/" + name] = curl(folder + "/" + name)


def walk():
    pages = {"/": curl("/")}
    for version in lines(pages["/"]):
        walk_ec2(pages, "/" + version + "/")
    walk_ec2(pages, "/ec2/2009-04-04/")
    walk_openstack(pages)
    return pages


def has_link_local_address():
    try:
        with open("/proc/self/net/if_inet6", encoding="ascii") as addresses:
            return any(line.startswith("fe80") and line.split()[-1] == "eth0" for line in addresses)
    except FileNotFoundError:
        return False


def link_local():
    if not has_link_local_address():
        return None
    return curl(META_DATA, "--interface", "eth0", service="http://[fe80::a9fe:a9fe%25eth0]")


def forged():
    return curl(META_DATA, *(word for header in FORGED for word in ("--header", header)))


def as_text(value):
    return base64.b64encode(value).decode()


def main(mac):
    logging.basicConfig(stream=sys.stderr, level=logging.INFO)
    read = openstack.MetadataReader(SERVICE).read_v2()
    answers = {
        "pages": walk(),
        "missing": {path: curl(path) for path in MISSING},
        "link_local": link_local(),
        "forged": forged(),
        "openstack": read,
        "network": openstack.convert_net_json(read["networkdata"], known_macs={mac: "eth0"}),
        "ec2": {"meta_data": ec2.get_instance_metadata(), "user_data": ec2.get_instance_userdata()},
    }
    json.dump(answers, sys.stdout, indent=1, default=as_text)


if __name__ == "__main__":
    main(*sys.argv[1:])
