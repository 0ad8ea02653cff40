# SPDX-License-Identifier: Apache-2.0
"""RESULTS.md: what was wanted, what was found, and on what."""
import importlib
import json

from machine import say
from tables import spread, table, text

ORDER = ("warm", "cold", "storm", "restart", "scale", "jmh")
TITLES = {"warm": "Warm", "cold": "Cold", "storm": "Storm", "restart": "A start in a storm", "scale": "Scale", "jmh": "Single methods"}
NOTES = "notes.md"
MOST_RELOADED = 0.01

HEAD = """# Results

Written by `bench/run all`; `README.md` beside this file says what is measured and how. Servers that are compared
were measured in one run, in turns, on one machine, which also made the load: what counts are the ratios. Absolute
numbers are those of this machine.
"""


def write(folder, file):
    found = {name: json.loads((folder / (name + ".json")).read_text())
             for name in ORDER if (folder / (name + ".json")).exists()}
    results = {name: each["results"] for name, each in found.items()}
    parts = [HEAD.strip()]
    if any(each["quick"] for each in found.values()):
        parts.append("**A run with `--quick`: these numbers say nothing.**")
    parts += ["## On what", on_what(found), "## What was wanted",
              table(["figure", "wanted", "found", "reached"], wanted(results))]
    notes = folder / NOTES
    if notes.exists():
        parts += ["## What bounds it", notes.read_text().strip()]
    for name, each in found.items():
        parts += ["## " + TITLES[name], shown(name, results), "%d s%s" % (each["seconds"], options(each))]
        if "profile" in results[name]:
            parts += ["Where our server was found at work, by Java Flight Recorder:",
                      profile(results[name]["profile"])]
    file.write_text("\n\n".join(parts) + "\n")
    say("wrote %s" % file)


def shown(name, results):
    module = importlib.import_module(name)
    if name == "jmh" and "warm" in results and results["warm"]["servers"]["ours"]["rps"]:
        return module.show(results[name], 1e9 / results["warm"]["servers"]["ours"]["rps"])
    return module.show(results[name])


def on_what(found):
    names = list(dict.fromkeys(name for each in found.values() for name in each["machine"]))
    rows = []
    for name in names:
        values = sorted({str(each["machine"].get(name, "-")) for each in found.values()})
        rows.append([name, " to ".join((values[0], values[-1])) if name == "when" else " / ".join(values)])
    return table(["", ""], rows)


def options(each):
    """What it was run with, but for the nova: that is told by what was found."""
    usual = {"command", "folder", "keep", "quick", "profile", "nova", "nova_cold", "nova_conf", "database", "online"}
    return "".join("; %s %s" % (name.replace("_", " "), value) for name, value in each["arguments"].items()
                   if name not in usual and value != "False") + "."


def profile(found):
    return "\n\n".join(table([kind + " samples", "method"], rows) for kind, rows in found.items() if rows)


def wanted(results):
    """The figures that the project promises, each with whether it was reached."""
    warm, cold, scale = (results.get(name, {}) for name in ("warm", "cold", "scale"))
    times = cold.get("bare", {}).get("times")
    sizes = scale.get("sizes", {})
    cached = scale.get("cached")
    kept = cached and cached["failed"] == 0 \
        and cached["loads_when_asked_again"] <= MOST_RELOADED * cached["asked_again"]
    start = [each["start_s"] for each in sizes.values()]
    idle = [each["idle_mb"] for each in sizes.values()]
    grown = scale.get("latency_ratio", {}).get("p50_ms")
    return [
        at_least("warm: requests per second, to nova's", warm.get("to_nova"), 10),
        at_least("warm: requests per second, to an empty servlet's", warm.get("to_empty"), 0.8),
        below("warm: p99, to nova's p50", warm.get("p99_to_nova_p50"), 1),
        at_least("cold: requests per second with the cache off, to nova's", cold.get("to_nova"), 100),
        ["cold: time of a request with the cache off, to that of its statements on bare JDBC", "at most 1.5",
         spread(times), verdict(times, times is not None and times["median"] <= 1.5)],
        below("bytes for each of %s cached instances" % ("{:,}".format(cached["instances"]) if cached else "100,000"),
              cached["bytes_each"] if kept else None, 4097, "at most 4096"),
        below("start to a guest's first answer, s", max(start) if start else None, 3),
        below("resident when idle, MB", max(idle) if idle else None, 300),
        below("cold latency (p50) with %s instances in the database, to that with %s" % most_and_fewest(sizes),
              grown, 1.1 + 1e-9, "at most 1.1"),
    ]


def most_and_fewest(sizes):
    counts = sorted(int(size) for size in sizes) or [1000, 1_000_000]
    return "{:,}".format(counts[-1]), "{:,}".format(counts[0])


def at_least(name, ratio, bound):
    median = ratio["median"] if ratio else None
    return [name, "at least %s" % bound, spread(ratio), verdict(median, median is not None and median >= bound)]


def below(name, value, bound, words=None):
    return [name, words or "below %s" % bound, text(value), verdict(value, value is not None and value < bound)]


def verdict(value, good):
    return "not measured" if value is None else "yes" if good else "no"
