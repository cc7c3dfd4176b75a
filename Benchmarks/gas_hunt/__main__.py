"""The options: `hunt`, `rank` and `check`."""

from __future__ import annotations

import argparse
import os
import random
import sys
import time

from . import evolve
from .evolve import Hunt
from .measure import Runner

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def hunt(options: argparse.Namespace, runner: Runner) -> int:
    state = Hunt(runner, random.Random(options.seed))
    until = time.monotonic() + options.minutes * 60 * 0.85
    try:
        state.go(until, lambda text: print(text, flush=True))
    except KeyboardInterrupt:
        print("interrupted; the ranking so far:")
    for found in state.best(30):
        print(f"{found.score:8.1f} {found.candidate.name[:200]}")
    print(state.tried, state.endings)
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="gas_hunt")
    parser.add_argument("--mqjs", default=os.path.join(ROOT, ".build/release/mqjs"))
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    runner = Runner(options.mqjs, max(os.sched_getaffinity(0)))
    try:
        return hunt(options, runner)
    finally:
        runner.close()


if __name__ == "__main__":
    sys.exit(main())
