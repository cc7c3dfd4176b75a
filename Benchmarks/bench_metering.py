#!/usr/bin/env python3
"""What does it cost that gas is counted? Runs the programs of Benchmarks/programs in two builds of the engine, one of which
does not count the gas of instructions, alternately, and compares their processor times.

Usage: bench_metering.py METERED UNMETERED [--rounds N]. METERED and UNMETERED are builds of program-timing.
Writes .build/bench/bench-metering.json and prints a table.
"""

import argparse
import json
import os
import statistics
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PROGRAMS = ["fib", "loop", "closures", "records", "strings"]
RUNS = "3"


def milliseconds(command, program):
    path = os.path.join(HERE, "programs", program + ".js")
    done = subprocess.run([command, RUNS, path], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("metered")
    parser.add_argument("unmetered")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    commands = {"metered": options.metered, "unmetered": options.unmetered}
    times = {(name, program): [] for name in commands for program in PROGRAMS}
    for number in range(options.rounds):
        for program in PROGRAMS:
            # The order alternates from round to round.
            for name in sorted(commands, reverse=number % 2 == 1):
                times[name, program].append(milliseconds(commands[name], program))
    results, ratios = [], []
    print(f"{'program':10} {'metered':>12} {'unmetered':>12} {'overhead':>10}")
    for program in PROGRAMS:
        medians = {name: statistics.median(times[name, program]) for name in commands}
        pairs = [a / b for a, b in zip(times["metered", program], times["unmetered", program])]
        ratio = statistics.median(pairs)
        ratios.append(ratio)
        print(f"{program:10} {medians['metered']:9.1f} ms {medians['unmetered']:9.1f} ms {100 * (ratio - 1):8.1f} %")
        for name in commands:
            values = times[name, program]
            results.append({"name": program, "subject": name, "unit": "ms", "median": medians[name],
                            "p99": max(values), "max": max(values)})
    print(f"geometric mean of the overheads: {100 * (statistics.geometric_mean(ratios) - 1):.1f} %")
    folder = os.path.join(ROOT, ".build", "bench")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "bench-metering.json"), "w", encoding="utf-8") as file:
        json.dump({"results": results}, file, indent=2)


if __name__ == "__main__":
    main()
