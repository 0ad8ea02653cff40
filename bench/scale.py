# SPDX-License-Identifier: Apache-2.0
"""What grows with the cloud, and should not: the latency of cold requests, memory and the time to start, with
few and with very many instances in the database; and how many bytes a cached instance takes."""
import pathlib
import re
import time

from cloud import write_targets
from database import MariaDb
from load import JavaTools, median, ratio
from machine import say
from services import Ours, heap
from setting import NO_CACHE
from tables import table

NEVER = {"api": {"metadata_cache_expiration": 30 * 24 * 3600}}
BASELINE = 100


def add_arguments(parser):
    parser.add_argument("--sizes", default="1000,100000,1000000", help="instances in the databases (%(default)s)")
    parser.add_argument("--starts", type=int, default=5, help="starts at each size (%(default)s)")
    parser.add_argument("--idle", type=int, default=20, help="seconds after a start until it is idle (%(default)s)")
    parser.add_argument("--sample", type=int, default=1000,
                        help="instances to ask for at each size, spread over all of them (%(default)s)")
    parser.add_argument("--requests", type=int, default=12_000, help="counted at each size (%(default)s)")
    parser.add_argument("--warmup", type=int, default=8_000, help="requests before, not counted (%(default)s)")
    parser.add_argument("--cached", type=int, default=100_000,
                        help="instances in the cache, of the smallest size that has so many (%(default)s)")
    parser.add_argument("--cache-option", metavar="GROUP.NAME=VALUE", default="nova_compat.cache_max_mib=2048",
                        help="lifts the cache's bound (%(default)s)")
    parser.add_argument("--heap", default="3g", help="-Xmx with so many cached (%(default)s)")
    parser.add_argument("--buffer-pool", type=int, default=3072, metavar="MB", help="MariaDB's (%(default)s)")
    parser.add_argument("--database", type=pathlib.Path, metavar="FOLDER",
                        help="keep MariaDB's data here, for the next run too")


QUICK = {"sizes": "1000,10000", "starts": 1, "idle": 2, "sample": 200, "requests": 1000, "warmup": 1000,
         "cached": 5000, "buffer_pool": 512}


def run(machine, arguments):
    sizes = [int(size) for size in arguments.sizes.split(",")]
    server = MariaDb(machine, arguments.database and arguments.database.resolve(), arguments.buffer_pool)
    clouds = {}
    for size in sizes:
        clouds[size] = server.cloud("scale%d" % size, size, None)
    ours = {size: Ours(machine, "ours-%d" % size, cloud.conf(machine), {**cloud.options(), **NO_CACHE})
            for size, cloud in clouds.items()}
    found = {"sizes": {size: {"database_mb": cloud.megabytes()} for size, cloud in clouds.items()}}
    starts(machine, arguments, clouds, ours, found["sizes"])
    latencies(machine, arguments, clouds, ours, found["sizes"])
    first, last = found["sizes"][sizes[0]], found["sizes"][sizes[-1]]
    found["latency_ratio"] = {key: ratio(last["latency"][key], first["latency"][key])
                              for key in ("p50_ms", "mean_ms", "p99_ms")}
    enough = [size for size in sizes if size >= arguments.cached]
    if enough:
        found["cached"] = cached(machine, arguments, server, clouds[enough[0]])
    return found


def starts(machine, arguments, clouds, ours, found):
    """From the command to a guest's first answer, sizes in turn. A first start, after which there is what the next
    ones go on with, is left out of account."""
    next(iter(ours.values())).prepare()
    for size in clouds:
        found[size]["starts_s"] = []
    for number in range(arguments.starts + 1):
        for size, cloud in clouds.items():
            service = ours[size].start()
            took = service.wait_for(cloud.target(1 + number))
            if number:
                found[size]["starts_s"].append(round(took, 3))
            else:
                found[size]["first_start_s"] = round(took, 3)
            machine.stop(service.process)
    for size, each in found.items():
        each["start_s"], each["fastest_start_s"] = median(each["starts_s"]), min(each["starts_s"])
        say("%d instances: the first answer after %.2f s" % (size, each["start_s"]))


