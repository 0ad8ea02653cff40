# SPDX-License-Identifier: Apache-2.0
"""Requests that are new in every place that a guest can fill (methods, header names, paths, queries, Hosts, addresses,
UUIDs and more): heap after collection, threads and descriptors must not grow with them. Ends with status 1 where
they do, and names the classes that grew."""
from cloud import write_targets
from database import MariaDb
from load import JavaTools
from machine import BenchError, say
from services import Ours, heap
from tables import table

PLACES = ("methods", "versions", "headers", "tokens", "paths", "queries", "hosts", "addresses", "uuids", "cookies", "bodies",
          "conditions", "uris")
LEAST_RATE = 100
SHOWN_CLASSES = 12

# how guests are known: by what neutron's agent signs, or by the address that X-Forwarded-For names, which anybody may send
MODES = {
    "signed": {},
    "address": {"neutron": {"service_metadata_proxy": "false"}, "api": {"use_forwarded_for": "true"},
                "nova_compat": {"api_release": "zed"}},
}


def add_arguments(parser):
    parser.add_argument("--requests", type=int, default=1_000_000, help="in each mode (%(default)s)")
    parser.add_argument("--only", default="all", metavar="PLACES",
                        help="new in these places alone, with commas between: %s" % ", ".join(PLACES))
    parser.add_argument("--apart", action="store_true", help="each place by itself, on a server of its own")
    parser.add_argument("--modes", default=",".join(MODES), help="how guests are known (%(default)s)")
    parser.add_argument("--samples", type=int, default=10, help="how often it is looked at (%(default)s)")
    parser.add_argument("--instances", type=int, default=2000, help="in the database (%(default)s)")
    parser.add_argument("--connections", type=int, default=8, help="at the same time (%(default)s)")
    parser.add_argument("--growth", type=float, default=4, metavar="MB",
                        help="heap after collection may grow by so much from the second sample to the last "
                             "(%(default)s)")
    parser.add_argument("--more", type=int, default=20, metavar="N",
                        help="and threads and descriptors by so many (%(default)s)")


QUICK = {"requests": 10_000, "samples": 4, "instances": 200}


def run(machine, arguments):
    cloud = MariaDb(machine, buffer_pool_mb=256).cloud("soak", arguments.instances, None)
    targets = write_targets(machine.work / "targets.tsv", cloud.targets())
    tools = JavaTools(machine)
    found = {}
    for mode in arguments.modes.split(","):
        for only in PLACES if arguments.apart else (arguments.only,):
            options = cloud.options()
            for group, named in MODES[mode].items():
                options[group] = {**options.get(group, {}), **named}
            ours = Ours(machine, "ours-%s-%s" % (mode, only.replace(",", "-")), cloud.conf(machine), options)
            found["%s: %s" % (mode, only)] = Soak(ours, tools, targets, cloud, only, arguments).run(machine)
    return found


class Soak:
    """One server, and what it holds after each part of the requests."""

    def __init__(self, ours, tools, targets, cloud, only, arguments):
        self._ours, self._tools, self._targets, self._cloud = ours, tools, targets, cloud
        self._only, self._arguments = only, arguments
        self._samples, self._classes = [], []

    def run(self, machine):
        service = self._ours.start()
        service.wait_for(self._cloud.target(1))
        share = self._arguments.requests // self._arguments.samples
        ended = None
        for number in range(self._arguments.samples):
            told = self._ask(service, number * share, share)
            if not service.process.is_alive():
                ended = "the server ended within request %d to %d" % (number * share, (number + 1) * share)
                break
            self._sample(service, (number + 1) * share, told)
        machine.stop(service.process)
        grown = self._grown() if len(self._classes) > 1 else []
        return {"samples": self._samples, "why_not_flat": ([ended] if ended else []) + self._excesses(),
                "grown": grown}

    def _ask(self, service, first, count):
        return self._tools.soak(service, self._targets, self._cloud.secret, self._only, first, count,
                                self._arguments.connections, 60 + count / LEAST_RATE)

    def _sample(self, service, sent, told):
        held = heap(service)
        # the second one is what the last is compared with: caches of a bound are filled by then
        self._classes = self._classes[:1] + [held["classes"]] if len(self._samples) > 1 else [held["classes"]]
        process = service.process
        self._samples.append({
            "requests": sent, "heap_mb": held["live"] / 2**20, "threads": process.threads(),
            "descriptors": process.descriptors(), "resident_mb": process.resident_mb(), **told})
        say("%s: %d requests, %.1f MB on the heap, %d threads, %d descriptors" % (
            service.name, sent, held["live"] / 2**20, self._samples[-1]["threads"], self._samples[-1]["descriptors"]))

    def _excesses(self):
        if len(self._samples) < 3:
            return ["there are fewer than three samples"]
        second, last = self._samples[1], self._samples[-1]
        bounds = (("heap_mb", self._arguments.growth), ("threads", self._arguments.more),
                  ("descriptors", self._arguments.more))
        excesses = ["%s: from %.4g to %.4g" % (name, second[name], last[name])
                    for name, bound in bounds if last[name] > second[name] + bound]
        failed = sum(sample["ordinary_failed"] for sample in self._samples)
        return excesses + (["%d ordinary requests were not answered with 200" % failed] if failed else [])

    def _grown(self):
        """The classes that take more than at the second sample, the largest difference first."""
        before = {each["class"]: each for each in self._classes[0]}
        none = {"objects": 0, "bytes": 0}
        grown = [{"class": each["class"], "bytes": each["bytes"] - before.get(each["class"], none)["bytes"],
                  "objects": each["objects"] - before.get(each["class"], none)["objects"]}
                 for each in self._classes[-1]]
        return sorted(grown, key=lambda each: -each["bytes"])[:SHOWN_CLASSES]


def show(results):
    shown = []
    for name, soak in results.items():
        rows = [["{:,}".format(each["requests"]), each["heap_mb"], each["threads"], each["descriptors"],
                 each["resident_mb"], sum(each["statuses"].values()) / each["seconds"], each["connections"],
                 ", ".join("%s %d" % pair for pair in each["statuses"].items())] for each in soak["samples"]]
        verdict = soak["why_not_flat"]
        shown.append(table([name, "heap MB after collection", "threads", "descriptors", "resident MB", "requests/s",
                            "connections", "answers"], rows))
        shown.append("%s: %s" % (name, "not flat: " + "; ".join(verdict) if verdict else "flat"))
        if verdict and soak["grown"]:
            shown.append(table(["class", "bytes more", "objects more"],
                               [[each["class"], each["bytes"], each["objects"]] for each in soak["grown"]]))
    return "\n\n".join(shown)


def check(results):
    """What makes the command fail."""
    failed = [name for name, soak in results.items() if soak["why_not_flat"]]
    if failed:
        raise BenchError("not flat: " + ", ".join(failed))
