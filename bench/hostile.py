# SPDX-License-Identifier: Apache-2.0
"""What a well-behaved guest notices of each attack: its p99 beside that of the quiet seconds before; what the server
holds meanwhile, and whether it lets go of it afterwards."""
import http.client
import json
import math
import threading
import time

from cloud import write_targets
from database import MariaDb
from load import MIX, JavaTools
from machine import BenchError, say
from services import Ours
from tables import table

# connections of each attack; floods are as fast as so many are answered
ATTACKS = {
    "slow-headers": 1000, "slow-bodies": 1000, "slow-readers": 300, "pipelines": 100, "idle": 5000, "connects": 5000,
    "half-closed": 1000, "connect-flood": 50, "unfinished-bodies": 500, "unfinished-chunks": 500, "garbage": 1000,
    "not-found-flood": 50, "method-flood": 50,
}
FEW_DESCRIPTORS = "few descriptors"
ATTACKED_WHEN_FEW = ("connects", 1000)
LARGE_USER_DATA = 45_000
WARMUP = 20
BEGINNING = 1.5
PATIENCE = 5.0
LONGEST_RECOVERY = 30
SPARE_DESCRIPTORS = 20
LOOK_EVERY = 0.25
GUESTS = 4


def add_arguments(parser):
    parser.add_argument("--only", default=",".join((*ATTACKS, FEW_DESCRIPTORS)), metavar="ATTACKS",
                        help="these alone (%(default)s)")
    parser.add_argument("--seconds", type=int, default=10, help="of each attack, and of quiet before (%(default)s)")
    parser.add_argument("--rate", type=float, default=100, help="the good guest's requests a second (%(default)s)")
    parser.add_argument("--share", type=float, default=1, help="of the connections of each attack (%(default)s)")
    parser.add_argument("--descriptors", type=int, default=300,
                        help="all that the server gets in the last trial (%(default)s)")
    parser.add_argument("--option", action="append", default=[], metavar="GROUP.NAME=VALUE",
                        help="one more of nova.conf; may be repeated")


QUICK = {"seconds": 3, "share": 0.1}


def run(machine, arguments):
    cloud = MariaDb(machine, buffer_pool_mb=128).cloud("hostile", 100, None)
    cloud.give_user_data(1, LARGE_USER_DATA)
    trials = Trials(machine, arguments, cloud)
    names = arguments.only.split(",")
    found = []
    ordinary = [name for name in names if name != FEW_DESCRIPTORS]
    if ordinary:
        with trials.server("ours") as (service, guest):
            for name in ordinary:
                found.append(trials.one(service, guest, name, name, max(1, round(arguments.share * ATTACKS[name]))))
    if FEW_DESCRIPTORS in names:
        limited = ("sh", "-c", 'ulimit -n %d && exec "$0" "$@"' % arguments.descriptors)
        with trials.server("ours-with-few-descriptors", limited) as (service, guest):
            found.append(trials.one(service, guest, FEW_DESCRIPTORS, *ATTACKED_WHEN_FEW))
    return found


class Trials:
    """The attacks on one cloud's servers."""

    def __init__(self, machine, arguments, cloud):
        self._machine, self._arguments, self._cloud = machine, arguments, cloud
        self._tools = JavaTools(machine)
        self._targets = write_targets(machine.work / "targets.tsv", cloud.targets())

    def server(self, name, wrapper=()):
        options = self._cloud.options()
        for option in self._arguments.option:
            place, _, value = option.partition("=")
            group, _, key = place.partition(".")
            options.setdefault(group, {})[key] = value
        ours = Ours(self._machine, name, self._cloud.conf(self._machine), options, wrapper=wrapper)
        return Attacked(self._machine, ours, self._cloud, self._arguments.rate)

    def one(self, service, guest, name, attack, count):
        seconds = self._arguments.seconds
        quiet = guest.during(seconds)
        before = held(service.process)
        log_before, processor_before = service.process.log.stat().st_size, service.process.processor_s()
        started = time.monotonic()
        attackers = self._tools.attack(attack, service, self._targets, count, seconds + math.ceil(BEGINNING) + 1)
        time.sleep(BEGINNING)
        peak = Peak(service.process)
        attacked = guest.during(seconds, peak.look)
        taken = (service.process.processor_s() - processor_before) / (time.monotonic() - started)
        log = service.process.log.read_bytes()[log_before:].decode(errors="replace").splitlines()
        told = finished(attackers, self._machine)
        recovered = recovery(service, guest, before["descriptors"])
        result = {"attack": name, "connections": count, "quiet": quiet, "attacked": attacked, "attackers": told,
                  "before": before, "peak": peak.held, "processors": taken, "log_lines": len(log), "log": log[:5],
                  "recovered_s": recovered, "alive": service.process.is_alive()}
        say("%s: p99 %.1f ms quiet, %.1f ms attacked, %d of %d failed, recovered after %s s" % (
            name, quiet["p99_ms"], attacked["p99_ms"], attacked["failed"], attacked["requests"], recovered))
        if not result["alive"]:
            raise BenchError("%s ended the server:\n%s" % (name, service.process.last_words()))
        return result


