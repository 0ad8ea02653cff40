# SPDX-License-Identifier: Apache-2.0
"""The servers that are measured: this project's, an empty servlet on the same Liberty, and nova's."""
import http.client
import os
import pathlib
import re
import shutil
import time
import xml.etree.ElementTree

from cloud import NovaConf
from machine import DISTRIBUTION, PROJECT, BenchError, find_program, java_tool, need, output

LONGEST_START = 120
META_DATA = "/openstack/latest/meta_data.json"
EMPTY = PROJECT / "bench" / "empty"
WORKERS = os.cpu_count() or 1
THREADS_PER_WORKER = 16

# eventlet's locks are of one thread; nova under uWSGI with several threads may take them from another's, and then
# the thread, or all of its process, waits for ever
HUNG = "cannot switch to a different thread"


class Service:
    """A server that listens on 127.0.0.1; one that was started for the run has a process, and may be restarted."""

    def __init__(self, name, port, process=None, start_again=None):
        self.name, self.port, self.process, self._start_again = name, port, process, start_again
        self._hung_before = 0

    @property
    def address(self):
        return "127.0.0.1:%d" % self.port

    def ask(self, path, target=None, seconds=10.0):
        """The status of an answer; None when there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request("GET", path, headers=target.headers() if target else {})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def wait_for(self, target, path=META_DATA):
        """Waits for the first 200; gives the seconds since the process was started."""
        end = time.monotonic() + LONGEST_START
        while self.ask(path, target, 30.0) != 200:
            if not self.process.is_alive():
                raise BenchError("%s has ended:\n%s" % (self.name, self.process.last_words()))
            if time.monotonic() > end:
                raise BenchError("%s does not answer:\n%s" % (self.name, self.process.last_words()))
            time.sleep(0.005)
        return time.monotonic() - self.process.started_at

    def answers(self, target):
        return self.ask(META_DATA, target, 30.0) == 200

    def has_hung(self):
        """Whether a part of it has stopped for good since it was started, as far as it says so."""
        return self._times_hung() > self._hung_before

    def _times_hung(self):
        return self.process.log.read_text(errors="replace").count(HUNG) if self.process else 0

    def restart(self, target):
        """Where we may: a nova that was started for the run."""
        if self._start_again:
            self._hung_before = self._times_hung()
            self.process = self._start_again(self.process)
            self.wait_for(target)


def options(groups):
    """nova.conf text of {group: {name: value}}."""
    return "".join("[%s]\n%s" % (group, "".join("%s = %s\n" % item for item in named.items()))
                   for group, named in groups.items())


def require_distribution():
    if not (DISTRIBUTION / "bin" / "nova-api-metadata").exists():
        raise BenchError("%s is not there; build it: mvn -B package -DskipTests" % DISTRIBUTION)


class Ours:
    """How this project's service is started, on top of somebody's nova.conf."""

    def __init__(self, machine, name, nova_conf, extra=None, jvm_args="", wrapper=()):
        require_distribution()
        self._machine, self.name, self.port = machine, name, machine.free_port()
        groups = {
            "DEFAULT": {"metadata_listen": "127.0.0.1", "metadata_listen_port": self.port,
                        "metadata_workers": WORKERS, "enabled_apis": "metadata", "log_dir": "", "log_file": "",
                        "state_path": machine.folder("state")},
            "neutron": {"service_metadata_proxy": "true"},
        }
        for group, named in (extra or {}).items():
            groups.setdefault(group, {}).update(named)
        ours = machine.write(name + ".conf", options(groups))
        self._command = [*wrapper, DISTRIBUTION / "bin" / "nova-api-metadata", "--config-file", nova_conf, "--config-file", ours]
        self._env = {"JVM_ARGS": (os.environ.get("JVM_ARGS", "") + " " + jvm_args).strip()}

    def prepare(self):
        """Has the archive of classes made, anew."""
        shutil.rmtree(DISTRIBUTION / "state" / "classes", ignore_errors=True)
        output(*self._command, "--prepare", seconds=300)

    def start(self):
        return Service(self.name, self.port, self._machine.start(self.name, self._command, self._env))


def haproxy(machine, nodes):
    """HAProxy as we ship its configuration, before two nodes."""
    port = machine.free_port()
    shipped = (PROJECT / "etc-nova-compat" / "haproxy.cfg").read_text().replace("bind :8775",
                                                                                "bind 127.0.0.1:%d" % port)
    for number, node in enumerate(nodes, 1):
        shipped = re.sub(r"(?m)^( *server node%d) \S+" % number, r"\g<1> 127.0.0.1:%d" % node.port, shipped)
    need("haproxy")
    process = machine.start("haproxy", [find_program("haproxy"), "-db", "-f", machine.write("haproxy.cfg", shipped)])
    return Service("HAProxy", port, process)


def empty_servlet(machine):
    """A servlet of one fixed answer, in a copy of our server's own configuration."""
    require_distribution()
    liberty = DISTRIBUTION / "wlp"
    user = machine.folder("empty-servlet")
    server = user / "servers" / "empty"
    shutil.copytree(liberty / "usr" / "servers" / "metadata", server,
                    ignore=shutil.ignore_patterns("apps", "workarea", "logs"))
    _deploy(server / "apps" / "empty.war", liberty)
    _point_at_empty_servlet(server / "server.xml")
    port = machine.free_port()
    with open(server / "bootstrap.properties", "a", encoding="utf-8") as properties:
        properties.write("\nmetadata_listen=127.0.0.1\nmetadata_listen_port=%d\nrequest_threads=%d\n"
                         % (port, WORKERS * THREADS_PER_WORKER))
    java = java_tool("java")
    command = [java, "@%s" % _opens(java, liberty), "@%s" % (server / "jvm.options"),
               *os.environ.get("JVM_ARGS", "").split(),
               "-jar", liberty / "bin" / "tools" / "ws-server.jar", "empty"]
    process = machine.start("empty-servlet", command, {"WLP_USER_DIR": str(user)})
    return Service("empty servlet", port, process)


