#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Records what nova-api-metadata answers, for the conformance test to replay.

Creates the instances of shapes.py in a nova's database, asks that nova's metadata service everything
of questions.py as neutron-metadata-agent would ask, writes one JSON file for each shape (what differs
from the shape `plain` in the database rows and in the answers: see recordings.py), and deletes what it created.

It needs nova itself (its Python package, release 26 "Zed" for the recordings that the project keeps),
the nova.conf of a deployment that may be written to, with at least two cells beside cell0, one of them
the database of [database] connection, and its running nova-api-metadata with
[neutron] service_metadata_proxy on. It touches no row but its own: their project is the UUID5 "project"
below, their UUIDs are UUID5s of the shapes' names. The rows of the EC2 id tables get ids between one and
two million, so the next ids that nova gives out there are above that. Use a deployment made for tests.

Recording again gives the same files, byte for byte, but for the ids that nova itself gives to the shapes
*-ec2-rows-missing; and nova remembers those until it is restarted, so restart it before recording these
again. Where ours is meant to answer otherwise than nova, a recording has a "differences" section, written
by hand and kept when the file is recorded again. Each difference has

  why         the reason
  method      the HTTP method that it is about; left out, any
  paths       the paths that it is about; left out, all on which nova failed
  like        the shape whose right answers are right here too, but for the instance's names; left out,
              nova's page for what it does not find is right
  replacing   further words of that shape's answers, and what stands for them here
  without     leaves of meta-data that are not here: they are not listed, and not found
  answers     what is right instead on some of the paths; a status 404 alone is nova's page

Ours may have answers there that no shape has. To have them filled in, let the test write what the built
server answers, put that into the recordings (neither needs nova), and review what `git diff` shows:

  mvn -B verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ConformanceIT \\
      -Dconformance.differences=/tmp/differences.json
  python3 src/test/conformance/record.py --output src/test/resources/conformance \\
      --differences /tmp/differences.json