def latencies(machine, arguments, clouds, ours, found):
    """One connection to each size's server, in turn; what is asked for is in MariaDB's memory at every size, so that
    it is the way to a row that is measured and not the disk."""
    services = {size: each.start() for size, each in ours.items()}
    for size, service in services.items():
        service.wait_for(clouds[size].target(1))
    time.sleep(arguments.idle)
    for size, service in services.items():
        found[size]["idle_mb"] = round(service.process.resident_mb())
    asked = [(service, write_targets(machine.work / ("targets-%d.tsv" % size), clouds[size].targets(arguments.sample)))
             for size, service in services.items()]
    told = JavaTools(machine).rotation(asked, arguments.warmup, arguments.requests, 900)
    for size, latency in zip(services, told):
        found[size]["latency"] = latency
        found[size]["loaded_mb"] = round(services[size].process.resident_mb())
        say("%d instances: p50 %.2f ms cold, %d MB idle" % (size, latency["p50_ms"], found[size]["idle_mb"]))
    for service in services.values():
        machine.stop(service.process)


def cached(machine, arguments, server, cloud):
    """Every instance is asked for the whole mix once; the heap after full collections, before and after."""
    group, name, value = re.fullmatch(r"(\w+)\.(\w+)=(.*)", arguments.cache_option).groups()
    service = Ours(machine, "ours-cached", cloud.conf(machine),
                   {**cloud.options(), **NEVER, group: {name: value}}, "-Xmx%s" % arguments.heap).start()
    service.wait_for(cloud.target(1))
    tools, targets = JavaTools(machine), cloud.targets(arguments.cached)
    files = [write_targets(machine.work / ("%s.tsv" % name), part)
             for name, part in (("base", targets[:BASELINE]), ("cached", targets), ("again", targets[::50]))]
    tools.sweep(service, files[0], 60, every_path=True)
    before = heap(service)
    filled = tools.sweep(service, files[1], 900, every_path=True)
    after = heap(service)
    statements = server.statements()
    tools.sweep(service, files[2], 60, every_path=True)
    loaded = server.statements() - statements
    result = {"instances": len(targets), "failed": filled["failed"], "seconds": round(filled["seconds"]),
              "bytes_each": round((after["used"] - before["used"]) / (len(targets) - BASELINE)),
              "live_bytes_each": round((after["live"] - before["live"]) / (len(targets) - BASELINE)),
              "heap_mb": round(after["used"] / 2**20), "resident_mb": round(service.process.resident_mb()),
              # all were kept when asking again loads nothing; a few SELECTs are other business
              "loads_when_asked_again": loaded, "asked_again": len(targets[::50]), "classes": after["classes"][:20]}
    machine.stop(service.process)
    say("%d cached: %d bytes each" % (len(targets), result["bytes_each"]))
    return result


def show(results):
    rows = [["{:,}".format(int(size)), each["database_mb"], each["latency"]["p50_ms"], each["latency"]["p99_ms"],
             each["start_s"], each["fastest_start_s"], each["idle_mb"], each["loaded_mb"]]
            for size, each in results["sizes"].items()]
    shown = [table(["instances", "database MB", "cold p50 ms", "cold p99 ms", "start s", "fastest s", "idle MB",
                    "loaded MB"], rows)]
    shown.append(table(["cold latency, largest to smallest", "ratio"],
                       [[name.replace("_ms", ""), value] for name, value in results["latency_ratio"].items()]))
    if "cached" in results:
        each = results["cached"]
        shown.append(table(["cached instances", "bytes each", "live bytes each", "heap MB", "resident MB",
                            "failed", "loads when asked again"],
                           [["{:,}".format(each["instances"]), each["bytes_each"], each["live_bytes_each"],
                             each["heap_mb"], each["resident_mb"], each["failed"],
                             "%d of %d" % (each["loads_when_asked_again"], each["asked_again"])]]))
    return "\n\n".join(shown)
