# SPDX-License-Identifier: Apache-2.0
"""What a request costs that finds nothing in the cache: the mix with the cache off, beside its statements on
bare JDBC, and many distinct instances asked for once each."""
import time

from cloud import write_targets
from database import MariaDb
from load import CONNECTIONS, JavaTools, ratio, wrk
from machine import BenchError, say
from rounds import interleaved, medians, profile, ratios
from services import Nova, Ours
from setting import NO_CACHE, SmallCloud, add_nova_arguments, start_nova
from tables import NAMES, latency_rows, table


def add_arguments(parser):
    add_nova_arguments(parser)
    parser.add_argument("--rounds", type=int, default=4, help="each server this often (%(default)s)")
    parser.add_argument("--seconds", type=int, default=8, help="each time for so long (%(default)s)")
    parser.add_argument("--warmup", type=int, default=10, help="seconds of load before the rounds (%(default)s)")
    parser.add_argument("--instances", type=int, default=20_000, help="distinct ones (%(default)s)")
    parser.add_argument("--distinct-seconds", type=int, default=60,
                        help="at most so long are they asked for; nova does not get through them (%(default)s)")
    parser.add_argument("--profile", action="store_true", help="also record where our server spends its time")


QUICK = {"rounds": 1, "seconds": 3, "warmup": 2, "instances": 2000, "distinct_seconds": 5}


def run(machine, arguments):
    cloud = SmallCloud(machine, arguments)
    services = {"nova": cloud.nova(arguments.nova_cold, NO_CACHE, "nova-cold"), "ours": cloud.ours(NO_CACHE)}
    services = {name: service for name, service in services.items() if service}
    found = interleaved(machine, services, cloud.targets, arguments.rounds, arguments.seconds, arguments.warmup)
    results = {"servers": found, "to_nova": ratios(found, "ours", "nova")}
    if arguments.profile:
        results["profile"] = profile(machine, services["ours"], cloud.targets)
    for service in services.values():
        if service.process:
            machine.stop(service.process)
    # as many again by a quarter, to warm up what must be warm: JIT, connections, MariaDB's buffers
    first = arguments.instances // 4
    database = MariaDb(machine)
    cloud = database.cloud("distinct", first + arguments.instances, arguments.nova_conf)
    results["bare"] = bare(machine, arguments, database, cloud)
    results["distinct"] = distinct(machine, arguments, cloud, first)
    return results


def bare(machine, arguments, database, cloud):
    """The mix with the cache off over so many instances that hardly any load is shared, and in turns the
    statements of such a load alone, on bare JDBC: as many threads as connections ask us."""
    targets, tools = cloud.targets(1000), JavaTools(machine)
    service = Ours(machine, "ours-bare", cloud.conf(machine), {**cloud.options(), **NO_CACHE}).start()
    service.wait_for(targets[0])
    wrk(machine, service, targets, arguments.warmup)
    time.sleep(1)  # the last requests, which wrk does not wait for, are over
    asked = targets[len(targets) // 2]
    sent = database.sent(lambda: service.answers(asked))
    steps = [(name, text.replace("'%s'" % asked.uuid, "?")) for name, text in sent]
    if any("?" not in text for _, text in steps) or len(set(steps)) < len(steps):
        raise BenchError("these are not the statements of one cold request alone: %s" % sent)
    statements = machine.write("statements.tsv", "".join(
        "%s\t%s\n" % (database.jdbc(name), text) for name, text in steps))
    instances = write_targets(machine.work / "bare.tsv", targets)
    servers = {"bare": {"rounds": []}, "ours": {"rounds": []}}
    for number in range(1, arguments.rounds + 1):
        for name, result in (
                ("bare", tools.statements(statements, instances, CONNECTIONS, arguments.warmup, arguments.seconds)),
                ("ours", wrk(machine, service, targets, arguments.seconds))):
            servers[name]["rounds"].append(result)
            say("round %d: %s %s" % (number, name, result.get("failed") or "%.0f/s" % result["rps"]))
    machine.stop(service.process)
    return {"statements": [text for _, text in steps], "servers": medians(servers),
            "times": ratios(servers, "bare", "ours")}


def distinct(machine, arguments, cloud, first):
    """A path of the mix from each of many instances, nova's cache and ours on: none of them is in it yet."""
    conf, tools = cloud.conf(machine), JavaTools(machine)
    early, rest = cloud.targets()[:first], cloud.targets()[first:]
    files = {"early": write_targets(machine.work / "early.tsv", early),
             "rest": write_targets(machine.work / "rest.tsv", rest)}
    found = {}
    for name in ("nova", "ours"):
        if name == "ours":
            service = Ours(machine, "ours-distinct", conf, cloud.options()).start()
            service.wait_for(early[0])
        else:
            service = start_nova(Nova(machine, "nova-distinct", conf, arguments.nova_threads, cloud.options()),
                                 early[0]) if arguments.nova_conf else None
        if service:
            tools.sweep(service, files["early"], max(1, arguments.distinct_seconds // 6))
            found[name] = tools.sweep(service, files["rest"], arguments.distinct_seconds)
            say("%s: %d distinct instances, %.0f/s" % (name, found[name]["requests"]["count"], found[name]["rps"]))
            machine.stop(service.process)
    return {"instances": len(rest), "servers": found,
            "to_nova": ratio(found["ours"]["rps"], found["nova"]["rps"]) if "nova" in found else None}


def show(results):
    distinct_rows = [[NAMES[name], results["distinct"]["to_nova"] if name == "nova" else None, each["rps"],
                      each["requests"]["p50_ms"], each["requests"]["p99_ms"], each["requests"]["count"], each["failed"]]
                     for name, each in results["distinct"]["servers"].items()]
    return "\n\n".join([
        table(["cache off", "ours to it", "req/s", "p50 ms", "p99 ms", "errors", "failed rounds"],
              latency_rows(results["servers"], {"nova": results["to_nova"]})),
        *bare_table(results.get("bare")),
        table(["distinct instances", "ours to it", "instances/s", "p50 ms", "p99 ms", "answered", "failed"],
              distinct_rows)])


def bare_table(found):
    """Of a run that was made before there was one: none."""
    return [table(["cache off, 1,000 instances", "our time to it", "req/s", "p50 ms", "p99 ms", "errors",
                   "failed rounds"], latency_rows(found["servers"], {"bare": found["times"]}))] if found else []