class Attacked:
    """A warm server with its good guest, for a while."""

    def __init__(self, machine, ours, cloud, rate):
        self._machine, self._ours, self._cloud, self._rate = machine, ours, cloud, rate

    def __enter__(self):
        self._service = self._ours.start()
        self._service.wait_for(self._cloud.target(1))
        self._guest = GoodGuest(self._service.port, self._cloud.targets(), self._rate)
        self._guest.start()
        self._guest.during(WARMUP)
        return self._service, self._guest

    def __exit__(self, *error):
        self._guest.stop()
        self._machine.stop(self._service.process)


def finished(attackers, machine):
    end = time.monotonic() + LONGEST_RECOVERY
    while attackers.is_alive() and time.monotonic() < end:
        time.sleep(0.05)
    told = attackers.log.read_text()
    machine.stop(attackers)
    if not told.startswith("{"):
        raise BenchError("the attackers failed:\n" + told[-2000:])
    return json.loads(told.splitlines()[-1])


def recovery(service, guest, descriptors):
    """Seconds until the descriptors are back and a new guest is answered; None when that takes too long."""
    start = time.monotonic()
    while time.monotonic() < start + LONGEST_RECOVERY and service.process.is_alive():
        if service.process.descriptors() <= descriptors + SPARE_DESCRIPTORS and guest.is_answered():
            return round(time.monotonic() - start, 1)
        time.sleep(0.1)
    return None


def held(process):
    return {"descriptors": process.descriptors(), "threads": process.threads(), "resident_mb": process.resident_mb()}


class Peak:
    """The most that a process had at a time."""

    def __init__(self, process):
        self._process = process
        self.held = held(process)

    def look(self):
        if self._process.is_alive():
            self.held = {name: max(value, self.held[name]) for name, value in held(self._process).items()}


class GoodGuest:
    """Asks the mix at a constant rate, half on kept connections and half on new ones, whatever the server does."""

    def __init__(self, port, targets, rate):
        self._port, self._targets, self._pause = port, targets, GUESTS / rate
        self._paths = MIX.read_text().split()
        self._asked, self._stopped = [], False
        self._since = [time.monotonic()] * GUESTS
        self._threads = [threading.Thread(target=self._run, args=(number,), daemon=True) for number in range(GUESTS)]

    def start(self):
        for thread in self._threads:
            thread.start()

    def stop(self):
        self._stopped = True
        for thread in self._threads:
            thread.join()

    def during(self, seconds, look=lambda: None):
        """What it found within so many seconds from now on, what was under way before included; a request without
        the right answer took all its patience."""
        start = time.monotonic()
        while time.monotonic() < start + seconds:
            look()
            time.sleep(LOOK_EVERY)
        end = time.monotonic()
        while min(self._since) < end and time.monotonic() < end + 2 * PATIENCE:
            time.sleep(0.01)
        found = [each for each in list(self._asked) if each[0] < end and each[0] + each[1] > start]
        took = sorted(each[1] for each in found)
        failures = [each[2] for each in found if each[2] != "200"]
        return {"requests": len(took), "failed": len(failures), "failures": sorted(set(failures)),
                "p50_ms": took[len(took) // 2] * 1e3, "p99_ms": took[int(len(took) * 0.99)] * 1e3}

    def is_answered(self):
        return self._ask(http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE), 0) == "200"

    def _run(self, number):
        kept = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        due, at = time.monotonic(), number
        while not self._stopped:
            keeps = number % 2 == 0
            connection = kept if keeps else http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
            self._since[number] = start = time.monotonic()
            status = self._ask(connection, at)
            took = time.monotonic() - start if status == "200" else PATIENCE
            self._asked.append((start, took, status if status == "200" else
                                "%s on a %s connection" % (status, "kept" if keeps else "new")))
            if not keeps:
                connection.close()
            at += GUESTS
            due = max(due + self._pause, time.monotonic() - PATIENCE)
            time.sleep(max(0, due - time.monotonic()))

    def _ask(self, connection, at):
        target = self._targets[at % len(self._targets)]
        try:
            connection.request("GET", self._paths[at % len(self._paths)], headers=target.headers())
            answer = connection.getresponse()
            answer.read()
            return str(answer.status)
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            return type(error).__name__


def show(results):
    rows = [[each["attack"], each["connections"], each["quiet"]["p99_ms"], each["attacked"]["p99_ms"],
             each["attacked"]["p99_ms"] / each["quiet"]["p99_ms"],
             "%d of %d" % (each["attacked"]["failed"], each["attacked"]["requests"]),
             each["peak"]["descriptors"], each["peak"]["threads"], each["peak"]["resident_mb"], each["processors"],
             each["attackers"]["ended"] + each["attackers"]["refused"], each["log_lines"],
             each["recovered_s"]] for each in results]
    return table(["attack", "peers", "quiet p99 ms", "p99 ms", "ratio", "failed", "descriptors", "threads", "MB", "CPUs",
                  "ended by us", "log lines", "back after s"], rows)


def check(results):
    """What makes the command fail: figures of time do not."""
    bad = [each["attack"] for each in results if each["recovered_s"] is None
           or any(is_wrong(each["attack"], failure) for failure in each["attacked"]["failures"])]
    if bad:
        raise BenchError("guests were not answered, or the server did not recover: " + ", ".join(bad))


def is_wrong(attack, failure):
    """Without descriptors, a new connection may have to wait."""
    return attack != FEW_DESCRIPTORS or "new connection" not in failure
