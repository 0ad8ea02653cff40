# SPDX-License-Identifier: Apache-2.0
"""A boot storm: guests arrive at a rate, whether or not the server keeps up, and each crawls as cloud-init
does at its first boot. The rate doubles until guests are not served any more."""
import math

from cloud import write_targets
from database import MariaDb
from load import JavaTools, ratio
from machine import say
from record_crawls import CRAWLS
from services import Nova, Ours
from setting import add_nova_arguments, start_nova
from tables import NAMES, table

# a server of which so many guests in a hundred are not served is not asked to bear more
HOPELESS = 0.01


def add_arguments(parser):
    add_nova_arguments(parser)
    parser.add_argument("--rate", type=float, default=2, help="guests a second to begin with (%(default)s)")
    parser.add_argument("--most", type=float, default=1024, help="never more than so many (%(default)s)")
    parser.add_argument("--seconds", type=int, default=8, help="how long they arrive (%(default)s)")
    parser.add_argument("--drain", type=int, default=30,
                        help="how long the last of them may take; later ones count as failed (%(default)s)")
    parser.add_argument("--instances", type=int, default=20_000, help="distinct ones (%(default)s)")
    parser.add_argument("--keep-alive", action="store_true",
                        help="one connection for a guest's whole crawl; cloud-init opens one for each request")
    parser.add_argument("--without-neutron", action="store_true",
                        help="our server is given no login for Neutron, so that security groups are empty")


QUICK = {"rate": 4, "most": 8, "seconds": 2, "drain": 10, "instances": 2000}


def run(machine, arguments):
    cloud = MariaDb(machine).cloud("storm", arguments.instances, arguments.nova_conf)
    storms = Storms(machine, arguments, cloud)
    services = {"nova": storms.nova(), "ours": storms.ours()}
    services = {name: service for name, service in services.items() if service}
    for service in services.values():
        storms.warm_up(service)
    found = {name: [] for name in services}
    bearing = dict(services)
    rate = arguments.rate
    while bearing and rate <= arguments.most:
        for name, service in list(bearing.items()):
            found[name].append(storms.blow(service, rate))
            if is_hopeless(found[name][-1]):
                del bearing[name]
        rate *= 2
    for name, service in services.items():
        refine(storms, service, found[name])
    return {"servers": {name: {"storms": sorted(storm, key=lambda one: one["rate"]), "without_failure": best(storm)}
                        for name, storm in found.items()},
            "crawls": {name: str(file.name) for name, file in CRAWLS.items()}}


class Storms:
    """The servers on a cloud of many instances, and the load."""

    def __init__(self, machine, arguments, cloud):
        self._machine, self._arguments, self._cloud = machine, arguments, cloud
        self._tools = JavaTools(machine)
        self._targets = write_targets(machine.work / "targets.tsv", cloud.targets())
        self._next = 0

    def ours(self):
        extra = self._cloud.options()
        if self._arguments.without_neutron:
            extra["neutron"].update(auth_type="", auth_url="")
        service = Ours(self._machine, "ours", self._cloud.conf(self._machine), extra).start()
        service.wait_for(self._cloud.target(1))
        return service

    def nova(self):
        if not self._arguments.nova_conf:
            return None
        nova = Nova(self._machine, "nova", self._arguments.nova_conf, self._arguments.nova_threads,
                    self._cloud.options())
        return start_nova(nova, self._cloud.target(1))

    def warm_up(self, service):
        """A calm hour before: code that was never run is not what a storm meets."""
        self._blow(service, self._arguments.rate, self._arguments.seconds)

    def blow(self, service, rate):
        found = self._blow(service, rate, self._arguments.seconds)
        found["rate"] = rate
        say("%s: %g guests/s: %d of %d failed, p99 %.0f ms a request, %.1f s a crawl" % (
            service.name, rate, found["failed"], found["guests"], found["requests"]["p99_ms"],
            found["crawls"]["p99_ms"] / 1e3))
        return found

    def _blow(self, service, rate, seconds):
        first, self._next = self._next, self._next + round(rate * seconds)
        return self._tools.storm(service, self._targets, CRAWLS.values(), rate, seconds, self._arguments.drain,
                                 first, self._arguments.keep_alive)


def is_hopeless(storm):
    return storm["failed"] > HOPELESS * storm["guests"]


def best(storms):
    """The highest rate below which no guest failed, itself included."""
    rates = []
    for storm in sorted(storms, key=lambda one: one["rate"]):
        if storm["failed"]:
            break
        rates.append(storm["rate"])
    return rates[-1] if rates else None


def refine(storms, service, found):
    """Between the highest rate that was borne and twice that, once."""
    borne = best(found)
    if borne is not None and any(storm["failed"] for storm in found):
        found.append(storms.blow(service, round(borne * math.sqrt(2), 1)))


def show(results):
    rows = [[NAMES[name], storm["rate"], storm["guests"], storm["failed"], storm["requests"]["p50_ms"],
             storm["requests"]["p99_ms"], storm["crawls"]["p50_ms"] / 1e3, storm["crawls"]["p99_ms"] / 1e3,
             ", ".join(storm["failures"]) or "-"]
            for name, server in results["servers"].items() for storm in server["storms"]]
    ours = results["servers"]["ours"]["without_failure"]
    best_rows = [[NAMES[name], server["without_failure"],
                  ratio(ours, server["without_failure"]) if name != "ours" else None]
                 for name, server in results["servers"].items()]
    return "\n\n".join([
        table(["storm", "guests/s", "guests", "failed", "p50 ms", "p99 ms", "crawl p50 s", "crawl p99 s", "why"], rows),
        table(["storm", "highest rate without a failure, guests/s", "ours to it"], best_rows)])
