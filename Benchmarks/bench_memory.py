"""Resident memory of requests that use as much memory as they can, against their budgets.

    python3 Benchmarks/bench_memory.py [MQJS]

Each program runs in a process of its own. The table shows the most memory that the process ever had resident
(`ru_maxrss`), that of an empty program, and the bound that docs/memory.md states: twice the heap budget, twice the
stack budget, and 256 MiB for the host, beyond an empty program. The exit status is 1 if a process exceeds the bound.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

MIB = 1 << 20
DEFAULT_HEAP = 16 * MIB
STACK_BYTES = 8 * 524_288
HOST_BYTES = 256 * MIB

REPEATED = "export default function (r) { const f = (n) => { %s; return f(n + 1); }; return f(0); }"
LONG_RESULT = """DbRead.query("SELECT printf('%.*c', 4000000, 'x') AS a", [])"""
NAMES = "".join(f"const a{i} = n; " for i in range(300)) + "return [" + "".join(f"a{i}, " for i in range(60))


@dataclass
class Program:
    """A program, and the options of `mqjs run` besides the gas limit."""

    name: str
    source: str
    heap: int = DEFAULT_HEAP
    gas: int = 2_000_000_000
    #: Bytes of a String in the request; None for a script.
    request: int | None = None
    options: list[str] = field(default_factory=list)


PROGRAMS = [
    Program("lists until the heap is full", "const f = (l) => f([l]);\nf(0)"),
    Program("the same", "const f = (l) => f([l]);\nf(0)", heap=256 * MIB),
    Program("the same", "const f = (l) => f([l]);\nf(0)", heap=1024 * MIB),
    Program(
        "collections, half of the heap live",
        "const l = Array.from({length: 320000}, (x, i) => [i]);\nconst xs = Array.from({length: 2000});\n"
        "const f = () => { xs.slice(1); l.length; return f(); };\nf()",
        gas=100_000_000,
    ),
    Program("recursion until the stack is full", "const d = (n) => 1 + d(n + 1);\nd(0)"),
    Program("the same, 200 temporaries", f"const d = (n) => [{'n, ' * 200}d(n + 1)];\nd(0)"),
    Program("the same, 300 names", f"const d = (n) => {{ {NAMES}d(n + 1)]; }};\nd(0)"),
    Program("equality, 120,000 deep", "const n = (v, k) => k === 0 ? v : n([v], k - 1);\nn(1, 120000) === n(1, 120000)"),
    Program("a response of 7 MB", '"x".repeat(7000000)'),
    Program("a response of 100 MB", '"x".repeat(100000000)', heap=512 * MIB),
    Program("a request of 4 MB", "export default function (r) { return 1; }", request=4_000_000),
    Program("a request of 100 MB", "export default function (r) { return 1; }", heap=512 * MIB, request=100_000_000),
    Program(
        "10,000 lines of a log", REPEATED % 'Log.info("x".repeat(300))', gas=20_000_000, request=1,
        options=["--grant", "Log=log"],
    ),
    Program(
        "10,000 calls of Random.bytes(4096)", REPEATED % "Random.bytes(4096)", gas=100_000_000, request=1,
        options=["--grant", "Random"],
    ),
    Program(
        "results of 4 MB from a database", REPEATED % LONG_RESULT, heap=64 * MIB, gas=60_000_000, request=1,
        options=["--grant", "DbRead=data.db"],
    ),
    Program(
        "the same, with a journal", REPEATED % LONG_RESULT, heap=64 * MIB, gas=60_000_000, request=1,
        options=["--grant", "DbRead=data.db", "--journal", "data.db"],
    ),
]


def write_request(path: str, byte_count: int) -> None:
    """Writes a request with a long String, in pieces: what this process holds would count as its children's."""
    with open(path, "w", encoding="ascii") as file:
        file.write('["')
        for start in range(0, byte_count, MIB):
            file.write("x" * min(MIB, byte_count - start))
        file.write('"]')


def peak(mqjs: str, program: Program, folder: str) -> tuple[int, str]:
    """The most resident memory of a run, in bytes, and the beginning of what it printed."""
    with open(os.path.join(folder, "app.js"), "w", encoding="utf-8") as file:
        file.write(program.source)
    command = [mqjs, "run", "app.js", "--gas-limit", str(program.gas), "--heap-limit", str(program.heap)]
    if program.request is not None:
        write_request(os.path.join(folder, "request.json"), program.request)
        command += ["--request", "request.json"]
    output = os.path.join(folder, "output")
    with open(output, "wb") as file:
        process = subprocess.Popen(command + program.options, cwd=folder, stdout=file, stderr=subprocess.STDOUT)
        usage = os.wait4(process.pid, 0)[2]
    with open(output, "rb") as file:
        return usage.ru_maxrss * 1024, file.read(48).decode("utf-8", "replace").split("\n")[0]


def main() -> int:
    mqjs = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/release/mqjs")
    exceeded = False
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(os.path.join(folder, "data.db"))
        connection.execute("CREATE TABLE t (a)")
        connection.close()
        empty = peak(mqjs, Program("empty", "1"), folder)[0]
        print(f"an empty program: {empty / MIB:.0f} MiB\n")
        print("| program | heap, MiB | resident, MiB | bound, MiB | ends in |\n|---|---|---|---|---|")
        for program in PROGRAMS:
            resident, beginning = peak(mqjs, program, folder)
            bound = empty + 2 * program.heap + 2 * STACK_BYTES + HOST_BYTES
            exceeded = exceeded or resident > bound
            print(
                f"| {program.name} | {program.heap // MIB} | {resident / MIB:.0f} | {bound / MIB:.0f} | `{beginning}` |",
                flush=True,
            )
    print("\na process exceeds its bound" if exceeded else "\nno process exceeds its bound")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
