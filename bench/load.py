# SPDX-License-Identifier: Apache-2.0
"""Who asks: wrk, and the Java programs beside this file."""
import json
import os
import pathlib
import statistics
import subprocess

from cloud import write_targets
from machine import DISTRIBUTION, BenchError, java_tool, need, output

HERE = pathlib.Path(__file__).resolve().parent
MIX = HERE / "mix.txt"
CONNECTIONS = 16
TIMEOUT = 10


def wrk(machine, service, targets, seconds, connections=CONNECTIONS):
    """The mix for some seconds; what wrk found, or {"failed": why} when nothing useful came of it."""
    need("wrk")
    file = machine.work / ("targets-%d.tsv" % service.port)
    write_targets(file, targets)
    command = ["wrk", "-t1", "-c%d" % connections, "-d%d" % seconds, "--timeout", "%ds" % TIMEOUT, "-s",
               str(HERE / "mix.lua"), "http://" + service.address]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                              timeout=seconds + 3 * TIMEOUT,
                              env={**os.environ, "BENCH_TARGETS": str(file), "BENCH_PATHS": str(MIX)})
    except subprocess.TimeoutExpired:
        return {"failed": "wrk did not end"}
    lines = done.stdout.decode().splitlines()
    if done.returncode != 0 or not lines or not lines[-1].startswith("{"):
        return {"failed": done.stderr.decode()[-500:] or "wrk printed nothing"}
    found = json.loads(lines[-1])
    found["rps"] = found["requests"] / found["seconds"]
    found["errors"] = sum(found["errors"].values())
    if found["requests"] == 0:
        found["failed"] = "no answer at all"
    return found


class JavaTools:
    """Guests.java, Rotation.java and Statements.java, compiled for the run."""

    def __init__(self, machine):
        self._machine, self._classes = machine, machine.folder("classes")
        output(java_tool("javac"), "-d", self._classes, *HERE.glob("*.java"))

    def _run(self, seconds, name, *arguments):
        connector = next((DISTRIBUTION / "lib").rglob("mariadb-java-client-*.jar"))
        told = output(java_tool("java"), "-Xmx1g", "-XX:+UseSerialGC", "-cp", "%s:%s" % (self._classes, connector),
                      name, *arguments, seconds=seconds)
        try:
            return [json.loads(line) for line in told.splitlines()]
        except ValueError:
            raise BenchError("%s failed:\n%s" % (name, told[-2000:])) from None

    def storm(self, service, targets_file, crawls, rate, seconds, drain, first=0, keep_alive=False, await_server=False,
              unmeasured=0):
        return self._run(unmeasured + seconds + drain + 60, "Guests", "storm", "--server", service.address,
                         "--targets", targets_file, "--crawls", ",".join(map(str, crawls)), "--rate", rate,
                         "--seconds", seconds, "--drain", drain, "--first", first, "--timeout", TIMEOUT,
                         "--keep-alive", int(keep_alive), "--await", int(await_server),
                         "--unmeasured", unmeasured)[0]

    def sweep(self, service, targets_file, seconds, every_path=False, connections=CONNECTIONS):
        """Every instance once: one path of the mix each, or every path."""
        found = self._run(seconds + 120, "Guests", "sweep", "--server", service.address, "--targets", targets_file,
                          "--paths", MIX, "--seconds", seconds, "--all", int(every_path),
                          "--connections", connections, "--timeout", 30)[0]
        found["rps"] = found["requests"]["count"] / found["seconds"]
        return found

    def statements(self, statements, targets_file, threads, warmup, seconds):
        """The statements of a cold request for each instance, on bare JDBC."""
        return self._run(warmup + seconds + 60, "Statements", statements, targets_file, threads, warmup, seconds)[0]

    def soak(self, service, targets_file, secret, only, first, requests, connections, seconds):
        return self._run(seconds, "Soak", "soak", "--server", service.address, "--targets", targets_file,
                         "--secret", secret, "--only", only, "--from", first, "--requests", requests,
                         "--connections", connections)[0]

    def attack(self, name, service, targets_file, count, seconds, source="127.0.0.2"):
        """Starts attackers, which end by themselves. They are on this machine for want of another, so they give way."""
        return self._machine.start("attack-" + name, [
            "nice", "-n", "10", java_tool("java"), "-Xmx256m", "-XX:+UseSerialGC", "-cp", self._classes, "Attacks",
            "attack", "--kinds", "%s=%d" % (name, count), "--server", service.address, "--from", source,
            "--targets", targets_file, "--seconds", seconds])

    def rotation(self, asked, unmeasured, measured, seconds):
        """Latencies of [(service, targets file)], asked in turn by one connection each."""
        pairs = [word for service, file in asked for word in (service.address, file)]
        return self._run(seconds, "Rotation", unmeasured, measured, MIX, *pairs)


def median(values):
    values = [value for value in values if value is not None]
    return statistics.median(values) if values else None


def ratio(ours, theirs):
    return ours / theirs if ours is not None and theirs else None
