# SPDX-License-Identifier: Apache-2.0
"""Reads the metadata service as cloud-init does at boot: cloud_init.py OpenStack|Ec2

Run by record_crawls.py, with the Python that has cloud-init, behind an HTTP proxy that stands for the
network between a guest and 169.254.169.254. Prints cloud-init's version."""
import sys
import tempfile

from cloudinit import distros, helpers, version
from cloudinit.sources.DataSourceEc2 import DataSourceEc2
from cloudinit.sources.DataSourceOpenStack import DataSourceOpenStack


def main(name):
    with tempfile.TemporaryDirectory() as folder:
        paths = helpers.Paths({"cloud_dir": folder, "run_dir": folder})
        distro = distros.fetch("debian")("debian", {}, paths)
        if name == "OpenStack":
            # what get_data does once it believes to be on OpenStack
            found = DataSourceOpenStack({}, distro, paths)._crawl_metadata()
            complete = found["metadata"] and found["ec2-metadata"]
        else:
            found = DataSourceEc2({}, distro, paths).crawl_metadata()
            complete = found.get("meta-data")
    if not complete:
        sys.exit("cloud-init found nothing")
    print(version.version_string())


if __name__ == "__main__":
    main(*sys.argv[1:])
