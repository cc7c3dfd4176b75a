#!/usr/bin/env python3
"""Runs the programs of Benchmarks/programs in mqjs, QuickJS and Node.js, in one go, and compares.

Every round runs every program in every subject. The order of the subjects rotates from round to round, so other load on
the machine affects all alike. All subjects must give the same result. A difference fails the run.

Writes .build/bench/bench.json and prints a table. This script uses only Python's standard library. README.md describes
the measurements.
"""

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PROGRAMS = ["fib", "loop", "closures", "records", "strings"]
GAS_LIMIT = "2000000000"
HEAP_LIMIT = str(1 << 30)
TIMEOUT_SECONDS = 300


class Failure(Exception):
    """A subject did not give a result."""


def path_of(name, peer):
    """The file of a program. Some programs have a separate version for peers."""
    own = os.path.join(HERE, "programs", name + ".peer.js")
    return own if peer and os.path.exists(own) else os.path.join(HERE, "programs", name + ".js")


def run(command):
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)
    except subprocess.TimeoutExpired as late:
        raise Failure(f"more than {TIMEOUT_SECONDS} s") from late
    if done.returncode != 0:
        raise Failure(f"exit status {done.returncode}: {(done.stdout + done.stderr).strip()[:300]}")
    return done.stdout


class Mqjs:
    """Our engine. The time is that of the whole process, minus the median of a program that does nothing."""

    name = "mqjs"

    def __init__(self, command, report):
        self.command = command
        self.report = report
        self.startup = statistics.median(self.whole("empty")[0] for _ in range(15))
        self.gas = {}

    def whole(self, name):
        start = time.perf_counter()
        output = run([self.command, "run", path_of(name, peer=False), "--gas-limit", GAS_LIMIT,
                      "--heap-limit", HEAP_LIMIT, "--report", self.report])
        return time.perf_counter() - start, output.strip()

    def measure(self, name):
        seconds, result = self.whole(name)
        with open(self.report, encoding="utf-8") as file:
            self.gas[name] = json.load(file)["gasUsed"]
        return seconds - self.startup, result


class Peer:
    """Another engine. It measures the time itself, and only that of the evaluation."""

    def __init__(self, name, command):
        self.name = name
        self.command = command

    def measure(self, name):
        answer = json.loads(run([*self.command, path_of(name, peer=True)]))
        return answer["seconds"], answer["result"]


def subjects(arguments):
    found = []
    if not arguments.without_mqjs:
        found.append(Mqjs(arguments.mqjs, os.path.join(arguments.out, "report.json")))
    try:
        run([arguments.quickjs_python, "-c", "import quickjs"])
        found.append(Peer("quickjs", [arguments.quickjs_python, os.path.join(HERE, "peers", "quickjs_peer.py")]))
    except (Failure, OSError):
        print("quickjs is not installed: left out", file=sys.stderr)
    node = os.path.join(HERE, "peers", "node_peer.js")
    found.append(Peer("node-jitless", ["node", "--jitless", node]))
    found.append(Peer("node", ["node", node]))
    return found


def measure(found, names, rounds):
    """The seconds by program and subject, and the problems."""
    times = {(name, subject.name): [] for name in names for subject in found}
    problems = []
    broken = set()
    for turn in range(rounds):
        for name in names:
            results = {}
            for position in range(len(found)):
                subject = found[(position + turn) % len(found)]
                if (name, subject.name) in broken:
                    continue
                print(f"\rround {turn + 1} of {rounds}: {name:10} {subject.name:14}", end="", file=sys.stderr, flush=True)
                try:
                    seconds, results[subject.name] = subject.measure(name)
                    times[name, subject.name].append(seconds)
                except Failure as failure:
                    broken.add((name, subject.name))
                    problems.append(f"{name}: {subject.name}: {failure}")
            if len(set(results.values())) > 1:
                problems.append(f"{name}: the results differ: {results}")
    print("\r" + " " * 60 + "\r", end="", file=sys.stderr)
    return times, problems


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def summarize(times):
    results = []
    for (name, subject), values in times.items():
        if values:
            in_ms = [1000 * value for value in values]
            results.append({
                "name": name, "subject": subject, "unit": "ms", "median": round(statistics.median(in_ms), 3),
                "p99": round(percentile(in_ms, 0.99), 3), "max": round(max(in_ms), 3), "min": round(min(in_ms), 3),
                "rounds": len(in_ms),
            })
    return results


def ratios(results, subject, names, base="mqjs"):
    """The time of the subject divided by that of the base, by program."""
    median = {(row["name"], row["subject"]): row["median"] for row in results}
    return {name: median[name, subject] / median[name, base]
            for name in names if (name, subject) in median and (name, base) in median and median[name, base] > 0}


def print_table(results, names, gas):
    print(f"{'program':10} {'subject':13} {'median':>10} {'min':>10} {'max':>10}   {'of ours':>8}   {'gas':>14} {'ns/gas':>7}")
    for name in names:
        for row in results:
            if row["name"] != name:
                continue
            ratio = ratios(results, row["subject"], [name]).get(name)
            text = f"{row['name']:10} {row['subject']:13} " + " ".join(f"{row[k]:7.1f} ms" for k in ("median", "min", "max"))
            text += f"   {ratio:7.2f}x" if ratio is not None else " " * 11
            if row["subject"] == "mqjs" and name in gas:
                text += f"   {gas[name]:14,d} {row['median'] * 1e6 / gas[name]:7.2f}"
            print(text)
        print()
    for subject in dict.fromkeys(row["subject"] for row in results):
        found = ratios(results, subject, names)
        if subject != "mqjs" and found:
            mean = math.exp(statistics.fmean(math.log(value) for value in found.values()))
            print(f"geometric mean, {subject} / mqjs: {mean:.2f} over {', '.join(found)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--programs", nargs="+", default=PROGRAMS, choices=PROGRAMS)
    parser.add_argument("--mqjs", default=os.path.join(ROOT, ".build/release/mqjs"))
    parser.add_argument("--without-mqjs", action="store_true", help="measure the peers alone")
    parser.add_argument("--quickjs-python", default=os.path.join(ROOT, ".build/bench-venv/bin/python"))
    parser.add_argument("--out", default=os.path.join(ROOT, ".build/bench"))
    arguments = parser.parse_args()

    os.makedirs(arguments.out, exist_ok=True)
    found = subjects(arguments)
    times, problems = measure(found, arguments.programs, arguments.rounds)
    results = summarize(times)
    ours = next((subject for subject in found if isinstance(subject, Mqjs)), None)
    gas = ours.gas if ours else {}
    record = {
        "results": results,
        "gas": gas,
        "startupMs": round(ours.startup * 1000, 3) if ours else 0,
        "machine": {"processors": os.cpu_count(), "processor": processor(), "system": platform.platform()},
        "problems": problems,
    }
    with open(os.path.join(arguments.out, "bench.json"), "w", encoding="utf-8") as file:
        json.dump(record, file, indent=1)
        file.write("\n")
    if ours:
        print(f"mqjs is measured as a whole process, less {ours.startup * 1000:.1f} ms for one that does nothing\n")
    print_table(results, arguments.programs, gas)
    for problem in problems:
        print(f"FAILED {problem}", file=sys.stderr)
    return 1 if problems else 0


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "")
    except OSError:
        return platform.processor()


if __name__ == "__main__":
    sys.exit(main())
