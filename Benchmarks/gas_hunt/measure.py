"""Runs of mqjs, and their processor time."""

from __future__ import annotations

import json
import os
import re
import resource
import select
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass

from . import effects

# A run that takes longer is ended and reported as a finding: seconds of the processor, and of the clock. The latter are
# more, because the machine may have other work to do.
MOST_SECONDS, LONGEST_WAIT = 60, 300
MOST_GAS = 2_000_000_000
# No program may take more time per unit than so many times what the bare tail call takes.
LIMIT = 10.0


def _limit_processor_time() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))


@dataclass(frozen=True)
class Run:
    """One run: processor seconds (user and system, the whole process), gas, and how it ended."""

    seconds: float
    gas: int
    # "GasExhausted", "value", the name of an error, "hang", "signal N", or "not compiled".
    ending: str
    # The gas beyond the limit: how much the last charge was, at least.
    excess: int = 0
    calls: int = 0


@dataclass(frozen=True)
class Program:
    """What is run."""

    source: str
    request: str | None = None
    heap: int | None = None
    grants: tuple[str, ...] = ()


class Runner:
    """Runs programs on one core, in a folder of its own, which goes with `close`."""

    def __init__(self, mqjs: str, core: int | None = None) -> None:
        self.mqjs = os.path.abspath(mqjs)
        self.folder = tempfile.mkdtemp(prefix="gas-hunt-")
        if core is not None and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {core})
        self.child: subprocess.Popen[bytes] | None = None

    def close(self) -> None:
        """Ends what runs, and removes the folder."""
        self.end_child()
        shutil.rmtree(self.folder, ignore_errors=True)

    def end_child(self) -> None:
        """Kills the run that is in progress, if there is one, and waits for it."""
        if self.child is not None:
            self.child.kill()
            self.child.wait()
            self.child = None

    def path(self, name: str) -> str:
        return os.path.join(self.folder, name)

    def write(self, name: str, text: str) -> str:
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def run(self, program: Program, limit: int, wants_calls: bool = False) -> Run:
        """Runs a program with a gas limit."""
        limit = max(1, min(limit, MOST_GAS))
        command = [self.mqjs, "run", self.write("program.js", program.source), "--gas-limit", str(limit)]
        if program.request is not None:
            command += ["--request", self.write("request.json", program.request)]
        if program.heap is not None:
            command += ["--heap-limit", str(program.heap)]
        log = self.path("log")
        if os.path.exists(log):
            os.remove(log)
        command += effects.options(list(program.grants), self.folder)
        report = self.path("report.json")
        if wants_calls or not program.grants:
            command += ["--report", report]
        ending, seconds = self.spawn(command)
        if ending == "hang" or ending.startswith("signal"):
            return Run(seconds, 0, ending)
        with open(self.path("output"), "rb") as file:
            head = file.read(200).decode("utf-8", "replace")
        error = re.match(r'\{"error":"(\w+)"', head)
        used = re.search(r'"gasUsed":(\d+)', head)
        if error and used:
            gas = int(used.group(1))
            calls = self.calls(report) if wants_calls else 0
            return Run(seconds, min(gas, limit), error.group(1), max(0, gas - limit), calls)
        if not head:
            return Run(seconds, 0, "not compiled")
        if "--report" not in command:
            return Run(seconds, 0, error.group(1) if error else "value")
        with open(report, encoding="utf-8") as file:
            gas = json.load(file)["gasUsed"]
        return Run(seconds, gas, error.group(1) if error else "value")

    def spawn(self, command: list[str]) -> tuple[str, float]:
        """Runs a command; how it ended, and its processor seconds."""
        with open(self.path("output"), "wb") as output:
            self.child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL,
                                          cwd=self.folder, preexec_fn=_limit_processor_time)
        child = self.child
        hangs = False
        descriptor = os.pidfd_open(child.pid)
        try:
            poll = select.poll()
            poll.register(descriptor, select.POLLIN)
            hangs = not poll.poll(LONGEST_WAIT * 1000)
        finally:
            if hangs:
                signal.pidfd_send_signal(descriptor, signal.SIGKILL)
            os.close(descriptor)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.child = None
        seconds = usage.ru_utime + usage.ru_stime
        if hangs or child.returncode == -signal.SIGXCPU or seconds > MOST_SECONDS:
            return "hang", seconds
        return (f"signal {-child.returncode}" if child.returncode < 0 else "ended"), seconds

    @staticmethod
    def calls(report: str) -> int:
        with open(report, encoding="utf-8") as file:
            return len(json.load(file)["effects"])


BASE = Program("const f = () => f();\nf()\n")
BASE_GAS = 30_000_000


def base_rate(runner: Runner, turns: int = 3) -> float:
    """Seconds per unit of the bare tail call."""
    short = min(runner.run(BASE, 1000).seconds for _ in range(turns))
    return (min(runner.run(BASE, BASE_GAS + 1000).seconds for _ in range(turns)) - short) / BASE_GAS


def steady(runner: Runner, program: Program, start: int, units: int, most_seconds: float = 2.0) -> tuple[int, int]:
    """Two gas limits between which a loop takes as much time per unit as later.

    At first, a program touches memory for the first time, and collections come rarely when the heap is large. So the
    distance grows until two stretches of the same length take about the same time.
    """
    while True:
        times = [runner.run(program, start + part * units).seconds for part in (0, 1, 2)]
        first, second = times[1] - times[0], times[2] - times[1]
        agrees = abs(first - second) <= 0.2 * max(first, second, 0.02)
        if agrees or first + second > most_seconds or start + 4 * units > MOST_GAS:
            return start + units, min(MOST_GAS, start + 2 * units)
        units *= 2


def confirmed_ratio(runner: Runner, program: Program, start: int, end: int, turns: int = 7) -> tuple[float, float, str]:
    """The ratio to the bare tail call, the nanoseconds per unit, and how the run ended.

    The program runs up to each of the two limits, and the bare tail call, too, by turns. The least time of each counts.
    """
    times: dict[str, float] = {}
    gas = {"start": 0, "end": 0}
    ending = ""
    for _ in range(turns):
        for name, subject, limit in (("base", BASE, 1000), ("start", program, start),
                                     ("baseEnd", BASE, BASE_GAS + 1000),
                                     ("end", program, end)):
            run = runner.run(subject, limit)
            times[name] = min(times.get(name, 1e9), run.seconds)
            if name in gas:
                gas[name], ending = run.gas, run.ending
                if run.ending == "hang" or run.ending.startswith("signal"):
                    return float("inf"), float("inf"), ending
    units = max(1, (gas["end"] or end) - (gas["start"] or start))
    rate = (times["end"] - times["start"]) / units
    return rate / ((times["baseEnd"] - times["base"]) / BASE_GAS), rate * 1e9, ending
