"""Measures how long sandboxes take to make and to wipe, ours and those of others, in one run.

Prints a table and writes .build/bench/bench-sandbox.json. Our times come from the program sandbox-timing, and those of
the peers from scripts in peers/. A peer that is not installed is left out, with a message.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)

# The targets: for each name, quantiles and their limits in microseconds.
BARS = {
    "clone-wipe-pooled": [("median", 1), ("p99", 5)],
    "clone-fresh-mapping": [("median", 60)],
    "first-request-tables-dropped": [("p999", 1000)],
    "cold-load-first-response": [("median", 1000)],
}


def output(command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def ours(program, folder):
    return [json.loads(line) for line in output([program, folder]).splitlines()]


def quantile(ordered, share):
    return round(ordered[max(0, math.ceil(share * len(ordered)) - 1)], 3)


def peer(subject, command):
    try:
        times = sorted(json.loads(output(command)))
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"{subject}: left out: {str(error).splitlines()[0]}", file=sys.stderr)
        return []
    return [{
        "name": "new-context", "subject": subject, "unit": "us", "median": round(statistics.median(times), 3),
        "p99": quantile(times, 0.99), "p999": quantile(times, 0.999), "max": round(times[-1], 3), "rounds": len(times),
    }]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("program", help="the built sandbox-timing")
    parser.add_argument("--python", default=os.path.join(ROOT, ".build/bench-venv/bin/python"))
    parser.add_argument("--out", default=os.path.join(ROOT, ".build/bench"))
    arguments = parser.parse_args()

    os.makedirs(arguments.out, exist_ok=True)
    peers = os.path.join(HERE, "peers")
    results = ours(arguments.program, arguments.out)
    results += peer("quickjs", [arguments.python, os.path.join(peers, "quickjs_context.py")])
    results += peer("wasmtime", [arguments.python, os.path.join(peers, "wasmtime_instance.py")])
    results += peer("node", ["node", os.path.join(peers, "node_context.js")])
    with open(os.path.join(arguments.out, "bench-sandbox.json"), "w", encoding="utf-8") as file:
        json.dump({"results": results}, file, indent=1)
        file.write("\n")

    print(f"{'microseconds':30} {'':9} {'median':>10} {'p99':>10} {'p99.9':>10} {'max':>10}")
    for row in results:
        figures = " ".join(f"{row[key]:10.2f}" for key in ("median", "p99", "p999", "max"))
        print(f"{row['name']:30} {row['subject']:9} {figures}")
    for row in results:
        for key, bar in BARS.get(row["name"], []):
            verdict = "met" if row[key] <= bar else "MISSED"
            print(f"bar: {row['name']} {key} <= {bar} us: {verdict} ({row[key]:.2f})")


if __name__ == "__main__":
    main()
