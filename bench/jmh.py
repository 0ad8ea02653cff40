# SPDX-License-Identifier: Apache-2.0
"""Single methods, by JMH: rendering, path handling, signatures, the random seed, a hit in the cache. Time and
bytes allocated for each call."""
import json
import os

from machine import PROJECT, BenchError, java_tool, need, output, say
from tables import table

CLASSES = PROJECT / "target" / "test-classes"
CLASS_PATH = PROJECT / "target" / "bench" / "jmh.classpath"


def add_arguments(parser):
    parser.add_argument("--methods", default=".*", metavar="PATTERN", help="benchmarks to run (%(default)s)")
    parser.add_argument("--iterations", type=int, default=5, help="measured, of a second each (%(default)s)")
    parser.add_argument("--warmups", type=int, default=5, help="iterations before (%(default)s)")
    parser.add_argument("--milliseconds", type=int, default=1000, help="of an iteration (%(default)s)")
    parser.add_argument("--online", action="store_true", help="let Maven fetch what is missing")


QUICK = {"iterations": 1, "warmups": 1, "milliseconds": 100}


def run(machine, arguments):
    need("mvn")
    say("compiling with the Maven profile 'bench'")
    CLASS_PATH.parent.mkdir(parents=True, exist_ok=True)
    output("mvn", "-q", "-B", *([] if arguments.online else ["-o"]), "-f", PROJECT / "pom.xml", "-Pbench",
           "test-compile", "dependency:build-classpath", "-Dmdep.includeScope=test",
           "-Dmdep.outputFile=%s" % CLASS_PATH, seconds=600)
    class_path = os.pathsep.join([str(CLASSES), str(PROJECT / "target" / "classes"), CLASS_PATH.read_text().strip()])
    results = machine.work / "jmh.json"
    iteration = "%dms" % arguments.milliseconds
    told = output(java_tool("java"), "-cp", class_path, "org.openjdk.jmh.Main", arguments.methods, "-prof", "gc",
                  "-f", 1, "-i", arguments.iterations, "-wi", arguments.warmups, "-r", iteration, "-w", iteration,
                  "-foe", "true", "-rf", "json", "-rff", results, seconds=1800)
    if not results.exists():
        raise BenchError("JMH left no results:\n" + told[-2000:])
    return {"methods": [method(each) for each in json.loads(results.read_text())]}


def method(each):
    name = each["benchmark"].removeprefix("org.novacompat.metadata.")
    error = each["primaryMetric"]["scoreError"]  # no number where there was one iteration
    allocated = each["secondaryMetrics"].get("gc.alloc.rate.norm")
    return {"name": name, "threads": each["threads"], "ns": each["primaryMetric"]["score"],
            "error_ns": error if isinstance(error, float) else None,
            "bytes": allocated["score"] if allocated else None}


def show(results, between_ns=None):
    """With what part it is of the time between two answers of a warm server, where that is known."""
    head = ["method", "threads", "ns", "±", "bytes allocated"] + ([] if between_ns is None else ["of a warm request"])
    return table(head, [[each["name"], each["threads"], each["ns"], each["error_ns"],
                         None if each["bytes"] is None else round(each["bytes"])]
                        + ([] if between_ns is None else ["%.2g%%" % (100 * each["ns"] / between_ns)])
                        for each in results["methods"]])
