"""Runs the cases of the conformance kit on every platform, and compares all results with the expected ones.

Usage: determinism.py CASES PLATFORM... [--json FILE]

CASES is a file with one case a line (docs/conformance.md). A platform is one that Platforms/build.sh has built.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field

import portable
from portable import Conditions

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILT = os.path.join(ROOT, ".build", "platforms")
COMPARED = ("error", "body", "sha256", "gas", "heapPeak", "stackPeak", "calls")
# A run of all cases that takes longer is stuck.
LONGEST = 3600

# What must change no result, in addition to the platform: the name in the matrix, and what it is.
VARIATIONS: dict[str, tuple[Conditions, dict[str, str]]] = {
    "": (Conditions(), {}),
    "collecting": (Conditions(collects_always=True), {}),
    "filled": (Conditions(fill=0x5EED), {}),
    "elsewhere": (Conditions(), {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"}),
}


def command_of(platform: str) -> list[str]:
    """The command that answers messages from standard input to standard output."""
    host = os.path.join(BUILT, platform, "host")
    if platform == "wasm32":
        return ["node", os.path.join(ROOT, "Platforms", "wasm32", "host.mjs"),
                os.path.join(BUILT, platform, "portable.wasm")]
    emulators = {"aarch64-linux": ["qemu-aarch64-static"], "riscv64-linux": ["qemu-riscv64-static"]}
    return emulators.get(platform, []) + [host]


def on_board(stream: bytes) -> bytes:
    """The answers of the board without an operating system, which reads and writes files."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "portable.in"), "wb") as file:
            file.write(stream)
        subprocess.run(
            ["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a57", "-m", "2G", "-net", "none", "-display", "none",
             "-monitor", "none", "-serial", "none", "-semihosting-config", "enable=on,target=native",
             "-kernel", os.path.join(BUILT, "aarch64-none", "host")], cwd=folder, check=True, timeout=LONGEST,
            stdin=subprocess.DEVNULL)
        with open(os.path.join(folder, "portable.out"), "rb") as file:
            return file.read()


def answers(platform: str, messages: list[bytes], environment: dict[str, str]) -> list[bytes]:
    """The platform's answers to messages."""
    stream = portable.frames(messages)
    if platform == "aarch64-none":
        return portable.unframed(on_board(stream))
    run = subprocess.run(command_of(platform), input=stream, stdout=subprocess.PIPE, check=True, timeout=LONGEST,
                         cwd="/" if environment else None, env=os.environ | environment)
    return portable.unframed(run.stdout)


@dataclass
class Suite:
    """The results of a suite on a platform."""

    requests: int = 0
    runs: int = 0
    differences: list[str] = field(default_factory=list)


def difference(case: dict, request: dict, answer: portable.Answer) -> str | None:
    """The first difference from what is expected, in words."""
    name = f"{case['name']}, request {request['name']}"
    if answer.refusal is not None:
        return f"{name}: refused, {answer.refusal[:200]}"
    if answer.snapshot != case["snapshot"]:
        return f"{name}: the snapshot is {answer.snapshot}, not {case['snapshot']}"
    if len(answer.runs) != len(request["runs"]):
        return f"{name}: {len(answer.runs)} outcomes instead of {len(request['runs'])}"
    for run, expected in zip(answer.runs, request["runs"]):
        for key in COMPARED:
            if run[key] != expected[key]:
                return f"{name}, gas limit {expected['gasLimit']}: {key} is {run[key]!r}, not {expected[key]!r}"
    return None


def compare(platform: str, variation: str, cases: list[dict]) -> tuple[dict[str, Suite], float]:
    """Runs all cases; the results by suite, and the seconds that they took."""
    conditions, environment = VARIATIONS[variation]
    asked = [(case, request) for case in cases for request in case["requests"]]
    messages = [portable.message(case["files"], request, request["runs"], conditions) for case, request in asked]
    began = time.monotonic()
    given = answers(platform, messages, environment)
    seconds = time.monotonic() - began
    suites: dict[str, Suite] = defaultdict(Suite)
    if len(given) != len(asked):
        raise SystemExit(f"{platform}: {len(given)} answers to {len(asked)} messages")
    for (case, request), data in zip(asked, given):
        suite = suites[case["name"].split("/")[0]]
        suite.requests += 1
        suite.runs += len(request["runs"])
        found = difference(case, request, portable.parsed(data))
        if found:
            suite.differences.append(found)
    return suites, seconds


def main() -> int:
    parser = argparse.ArgumentParser(description="Compares platforms.")
    parser.add_argument("cases", help="a file with one case a line")
    parser.add_argument("platforms", nargs="+", metavar="platform[:variation]")
    parser.add_argument("--json", help="write the results to this file, too")
    options = parser.parse_args()
    with open(options.cases, encoding="utf-8") as file:
        cases = [json.loads(line) for line in file]
    names = list(dict.fromkeys(case["name"].split("/")[0] for case in cases))
    print(f"{'platform':30}" + "".join(f"{name:>20}" for name in names) + f"{'seconds':>10}")
    results = []
    for wanted in options.platforms:
        platform, _, variation = wanted.partition(":")
        suites, seconds = compare(platform, variation, cases)
        cells = [f"{len(suites[name].differences)} differ" if suites[name].differences else f"{suites[name].runs} equal"
                 for name in names]
        print(f"{wanted:30}" + "".join(f"{cell:>20}" for cell in cells) + f"{seconds:10.1f}", flush=True)
        differences = [one for name in names for one in suites[name].differences]
        if differences:
            print(f"  first: {differences[0]}", flush=True)
        results.append({
            "name": wanted, "programs": sum(suite.requests for suite in suites.values()),
            "runs": sum(suite.runs for suite in suites.values()), "differences": len(differences),
            "seconds": round(seconds, 1)})
    if options.json:
        os.makedirs(os.path.dirname(os.path.abspath(options.json)), exist_ok=True)
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"platforms": results}, file, indent=2)
    return 1 if any(result["differences"] for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