"""
import argparse
import base64
import contextlib
import hashlib
import hmac
import http.client
import json
import os
import re
import shutil
import sys
import time
import urllib.parse

import questions
import recordings
import shapes

SEED = re.compile(rb'"random_seed": "([A-Za-z0-9+/=]+)"')

# the columns that metadata is made of; ids only where they are shown
COLUMNS = {
    "instances": [
        "uuid", "user_id", "project_id", "hostname", "display_name", "launch_index", "availability_zone",
        "reservation_id", "image_ref", "kernel_id", "ramdisk_id", "key_name", "key_data",
        "root_device_name", "default_ephemeral_device", "default_swap_device", "user_data", "deleted"],
    "instance_extra": ["instance_uuid", "flavor", "keypairs", "device_metadata", "numa_topology", "deleted"],
    "instance_info_caches": ["instance_uuid", "network_info", "deleted"],
    "instance_metadata": ["instance_uuid", "key", "value", "deleted"],
    "instance_system_metadata": ["instance_uuid", "key", "value", "deleted"],
    "block_device_mapping": ["instance_uuid", "source_type", "destination_type", "guest_format",
                             "device_name", "boot_index", "deleted"],
}
EC2_COLUMNS = ["id", "uuid", "deleted"]


class Nova:
    """An installed nova: its objects, its cells and the tables in them."""

    def __init__(self, nova_conf):
        from nova import config, context, objects
        config.parse_args(["record", "--config-file", nova_conf])
        objects.register_all()
        self.admin = context.get_admin_context()
        self.cells = dict(zip(("first", "second"), self._cells()))

    def _cells(self):
        import nova.conf
        from nova import objects
        default = nova.conf.CONF.database.connection
        cells = [cell for cell in objects.CellMappingList.get_all(self.admin) if not cell.is_cell0()]
        cells.sort(key=lambda cell: cell.database_connection.split("?")[0] != default.split("?")[0])
        if len(cells) < 2 or cells[0].database_connection.split("?")[0] != default.split("?")[0]:
            sys.exit("record: needs two cells, one of them the database of [database] connection")
        return cells

    @property
    def cache_seconds(self):
        import nova.conf
        return nova.conf.CONF.api.metadata_cache_expiration

    @property
    def secret(self):
        import nova.conf
        return nova.conf.CONF.neutron.metadata_proxy_shared_secret

    @contextlib.contextmanager
    def cell(self, name):
        """A request context in the named cell."""
        from nova import context
        with context.target_cell(context.get_admin_context(), self.cells[name]) as targeted:
            yield targeted

    def execute(self, cell, statement, **values):
        """Runs one statement in a cell (in the API database when the cell is None); gives its rows."""
        import sqlalchemy
        from nova.db.api import api as api_db
        from nova.db.main import api as main_db
        with contextlib.ExitStack() as stack:
            engine = (main_db.get_engine(context=stack.enter_context(self.cell(cell))) if cell
                      else api_db.get_engine())
            result = stack.enter_context(engine.begin()).execute(sqlalchemy.text(statement), values)
            return [dict(row._mapping) for row in result] if result.returns_rows else []

    def select(self, cell, table, columns, uuid):
        owner = "uuid" if "uuid" in columns else "instance_uuid"
        return self.execute(cell, "select %s from %s where %s = :uuid order by id" % (
            ", ".join("`%s`" % column for column in columns), table, owner), uuid=uuid)

    def create(self, shape):
        from nova import objects
        with self.cell(shape.cell) as targeted:
            shape.create(targeted)
        for statement, values in shape.statements:
            self.execute(shape.cell, statement, uuid=shape.uuid, **values)
        if shape.mapping is not None:
            cell = self.cells.get(shape.mapping)
            objects.InstanceMapping(
                self.admin, instance_uuid=shape.uuid, project_id=shape.project, user_id=shapes.USER,
                cell_mapping=cell, queued_for_delete=False).create()

    def rows(self, shape):
        """The rows of an instance, but for those that nova adds when it is first asked."""
        return {table: valued(self.select(shape.cell, table, columns, shape.uuid))
                for table, columns in COLUMNS.items()}

    def ec2_rows(self, shape):
        """The EC2 ids that the answers show, those that nova added among them."""
        images = {image: None for image in shape.images if image}
        return {"instance_id_mappings": self.select(shape.cell, "instance_id_mappings", EC2_COLUMNS, shape.uuid),
                "s3_images": [row for image in images
                              for row in self.select(shape.cell, "s3_images", EC2_COLUMNS, image)]}

    def mapping_rows(self, shape):
        names = {cell.id: name for name, cell in self.cells.items()}
        found = self.execute(None, "select instance_uuid, project_id, cell_id from instance_mappings"
                                   " where instance_uuid = :uuid", uuid=shape.uuid)
        return {"instance_mappings": valued([
            {"instance_uuid": row["instance_uuid"], "project_id": row["project_id"],
             "cell": names.get(row["cell_id"])} for row in found])}

    def delete(self, shape):
        self.execute(None, "delete from instance_mappings where instance_uuid = :uuid", uuid=shape.uuid)
        for cell in self.cells:
            for table in reversed(COLUMNS):
                owner = "uuid" if table == "instances" else "instance_uuid"
                self.execute(cell, "delete from %s where %s = :uuid" % (table, owner), uuid=shape.uuid)
            self.execute(cell, "delete from instance_id_mappings where uuid = :uuid", uuid=shape.uuid)
            for image in filter(None, shape.images):
                self.execute(cell, "delete from s3_images where uuid = :uuid", uuid=image)


class Service:
    """A running nova-api-metadata."""

    def __init__(self, url, secret):
        self.address = urllib.parse.urlsplit(url).netloc
        self.secret = secret.encode()

    def sign(self, uuid):
        return hmac.new(self.secret, uuid.encode(), hashlib.sha256).hexdigest()

    def ask(self, shape, question):
        """The answer; status 0 when nova dropped the connection."""
        headers = questions.CALLERS[question.caller](shape, self.sign)
        if question.accept is not None:
            headers["Accept"] = question.accept
        connection = http.client.HTTPConnection(self.address, timeout=60)
        try:
            connection.request(question.method, question.path, headers=headers)
            response = connection.getresponse()
            body = masked(response.read())
            return (recordings.Answer(500) if response.status == 500
                    else recordings.Answer(response.status, response.getheader("Content-Type"), body))
        except http.client.HTTPException:
            return recordings.Answer(0)
        finally:
            connection.close()


def valued(rows):
    """The rows without their NULL columns."""
    return [{column: value for column, value in row.items() if value is not None} for row in rows]


def masked(body):
    """The body with its random seed, which must be 512 bytes, replaced by a word."""
    seed = SEED.search(body)
    if not seed:
        return body
    if len(base64.b64decode(seed.group(1), validate=True)) != 512:
        raise ValueError("not 512 bytes: %r" % seed.group(0))
    return body.replace(seed.group(1), b"RANDOM")


def remembered_ids(service, shape, ec2_rows):
    """Whether nova answers with EC2 ids that are not in the database (nova/objects/ec2.py: memoize)."""
    answer = service.ask(shape, questions.Question("/1.0/meta-data/instance-id"))
    given = [b"i-%08x" % row["id"] for row in ec2_rows["instance_id_mappings"][:1]]
    return answer.status == 200 and [answer.body] != given


def recording(shape, rows, requests, before):
    """What is known of a shape; its differences, written by hand, are kept from the recording before."""
    return {"shape": shape.name, "why": shape.why, "cell": shape.cell,
            "guest": {"instance": shape.uuid, "tenant": shape.project, "address": shape.address},
            **{name: before[name] for name in ("differences",) if name in before},
            "rows": {table: found for table, found in rows.items() if found}, "requests": requests}


def put_differences(path, directory):
    """Puts what the test says that ours answers where a difference is meant into the recordings."""
    own = read(path)
    kept = recordings.read(directory)
    for shape, one in kept.items():
        for difference in one.get("differences", []):
            about = set(questions.expand(difference["paths"])) if "paths" in difference else failed(one)
            put_answers(difference, [mine for mine in own if mine["where"] == shape and mine["path"] in about])
    recordings.write(directory, kept)
    everywhere = os.path.join(directory, "cloud", "differences.json")
    differences = read(everywhere)
    for difference in differences:
        about = set(questions.expand(difference["paths"]))
        put_answers(difference, [mine for mine in own if mine["where"] == "" and mine["path"] in about])
    recordings.write_file(everywhere, differences)


def put_answers(difference, own):
    requests = {}
    for one in own:
        asked = questions.Question(one["path"], method=difference.get("method", "GET"))
        requests.setdefault(asked, recordings.Answer(404) if one["status"] == 404 else recordings.Answer(
            one["status"], one["type"], base64.b64decode(one["body"])))
    difference.pop("answers", None)
    if requests:
        difference["answers"] = recordings.written(requests)


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def failed(one):
    return {asked.path for asked, answer in one["requests"].items() if answer.status in (0, 500)}


def write_cloud(directory):
    """What of the deployment's configuration shows in the answers: the vendor data and a few options."""
    import nova.conf
    api = nova.conf.CONF.api
    os.makedirs(directory, exist_ok=True)
    with open(os.path.join(directory, "nova.conf"), "w", encoding="utf-8") as file:
        file.write("# the options of the recorded nova that show in its answers; its vendor data is vendordata.json\n"
                   "[api]\ndhcp_domain = %s\nvendordata_providers = %s\n" % (
                       api.dhcp_domain, ",".join(api.vendordata_providers)))
    if api.vendordata_jsonfile_path:
        shutil.copyfile(api.vendordata_jsonfile_path, os.path.join(directory, "vendordata.json"))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nova-conf", metavar="FILE", default=os.environ.get("NOVA_CONF"),
                        help="the deployment's nova.conf (or environment NOVA_CONF)")
    parser.add_argument("--metadata-url", metavar="URL", default=os.environ.get("NOVA_METADATA_URL"),
                        help="its metadata service, such as http://192.0.2.7:8775 (or NOVA_METADATA_URL); the"
                             " fewer seconds it caches, the fewer [api] metadata_cache_expiration makes us wait")
    parser.add_argument("--output", metavar="DIR", default=os.environ.get("CONFORMANCE_OUTPUT"),
                        help="where the recordings go: src/test/resources/conformance (or CONFORMANCE_OUTPUT)")
    parser.add_argument("--differences", metavar="FILE",
                        help="record nothing: put these answers of ours into the recordings' differences")
    parser.add_argument("--list", action="store_true", help="print the shapes and end")
    parser.add_argument("shapes", metavar="SHAPE", nargs="*", help="record these alone (default: all)")
    given = parser.parse_args()
    if given.differences and not given.output:
        parser.error("--output is needed")
    if not (given.list or given.differences) and not (
            given.nova_conf and given.metadata_url and given.output):
        parser.error("--nova-conf, --metadata-url and --output are needed")
    return given