def _deploy(war, liberty):
    """An unpacked WAR is one too."""
    classes = war / "WEB-INF" / "classes"
    classes.mkdir(parents=True)
    shutil.copy(EMPTY / "web.xml", war / "WEB-INF")
    api = next((liberty / "dev" / "api" / "spec").glob("io.openliberty.jakarta.servlet.6*.jar"))
    output(java_tool("javac"), "-cp", api, "-d", classes, EMPTY / "EmptyServlet.java")


def _point_at_empty_servlet(server_xml):
    tree = xml.etree.ElementTree.parse(server_xml)
    applications = tree.getroot().findall("webApplication")
    if len(applications) != 1:
        raise BenchError("%s is expected to have one webApplication" % server_xml)
    applications[0].set("location", "empty.war")
    tree.write(server_xml)


def _opens(java, liberty):
    version = int(output(java, "-version").split('"')[1].split(".")[0])
    return liberty / "lib" / "platform" / "java" / ("java24.options" if version >= 24 else "java9.options")


class Nova:
    """How nova's own service is started, on top of somebody's nova.conf: uWSGI, a process for each CPU."""

    def __init__(self, machine, name, nova_conf, threads, extra=None):
        self._machine, self.name, self.port, self._threads = machine, name, machine.free_port(), threads
        groups = {"DEFAULT": {"log_dir": "", "log_file": "", "use_stderr": "true", "use_syslog": "false",
                              "use_journal": "false", "state_path": machine.folder("state")},
                  "neutron": {"service_metadata_proxy": "true"},
                  "oslo_concurrency": {"lock_path": machine.folder("state")}}
        for group, named in (extra or {}).items():
            groups.setdefault(group, {}).update(named)
        ours = machine.write(name + ".conf", options(groups))
        self._conf = ";".join(map(str, (_paste(nova_conf), nova_conf, ours)))

    @staticmethod
    def is_installed():
        return all(map(find_program, ("uwsgi_python3", "nova-metadata-wsgi")))

    def start(self):
        return Service(self.name, self.port, self._process(), self._again)

    def _again(self, process):
        self._machine.stop(process)
        return self._process()

    def _process(self):
        command = [find_program("uwsgi_python3"), "--plugins", "python3",
                   "--wsgi-file", find_program("nova-metadata-wsgi"), "--master", "--processes", WORKERS,
                   "--threads", self._threads, "--enable-threads", "--lazy-apps", "--need-app", "--buffer-size", 65535,
                   "--disable-logging", "--die-on-term", "--http-socket", "127.0.0.1:%d" % self.port]
        return self._machine.start(self.name, command, {"OS_NOVA_CONFIG_FILES": self._conf})


def _paste(nova_conf):
    """The pipeline's file, which nova looks for as it does for nova.conf."""
    name = NovaConf(nova_conf).get("wsgi", "api_paste_config") or "api-paste.ini"
    for folder in (pathlib.Path(nova_conf).resolve().parent, pathlib.Path("/etc/nova")):
        if (folder / name).exists():
            return folder / name
    raise BenchError("there is no %s for %s" % (name, nova_conf))


def running_nova(name, url):
    """A nova that runs already."""
    host, _, port = url.removeprefix("http://").rstrip("/").partition(":")
    if host not in ("127.0.0.1", "localhost") or not port.isdigit():
        raise BenchError("%s: expected http://127.0.0.1:PORT, for what is far away is not compared fairly" % url)
    return Service(name, int(port))


def heap(service):
    """Bytes of the heap that are in use after full collections: as the collector counts them, and the live objects'."""
    jcmd, pid = java_tool("jcmd"), service.process.pid
    for _ in range(2):
        output(jcmd, pid, "GC.run", seconds=120)
    # one line with G1, one for each generation with others
    used = re.findall(r"(?:heap|generation)\s+total \d+K, used (\d+)K", output(jcmd, pid, "GC.heap_info"))
    histogram = output(jcmd, pid, "GC.class_histogram", seconds=120)
    live = re.search(r"^Total\s+\d+\s+(\d+)", histogram, re.MULTILINE)
    if not used or not live:
        raise BenchError("jcmd told of no heap in use")
    lines = re.findall(r"^\s*\d+:\s+(\d+)\s+(\d+)\s+(\S+)", histogram, re.MULTILINE)
    return {"used": sum(map(int, used)) * 1024, "live": int(live.group(1)),
            "classes": [{"class": name, "objects": int(count), "bytes": int(size)} for count, size, name in lines]}
