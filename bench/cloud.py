# SPDX-License-Identifier: Apache-2.0
"""A nova to measure against: its nova.conf, the instances in its databases, and how neutron's metadata
agent would ask for them."""
import configparser
import hashlib
import hmac
import json
import string
import urllib.parse

from machine import BenchError

MOST_TARGETS = 1000


def signed(secret, uuid):
    return hmac.new(secret.encode(), uuid.encode(), hashlib.sha256).hexdigest()


class Target:
    """An instance to ask for."""

    def __init__(self, uuid, project, address, secret):
        self.uuid, self.project, self.address = uuid, project, address
        self.signature = signed(secret, uuid)

    def headers(self):
        return {"X-Instance-ID": self.uuid, "X-Instance-ID-Signature": self.signature,
                "X-Tenant-ID": self.project, "X-Forwarded-For": self.address}

    def line(self):
        return "\t".join([self.uuid, self.signature, self.address, self.project]) + "\n"


def write_targets(file, targets):
    with open(file, "w", encoding="ascii") as lines:
        lines.writelines(target.line() for target in targets)
    return file


class NovaConf:
    """The few options of a nova.conf that matter here."""

    def __init__(self, file):
        self.file = file
        self._options = configparser.RawConfigParser(strict=False, allow_no_value=True)
        try:
            with open(file, encoding="utf-8") as text:
                self._options.read_file(text)
        except (OSError, configparser.Error) as error:
            raise BenchError("cannot read %s: %s" % (file, error)) from None

    def get(self, group, name, default=None):
        if group != "DEFAULT" and not self._options.has_section(group):
            return default
        return self._options.get(group, name, fallback=default)

    @property
    def secret(self):
        return self.get("neutron", "metadata_proxy_shared_secret", "")

    def api_database(self):
        return self._required("api_database")

    def database(self):
        return self._required("database")

    def _required(self, group):
        url = self.get(group, "connection")
        if not url:
            raise BenchError("%s has no [%s] connection" % (self.file, group))
        return url


def pymysql():
    try:
        import pymysql as driver
    except ImportError:
        raise BenchError("this Python has no pymysql (Debian: python3-pymysql)") from None
    return driver


def connect(url):
    """Opens a connection to what an SQLAlchemy URL names; rows come as dictionaries."""
    driver = pymysql()
    parts = urllib.parse.urlsplit(url)
    return driver.connect(
        host=parts.hostname, port=parts.port or 3306, user=urllib.parse.unquote(parts.username or ""),
        password=urllib.parse.unquote(parts.password or ""), database=parts.path.strip("/") or None,
        charset="utf8", autocommit=True, cursorclass=driver.cursors.DictCursor)


def rows(connection, statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall()


class Cloud:
    """The instances of a nova, read from the databases that its nova.conf names. Nothing is written."""

    def __init__(self, conf):
        self.conf = conf

    def targets(self):
        """Living instances with a fixed address, of every cell."""
        with connect(self.conf.api_database()) as api:
            cells = rows(api, "select id, database_connection from cell_mappings")
            mapped = rows(api, "select instance_uuid, cell_id, project_id from instance_mappings"
                               " where cell_id is not null order by id limit %s", MOST_TARGETS)
        found = {}
        for cell in cells:
            uuids = [row["instance_uuid"] for row in mapped if row["cell_id"] == cell["id"]]
            if uuids:
                with connect(self._filled(cell["database_connection"])) as database:
                    found.update(_addresses(database, uuids))
        targets = [Target(row["instance_uuid"], row["project_id"], found[row["instance_uuid"]], self.conf.secret)
                   for row in mapped if row["instance_uuid"] in found]
        if not targets:
            raise BenchError("there is no instance with a fixed address in the nova of %s" % self.conf.file)
        return targets

    def _filled(self, template):
        """A cell's connection may be a template, filled in from [database] connection."""
        parts = urllib.parse.urlsplit(self.conf.database())
        values = {"scheme": parts.scheme, "username": parts.username or "", "password": parts.password or "",
                  "hostname": parts.hostname, "port": parts.port or 3306, "path": parts.path.strip("/"),
                  "query": parts.query, "fragment": parts.fragment}
        return string.Formatter().vformat(template, (), values)


def _addresses(database, uuids):
    """Instance to its first fixed IPv4 address."""
    found = {}
    for row in rows(database,
                    "select i.uuid, c.network_info from instances i"
                    " join instance_info_caches c on c.instance_uuid = i.uuid"
                    " where i.deleted = 0 and i.uuid in (%s)" % ", ".join(["%s"] * len(uuids)), *uuids):
        addresses = [ip["address"] for vif in json.loads(row["network_info"] or "[]")
                     for subnet in vif["network"]["subnets"] if subnet["version"] == 4 for ip in subnet["ips"]]
        if addresses:
            found[row["uuid"]] = addresses[0]
    return found