def record(given):
    nova = Nova(given.nova_conf)
    service = Service(given.metadata_url, nova.secret)
    chosen = [shape for shape in shapes.drawn() if not given.shapes or shape.name in given.shapes]
    kept = recordings.read(given.output)
    if recordings.BASE not in [*kept, *(shape.name for shape in chosen)]:
        sys.exit("record: the others are written as they differ from %s: record that too" % recordings.BASE)
    write_cloud(os.path.join(given.output, "cloud"))
    try:
        for shape in chosen:
            nova.delete(shape)
        for shape in chosen:
            nova.create(shape)
        time.sleep(nova.cache_seconds + 1)
        for shape in chosen:
            rows = nova.rows(shape)
            requests = {question: service.ask(shape, question) for question in shape.questions}
            ec2_rows = nova.ec2_rows(shape)
            if remembered_ids(service, shape, ec2_rows):
                print("%-36s left as it was: nova remembers EC2 ids of an earlier recording for a week, or until"
                      " it is restarted" % shape.name)
                continue
            kept[shape.name] = recording(
                shape, {**nova.mapping_rows(shape), **rows, **ec2_rows}, requests, kept.get(shape.name, {}))
            print("%-36s %5d questions %4d answers" % (shape.name, len(requests), len(set(requests.values()))))
        recordings.write(given.output, kept)
    finally:
        for shape in chosen:
            nova.delete(shape)


def main():
    given = arguments()
    if given.list:
        for shape in shapes.table():
            print("%-36s %s" % shape)
        return
    if given.differences:
        put_differences(given.differences, given.output)
        return
    record(given)


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":
        # sets are serialized by nova in their own order: the same at every recording
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    main()
