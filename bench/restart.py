# SPDX-License-Identifier: Apache-2.0
"""A start in a storm: guests of instances that nobody has asked for crawl a server that was just started, and two
nodes behind HAProxy that are restarted one after the other, beside a server that has been at it for a while."""
import concurrent.futures
import time

from cloud import write_targets
from database import MariaDb
from load import JavaTools, median, ratio
from machine import BenchError, say
from record_crawls import CRAWLS
from services import Ours, Service, haproxy
from setting import add_nova_arguments
from tables import table

LONGEST_WAIT = 60
NAMES = {"warm": "warm", "started": "just started", "rolling": "two nodes, restarted"}


def add_arguments(parser):
    add_nova_arguments(parser)
    parser.add_argument("--rate", type=float, default=64, help="guests a second (%(default)s)")
    parser.add_argument("--seconds", type=int, default=10, help="how long they arrive (%(default)s)")
    parser.add_argument("--warmup", type=int, default=10, help="how long they arrive unmeasured before, where it is warm (%(default)s)")
    parser.add_argument("--drain", type=int, default=30,
                        help="how long the last of them may take; later ones count as failed (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="of a warm server and a new one, in turns (%(default)s)")
    parser.add_argument("--rolling", type=int, default=1, help="how often two nodes are restarted (%(default)s)")
    parser.add_argument("--rolling-seconds", type=int, default=40, help="how long guests arrive then (%(default)s)")
    parser.add_argument("--instances", type=int, default=50_000, help="distinct ones (%(default)s)")
    parser.add_argument("--without-neutron", action="store_true",
                        help="our server is given no login for Neutron, so that security groups are empty")


QUICK = {"rate": 4, "seconds": 3, "warmup": 2, "drain": 10, "rounds": 1, "rolling_seconds": 25, "instances": 2000}


def run(machine, arguments):
    cloud = MariaDb(machine).cloud("restart", arguments.instances, arguments.nova_conf)
    starts = Starts(machine, arguments, cloud)
    found = {"warm": [], "started": [], "rolling": []}
    starts.prepare()
    for _ in range(arguments.rounds):
        found["warm"].append(starts.warm())
        found["started"].append(starts.started())
    for _ in range(arguments.rolling):
        found["rolling"].append(starts.rolling())
    return {"rate": arguments.rate, **found}


class Starts:
    """Servers on a cloud of many instances, and storms that each ask for the next ones of these."""

    def __init__(self, machine, arguments, cloud):
        self._machine, self._arguments, self._cloud = machine, arguments, cloud
        self._tools = JavaTools(machine)
        self._targets = write_targets(machine.work / "targets.tsv", cloud.targets())
        self._next = 0
        self._nodes = [self._node(name) for name in ("node1", "node2")]
        self._background = concurrent.futures.ThreadPoolExecutor(1)

    def _node(self, name):
        extra = self._cloud.options()
        if self._arguments.without_neutron:
            extra["neutron"].update(auth_type="", auth_url="")
        extra["nova_compat"] = {"drain_seconds": 5}
        return Ours(self._machine, name, self._cloud.conf(self._machine), extra)

    def prepare(self):
        self._nodes[0].prepare()

    def warm(self):
        service = self._start(self._nodes[0])
        found = told("warm", self._storm(service, self._arguments.seconds, unmeasured=self._arguments.warmup))
        self._machine.stop(service.process)
        return found

    def started(self):
        """The guests wait for the endpoint to open."""
        node = self._nodes[0]
        to_be = Service(node.name, node.port)
        storm = self._background.submit(self._storm, to_be, self._arguments.seconds,
                                        await_server=True)
        time.sleep(1)
        service = node.start()
        found = told("just started", storm.result())
        self._machine.stop(service.process)
        return found

    def rolling(self):
        nodes = [self._start(node) for node in self._nodes]
        proxy = haproxy(self._machine, nodes)
        self._until(lambda: proxy.answers(self._cloud.target(1)), proxy)
        warmup = self._arguments.warmup
        storm = self._background.submit(self._storm, proxy, self._arguments.rolling_seconds, unmeasured=warmup)
        time.sleep(warmup)
        events = []
        for number in range(2):
            time.sleep(self._arguments.seconds / 2)
            nodes[number] = self._restart(number, nodes[number], proxy, events)
        found = told("rolling", storm.result())
        found["events"] = [[at - found["began"], what] for at, what in events]
        for process in (proxy.process, *(node.process for node in nodes)):
            self._machine.stop(process)
        return found

    def _restart(self, number, running, proxy, events):
        name = "node%d" % (number + 1)
        events.append((time.time(), name + " is told to end"))
        seen = len(proxy.process.log.read_text())
        self._machine.stop(running.process)
        events.append((time.time(), name + " has ended"))
        started = self._nodes[number].start()
        self._until(lambda: started.ask("/", seconds=1) == 200, started)
        events.append((time.time(), name + " answers"))
        self._until(lambda: "/%s is UP" % name in proxy.process.log.read_text()[seen:], proxy)
        events.append((time.time(), name + " is in service"))
        return started

    def _start(self, node):
        service = node.start()
        service.wait_for(self._cloud.target(1))
        return service

    def _storm(self, service, seconds, await_server=False, unmeasured=0):
        rate = self._arguments.rate
        first, self._next = self._next, self._next + round(rate * (unmeasured + seconds))
        return self._tools.storm(service, self._targets, CRAWLS.values(), rate, seconds, self._arguments.drain,
                                 first, await_server=await_server, unmeasured=unmeasured)

    @staticmethod
    def _until(done, service):
        end = time.monotonic() + LONGEST_WAIT
        while not done():
            if not service.process.is_alive() or time.monotonic() > end:
                raise BenchError("%s does not come so far:\n%s" % (service.name, service.process.last_words()))
            time.sleep(0.02)


def told(name, storm):
    say("%s: %d of %d failed, p99 %.0f ms a request, %.2f s a crawl; %s" % (
        name, storm["failed"], storm["guests"], storm["requests"]["p99_ms"], storm["crawls"]["p99_ms"] / 1e3,
        ", ".join("%s: %d" % failure for failure in storm["failures"].items()) or "no failures"))
    return storm


def show(results):
    normal = {key: median([storm[key]["p99_ms"] for storm in results["warm"]]) for key in ("requests", "crawls")}
    parts = [table(HEAD, [row(name, "all", storms, normal) for name, storms in cases(results)])]
    for name, storms in cases(results):
        longest = max(len(storm["by_second"]) for storm in storms)
        rows = [row(name, second, [storm["by_second"][second] for storm in storms
                                   if second < len(storm["by_second"])], normal) for second in range(longest)]
        parts.append(table(HEAD, rows))
    parts += [table(["rolling, s", "what"], storm["events"]) for storm in results["rolling"]]
    return "\n\n".join(parts)


HEAD = ["restart", "second", "guests", "failed", "p50 ms", "p99 ms", "to warm", "crawl p50 s", "crawl p99 s",
        "to warm", "longest s"]


def cases(results):
    return [(NAMES[name], results[name]) for name in NAMES if results[name]]


def row(name, second, storms, normal):
    """Medians over the rounds; of failures and of the longest crawl, the worst."""
    of = {(kind, key): median([storm[kind][key] for storm in storms])
          for kind in ("requests", "crawls") for key in ("count", "p50_ms", "p99_ms")}
    return [name, second, round(of["crawls", "count"]), max(storm["failed"] for storm in storms),
            of["requests", "p50_ms"], of["requests", "p99_ms"], ratio(of["requests", "p99_ms"], normal["requests"]),
            of["crawls", "p50_ms"] / 1e3, of["crawls", "p99_ms"] / 1e3, ratio(of["crawls", "p99_ms"], normal["crawls"]),
            max(storm["crawls"]["max_ms"] for storm in storms) / 1e3]
