# SPDX-License-Identifier: Apache-2.0
"""A MariaDB of the bench's own, and in it clouds of as many instances as a benchmark wants.

The instances are those of one recording of the conformance test (a plain one, as a real nova wrote it)
over and over, each with a UUID, a fixed address, a MAC address, a port and a host name of its own. The
tables are copies of those of the nova to compare with, where there is one, so that nova itself can serve
them too; else those that the project ships for its demo."""
import hashlib
import json
import os
import re
import sys
import time

from cloud import NovaConf, Target, connect, pymysql, rows
from machine import PROJECT, BenchError, find_program, need, output, say

sys.path.append(str(PROJECT / "src" / "test" / "conformance"))
import recordings  # noqa: E402

RECORDINGS = PROJECT / "src" / "test" / "resources" / "conformance"
MIGRATIONS = PROJECT / "migrations" / "nova"
USER, PASSWORD = "bench", "bench"
BATCH = 50_000
CELL = "6e6f7661-2d63-4f6d-8061-742d62656e63"

# what nova fills in and the recording leaves out, because no answer shows it; columns a schema lacks are left out
UNSHOWN = {
    "instances": {"vm_state": "active", "power_state": 1, "memory_mb": 2048, "vcpus": 2, "root_gb": 20,
                  "ephemeral_gb": 0, "host": "compute1", "node": "compute1", "config_drive": "", "cleaned": 0,
                  "hidden": 0, "locked": 0, "progress": 0},
    "block_device_mapping": {"delete_on_termination": 1, "no_device": 0, "device_type": "disk", "volume_size": 1,
                             "connection_info": "{}"},
    "instance_mappings": {"queued_for_delete": 0, "user_id": "bench"},
}
API_TABLES = ("instance_mappings",)
SHARED_TABLES = ("s3_images",)


def uuid(name, number):
    digest = hashlib.md5(("%s-%d" % (name, number)).encode()).hexdigest()
    return "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:]))


def address(number):
    return "10.%d.%d.%d" % (number >> 16, number >> 8 & 255, number & 255)


