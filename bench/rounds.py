# SPDX-License-Identifier: Apache-2.0
"""Several servers under the same load, one after the other, round after round, so that what disturbs the
machine disturbs them alike."""
import re
import time

from load import median, ratio, wrk
from machine import java_tool, output, say

PROFILE_SECONDS = 8


def interleaved(machine, services, targets, rounds, seconds, warmup):
    """{name: {"rounds": [what wrk found], medians}}; a server that fails a round is given another chance."""
    for service in services.values():
        say("%s: warming up for %d s" % (service.name, warmup))
        wrk(machine, service, targets, warmup)
        if service.has_hung():
            service.restart(targets[0])
    found = {name: {"rounds": []} for name in services}
    for number in range(1, rounds + 1):
        for name, service in services.items():
            result = one_round(machine, service, targets, seconds)
            found[name]["rounds"].append(result)
            say("round %d: %s %s" % (number, service.name, result.get("failed") or "%.0f/s" % result["rps"]))
            if "failed" in result:
                service.restart(targets[0])
            time.sleep(1)
    return medians(found)


def medians(found):
    """What was found in each server's rounds, with the medians of those that count."""
    for result in found.values():
        good = [each for each in result["rounds"] if "failed" not in each]
        for key in ("rps", "p50_ms", "p99_ms"):
            result[key] = median([each[key] for each in good])
        result["errors"] = sum(each.get("errors", 0) for each in result["rounds"])
        result["failed_rounds"] = len(result["rounds"]) - len(good)
    return found


def one_round(machine, service, targets, seconds):
    """What wrk found; failed as well where the server hung, for then it was not all of it that was measured."""
    result = wrk(machine, service, targets, seconds)
    if service.has_hung():
        result["failed"] = "hung"
    elif "failed" not in result and not service.answers(targets[0]):
        result["failed"] = "does not answer after the load"
    return result


def ratios(found, name, other):
    """The ratio of one's requests per second to another's in each round: median, lowest, highest."""
    each = [ratio(a["rps"], b["rps"]) for a, b in zip(found[name]["rounds"], found[other]["rounds"])
            if "failed" not in a and "failed" not in b] if other in found else []
    each = [value for value in each if value is not None]
    return {"median": median(each), "lowest": min(each), "highest": max(each)} if each else None


def profile(machine, service, targets, most=12):
    """Where our server spends its time under the load, by Java Flight Recorder: (samples, method) pairs."""
    recording = machine.work / "profile.jfr"
    jcmd, pid = java_tool("jcmd"), service.process.pid
    output(jcmd, pid, "JFR.start", "name=bench", "settings=profile")
    wrk(machine, service, targets, PROFILE_SECONDS)
    output(jcmd, pid, "JFR.stop", "name=bench", "filename=%s" % recording)
    return {kind: _top(output(java_tool("jfr"), "print", "--events", event, "--stack-depth", "1", recording,
                              seconds=120), most)
            for kind, event in (("java", "jdk.ExecutionSample"), ("native", "jdk.NativeMethodSample"))}


def _top(told, most):
    counts = {}
    for method in re.findall(r"stackTrace = \[\s+([^\n]+?)\s+line:", told):
        name = re.sub(r"\(.*", "", method)
        counts[name] = counts.get(name, 0) + 1
    return sorted(((count, name) for name, count in counts.items()), reverse=True)[:most]
