# SPDX-License-Identifier: Apache-2.0
"""Requests per second with a warm cache: nova, an empty servlet on the same Liberty, and this project."""
from load import ratio
from rounds import interleaved, profile, ratios
from services import empty_servlet
from setting import SmallCloud, add_nova_arguments
from tables import latency_rows, table


def add_arguments(parser):
    add_nova_arguments(parser)
    parser.add_argument("--rounds", type=int, default=4, help="each server this often (%(default)s)")
    parser.add_argument("--seconds", type=int, default=15,
                        help="each time for so long (%(default)s, as long as nova's cache lasts unless nova.conf says "
                             "otherwise: then each round has its share of loads)")
    parser.add_argument("--warmup", type=int, default=30, help="seconds of load before the rounds (%(default)s)")
    parser.add_argument("--profile", action="store_true", help="also record where our server spends its time")


QUICK = {"rounds": 1, "seconds": 2, "warmup": 2}


def run(machine, arguments):
    cloud = SmallCloud(machine, arguments)
    services = {"nova": cloud.nova(arguments.nova), "empty": empty_servlet(machine), "ours": cloud.ours()}
    services = {name: service for name, service in services.items() if service}
    services["empty"].wait_for(None, "/")
    found = interleaved(machine, services, cloud.targets, arguments.rounds, arguments.seconds, arguments.warmup)
    results = {"servers": found, "instances": len(cloud.targets),
               "to_nova": ratios(found, "ours", "nova"), "to_empty": ratios(found, "ours", "empty"),
               "p99_to_nova_p50": ratio(found["ours"]["p99_ms"], found["nova"]["p50_ms"]) if "nova" in found else None}
    if arguments.profile:
        results["profile"] = profile(machine, services["ours"], cloud.targets)
    return results


def show(results):
    return table(["warm", "ours to it", "req/s", "p50 ms", "p99 ms", "errors", "failed rounds"],
                 latency_rows(results["servers"], {"nova": results["to_nova"], "empty": results["to_empty"]}))