class MariaDb:
    """The server, for as long as the run takes."""

    def __init__(self, machine, folder=None, buffer_pool_mb=1024):
        need("mariadbd", "mariadb-install-db")
        pymysql()
        self.port = machine.free_port()
        self.folder = folder or machine.work / ("mariadb-%d" % self.port)
        socket = machine.work / ("mariadb-%d.sock" % self.port)
        root = ["--user=root"] if os.geteuid() == 0 else []
        if not self.folder.exists():
            output(find_program("mariadb-install-db"), "--no-defaults", "--datadir=%s" % self.folder,
                   "--auth-root-authentication-method=normal", "--skip-test-db", *root, seconds=120)
        self._process = machine.start("mariadb", [
            find_program("mariadbd"), "--no-defaults", *root, "--datadir=%s" % self.folder, "--socket=%s" % socket,
            "--port=%d" % self.port, "--bind-address=127.0.0.1", "--pid-file=%s" % socket.with_suffix(".pid"),
            "--max-connections=500", "--skip-log-bin", "--innodb-buffer-pool-size=%dM" % buffer_pool_mb,
            "--innodb-log-file-size=512M", "--innodb-flush-log-at-trx-commit=0", "--skip-name-resolve"])
        self._root = self._connected(str(socket))
        self._execute("create or replace user %s@'%%' identified by '%s'" % (USER, PASSWORD))
        self._execute("grant all on *.* to %s@'%%'" % USER)

    def _connected(self, socket):
        driver = pymysql()
        end = time.monotonic() + 60
        while True:
            try:
                return driver.connect(unix_socket=socket, user="root", autocommit=True, charset="utf8mb4",
                                      cursorclass=driver.cursors.DictCursor)
            except driver.err.OperationalError:
                if not self._process.is_alive() or time.monotonic() > end:
                    raise BenchError("MariaDB did not start:\n" + self._process.last_words()) from None
                time.sleep(0.2)

    def _execute(self, statement, *values):
        with self._root.cursor() as cursor:
            cursor.execute(statement, values or None)

    def url(self, database):
        return "mysql+pymysql://%s:%s@127.0.0.1:%d/%s?charset=utf8" % (USER, PASSWORD, self.port, database)

    def jdbc(self, database):
        return "jdbc:mariadb://127.0.0.1:%d/%s?user=%s&password=%s" % (self.port, database, USER, PASSWORD)

    def sent(self, deed):
        """What is executed by others while something is done: (database, statement) pairs."""
        self._execute("set global log_output = 'TABLE'")
        self._execute("truncate mysql.general_log")
        self._execute("set global general_log = on")
        deed()
        self._execute("set global general_log = off")
        return [(row["db"], row["argument"]) for row in rows(
            self._root, "select p.db, convert(l.argument using utf8mb4) as argument from mysql.general_log l"
                        " join information_schema.processlist p on p.id = l.thread_id"
                        " where l.thread_id <> connection_id() and l.command_type in ('Query', 'Execute')"
                        " and l.argument <> 'SELECT 1' order by l.event_time")]

    def statements(self):
        """How many SELECTs the server has run so far."""
        return int(rows(self._root, "show global status like 'Com_select'")[0]["Value"])

    def megabytes(self, name):
        """What a cloud's tables and indexes take."""
        self._execute("analyze table %s_cell1.instances" % name)
        found = rows(self._root, "select sum(file_size) / 1048576 as mb from information_schema.innodb_sys_tablespaces"
                                 " where name like %s", name + "\\_%")
        return round(float(found[0]["mb"] or 0))

    def give_user_data(self, name, number, size):
        self._execute("update %s_cell1.instances set user_data = to_base64(repeat('#', %d)) where uuid = %%s"
                      % (name, size), uuid(name, number))

    def cloud(self, name, count, nova_conf):
        """A cloud of so many instances; kept when the folder has it already."""
        made = rows(self._root, "select 1 from information_schema.tables where table_schema = %s"
                                " and table_name = 'finished'", "%s_seed" % name)
        if not made:
            started = time.monotonic()
            self._make(name, count, nova_conf)
            say("%d instances written in %.0f s" % (count, time.monotonic() - started))
        self._execute("update %s_api.cell_mappings set database_connection = %%s" % name, self.url(name + "_cell1"))
        return GeneratedCloud(self, name, count, nova_conf)

    def _make(self, name, count, nova_conf):
        self._execute("set session unique_checks = 0, foreign_key_checks = 0, sql_mode = ''")
        for part in ("seed", "api", "cell1"):
            self._execute("drop database if exists %s_%s" % (name, part))
            self._execute("create database %s_%s character set utf8mb3" % (name, part))
        for part, statements in schema(nova_conf).items():
            self._execute("use %s_%s" % (name, part))
            for statement in statements:
                self._execute(statement)
        self._number(name, count)
        self._execute("insert into %s_api.cell_mappings (id, uuid, name, transport_url, database_connection, disabled)"
                      " values (1, '%s', 'cell1', 'fake://', '', 0)" % (name, CELL))
        shape = recordings.read(RECORDINGS)[recordings.BASE]
        for table, templates in shape["rows"].items():
            for template in templates:
                self._insert(name, count, table, template, shape)
        self._give_fixed_ips(name)
        self._execute("create table %s_seed.finished (at datetime)" % name)
        self._execute("drop table %s_seed.numbers" % name)

    def _give_fixed_ips(self, name):
        """Rows of nova-network's time, by which guests are known without Neutron, where the schema has that table."""
        if rows(self._root, "select 1 from information_schema.tables where table_schema = %s"
                            " and table_name = 'fixed_ips'", "%s_cell1" % name):
            self._execute("insert into %s_cell1.fixed_ips (address, instance_uuid, deleted)"
                          " select address, instance, 0 from %s_seed.numbers" % (name, name))

    def _number(self, name, count):
        """What is each instance's own, worked out once for all tables."""
        digest = "insert(insert(insert(insert(md5(%s), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')"
        self._execute(
            "create table %s_seed.numbers (n int primary key, instance char(36), port char(36), address varchar(15),"
            " mac char(17)) character set utf8mb3"
            " select seq as n, %s as instance, %s as port,"
            " concat_ws('.', 10, seq >> 16, seq >> 8 & 255, seq & 255) as address,"
            " concat('fa:16:3e:', insert(insert(lpad(hex(seq), 6, '0'), 3, 0, ':'), 6, 0, ':')) as mac"
            " from seq_1_to_%d" % (
                name, digest % ("concat('%s-', seq)" % name), digest % ("concat('port-%s-', seq)" % name), count))

    def _insert(self, name, count, table, template, shape):
        database = "%s_%s" % (name, "api" if table in API_TABLES else "cell1")
        known = {row["column_name"] for row in rows(
            self._root, "select column_name as column_name from information_schema.columns"
                        " where table_schema = %s and table_name = %s", database, table)}
        values = {**UNSHOWN.get(table, {}), **template}
        if "cell" in values:
            values["cell_id"] = 1
        values = {column: value for column, value in values.items() if column in known and column != "id"}
        own = Expressions(shape)
        expressions = {column: own.of(value) for column, value in values.items()}
        if table == "instances":
            expressions["hostname"] = expressions["display_name"] = "concat('vm-', n)"
        expressions["created_at"] = "'2024-05-17 08:30:00'"
        if table in ("instances", "instance_id_mappings"):
            expressions["id"] = "n"
        if table == "block_device_mapping" and "uuid" in known:
            expressions["uuid"] = "port"
        columns = ", ".join("`%s`" % column for column in expressions)
        statement = "insert into %s.%s (%s) select %s from %s_seed.numbers" % (
            database, table, columns, ", ".join(expressions.values()), name)
        if table in SHARED_TABLES:
            self._execute(statement + " where n = 1")
            return
        for first in range(1, count + 1, BATCH):
            self._execute(statement + " where n between %d and %d" % (first, first + BATCH - 1))


