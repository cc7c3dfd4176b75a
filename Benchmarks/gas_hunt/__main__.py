"""The commands: `hunt`, `rank` and `check`. `python3 -m gas_hunt --help` says more."""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time

from . import check, corpus, kinds, report
from .evolve import Hunt
from .measure import LIMIT, MOST_GAS, Runner
from .seeds import SEEDS

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# A proof has to rediscover so many kinds.
ENOUGH = 8


class Mistake(Exception):
    """A bad option, in a sentence."""


def say(text: str) -> None:
    print(text, flush=True)


def hunt(options: argparse.Namespace, runner: Runner) -> int:
    """Hunts, confirms, prints the ranking and keeps what is worth keeping."""
    state = Hunt(runner, random.Random(options.seed))
    if not options.without_seeds:
        state.first = list(reversed(SEEDS))
    if options.proof:
        state.watched = kinds.KINDS
    began = time.monotonic()
    end = began + options.minutes * 60
    was_interrupted = False
    try:
        state.go(end - min(0.15 * options.minutes * 60, 600), say)
        state.confirm_best(end)
    except KeyboardInterrupt:
        was_interrupted = True
        runner.end_child()
        say("interrupted; the ranking so far:")
    for line in report.ranking(state):
        say(line)
    kept = report.keep(state, options.found)
    report.write_ranking(state, options.found)
    if kept:
        say(f"{kept} programs above 7 x are in {os.path.relpath(options.found)}")
    if was_interrupted:
        return 130
    if options.proof:
        return proof(state)
    worse = report.above(state)
    say(f"ABOVE {LIMIT:.0f} x: {len(worse)} programs" if worse else f"no confirmed program is above {LIMIT:.0f} x")
    return 1 if worse or state.strange else 0


def proof(state: Hunt) -> int:
    """Prints which of the known kinds were rediscovered."""
    for name in kinds.KINDS:
        one = state.rediscovered.get(name)
        figures = "" if one is None else ": " + report.row(one.score, one.nanoseconds, one.candidate.name).strip()
        say(f"{'not found' if one is None else 'rediscovered':13} {name}{figures}")
    count = len(state.rediscovered)
    say(f"{count} of {len(kinds.KINDS)} known kinds were rediscovered; {ENOUGH} are needed")
    return 0 if count >= ENOUGH else 1


def rank(options: argparse.Namespace, runner: Runner) -> int:
    """Measures the corpus, and prints the ranking."""
    programs = corpus.load_all(options.corpus)
    rows: list[corpus.Row] = []
    was_interrupted = False
    try:
        for one in corpus.measured(runner, programs, options.turns, options.every):
            rows.append(one)
    except KeyboardInterrupt:
        was_interrupted = True
        say(f"interrupted after {len(rows)} of {len(programs)} programs")
    say(f"{'ratio':>10} {'a unit':>12}  program, and how it ended if not by gas")
    for ratio, nanoseconds, name, ending in sorted(rows, reverse=True):
        say(report.row(ratio, nanoseconds, name) + ("" if ending == "GasExhausted" else f"  {ending}"))
    if was_interrupted:
        return 130
    worse = [name for ratio, _, name, _ in rows if ratio > LIMIT]
    say(f"ABOVE {LIMIT:.0f} x: {', '.join(worse)}" if worse else f"no program of the corpus is above {LIMIT:.0f} x")
    return 1 if worse else 0


def parsed(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="gas_hunt", description="The search for the most time per unit of gas.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, words_of_help in (("hunt", "search"), ("rank", "measure the corpus"),
                                ("check", "check that all is covered")):
        command = commands.add_parser(name, help=words_of_help)
        command.add_argument("--mqjs", default=os.path.join(ROOT, ".build", "release", "mqjs"),
                             help="the command to measure")
        command.add_argument("--core", type=int, default=None,
                             help="the core to run on; the last one, if it is not given")
        if name == "hunt":
            command.add_argument("--minutes", type=float, default=60.0, help="how long, in all (60)")
            command.add_argument("--seed", type=int, default=1, help="of the random choices (1)")
            command.add_argument("--without-seeds", action="store_true", help="do not start from known hard shapes")
            command.add_argument("--proof", action="store_true", help="say which known kinds were rediscovered")
            command.add_argument("--found", default=os.path.join(ROOT, ".build", "gas-hunt", "found"),
                                 help="the folder for programs above 7 x")
        else:
            command.add_argument("--corpus", default=corpus.FOLDER, help="the folder of the corpus")
        if name == "check":
            command.add_argument("--most-gas", type=int, default=MOST_GAS, help="run programs up to this limit only")
        if name == "rank":
            command.add_argument("--turns", type=int, default=7,
                                 help="runs of each program, of which the least counts (7)")
            command.add_argument("--every", action="store_true",
                                 help="take all turns, also for programs that are far below")
    return parser.parse_args(words)


def checked(options: argparse.Namespace) -> None:
    """Refuses options that make no sense."""
    if not os.access(options.mqjs, os.X_OK):
        raise Mistake(f"there is no command {options.mqjs}: build it (Scripts/build-release.sh), or name it (--mqjs)")
    cores = os.sched_getaffinity(0)
    if options.core is None:
        options.core = max(cores)
    if options.core not in cores:
        raise Mistake(f"there is no core {options.core}: this process may use {sorted(cores)}")
    if options.command == "hunt" and not 0 < options.minutes <= 100_000:
        raise Mistake("--minutes has to be above 0, and at most 100000")
    if options.command == "rank" and not 1 <= options.turns <= 100:
        raise Mistake("--turns has to be from 1 to 100")
    if options.command != "hunt" and not os.path.isdir(options.corpus):
        raise Mistake(f"there is no folder {options.corpus}")


def main() -> int:
    options = parsed(sys.argv[1:])
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        checked(options)
    except Mistake as mistake:
        print(f"gas_hunt: {mistake}", file=sys.stderr)
        return 2
    runner = Runner(options.mqjs, None if options.command == "check" else options.core)
    try:
        if options.command == "check":
            return check.check(options.corpus, runner, ROOT, options.most_gas)
        return hunt(options, runner) if options.command == "hunt" else rank(options, runner)
    except KeyboardInterrupt:
        return 130
    except ValueError as problem:
        print(f"gas_hunt: {problem}", file=sys.stderr)
        return 2
    finally:
        runner.close()


if __name__ == "__main__":
    sys.exit(main())