class Expressions:
    """SQL for the recorded instance's values, with another instance's own in the place of what is its own."""

    def __init__(self, shape):
        vif = json.loads(shape["rows"]["instance_info_caches"][0]["network_info"])[0]
        self._own = {shape["guest"]["instance"]: "instance", shape["guest"]["address"]: "address",
                     vif["address"]: "mac", vif["id"]: "port", vif["devname"]: "concat('tap', left(port, 11))"}

    def of(self, value):
        if not isinstance(value, str):
            return "null" if value is None else str(value)
        pieces = re.split("(%s)" % "|".join(map(re.escape, self._own)), value)
        terms = [self._own.get(piece) or quoted(piece) for piece in pieces if piece]
        return "concat(%s)" % ", ".join(terms) if terms else "''"


def quoted(text):
    return "'%s'" % text.replace("\\", "\\\\").replace("'", "\\'")


def schema(nova_conf):
    """The statements that make the tables of the two databases, in an order that works without foreign keys."""
    if nova_conf is None:
        return {"api": shipped("api.sql"), "cell1": shipped("cell.sql")}
    conf = NovaConf(nova_conf)
    return {"api": copied(conf.api_database()), "cell1": copied(conf.database())}


def shipped(file):
    text = re.sub(r"^--.*$", "", (MIGRATIONS / file).read_text(), flags=re.MULTILINE)
    return [statement for statement in text.split(";") if statement.strip()]


def copied(url):
    with connect(url) as source:
        tables = [list(row.values())[0] for row in rows(source, "show full tables where table_type = 'BASE TABLE'")]
        # without shadow_…, which hold what nova has archived
        return [re.sub(r" AUTO_INCREMENT=\d+", "", rows(source, "show create table `%s`" % table)[0]["Create Table"])
                for table in tables if not table.startswith("shadow_")]


class GeneratedCloud:
    """A cloud in the bench's own MariaDB."""

    def __init__(self, server, name, count, nova_conf):
        self._server, self.name, self.count, self._nova_conf = server, name, count, nova_conf
        self._project = recordings.read(RECORDINGS)[recordings.BASE]["guest"]["tenant"]
        self.secret = NovaConf(nova_conf).secret if nova_conf else "bench"

    def conf(self, machine):
        """The nova.conf below: that of the nova to compare with, or an empty one."""
        return self._nova_conf or machine.write("empty.conf", "")

    def options(self):
        """What leads a service to this cloud."""
        return {"api_database": {"connection": self._server.url(self.name + "_api")},
                "database": {"connection": self._server.url(self.name + "_cell1")},
                "neutron": {"metadata_proxy_shared_secret": self.secret}}

    def target(self, number):
        return Target(uuid(self.name, number), self._project, address(number), self.secret)

    def targets(self, count=None):
        """So many instances, or all, spread evenly over the tables."""
        wanted = min(count or self.count, self.count)
        return [self.target(1 + i * self.count // wanted) for i in range(wanted)]

    def give_user_data(self, number, size):
        """Lets an instance have so many bytes of user data."""
        self._server.give_user_data(self.name, number, size)

    def megabytes(self):
        return self._server.megabytes(self.name)
