"""The hunt: evolution of candidates towards more time per unit of gas."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Callable

from . import genes
from .effects import CALLS, EFFECTS
from .genes import Candidate
from .measure import LIMIT, MOST_GAS, Program, Run, Runner, base_rate, confirmed_ratio, steady

# A candidate whose set-up takes longer, in processor seconds, is too slow to hunt with.
LONGEST_SET_UP = 0.8
# The difference in processor time that a first measurement aims at, and that a confirmation does, in seconds.
FIRST, LONG = 0.03, 0.12
# A request or a response has to cost so many units: starting and finishing a request takes time, too.
FEWEST = 50_000
# How many candidates a niche keeps.
KEPT = 3
# The ratio from which on a program is worth keeping.
WORTH = 7.0


@dataclass
class Found:
    """A candidate with its measurement."""

    candidate: Candidate
    ratio: float
    start: int = 0
    end: int = 0
    confirmed: float | None = None
    nanoseconds: float = 0.0
    # What the first measurement took, in seconds.
    cost: float = 0.0

    @property
    def score(self) -> float:
        return self.ratio if self.confirmed is None else self.confirmed


@dataclass
class Hunt:
    """The state of a hunt."""

    runner: Runner
    dice: random.Random
    base: float = 0.0
    niches: dict[tuple[str, str], list[Found]] = field(default_factory=dict)
    endings: Counter[str] = field(default_factory=Counter)
    strange: list[tuple[str, Candidate]] = field(default_factory=list)
    tried: int = 0
    # Kinds of faults to watch for: each is confirmed as soon as a candidate seems to show it.
    watched: dict[str, Callable[[Candidate], bool]] = field(default_factory=dict)
    rediscovered: dict[str, Found] = field(default_factory=dict)
    # Candidates to begin with.
    first: list[Candidate] = field(default_factory=list)
    deck: list[tuple[str, int]] = field(default_factory=list)

    def next(self) -> Candidate:
        """The next candidate: every operation in its turn, or a child of what was good."""
        dice = self.dice
        if not self.niches or dice.random() < 0.35:
            if dice.random() < 0.06:
                return genes.fresh(dice)
            if not self.deck:
                self.deck = list(genes.EVERY)
                dice.shuffle(self.deck)
            return genes.fresh(dice, self.deck.pop())
        first = self.parent()
        if dice.random() < 0.25:
            return genes.crossed(first.candidate, self.parent().candidate, dice)
        return genes.mutant(first.candidate, dice)

    def parent(self) -> Found:
        """The best of a few members for the time that they take, each from a random niche."""
        names = [name for name in self.niches if name[0] not in EFFECTS] or list(self.niches)
        if self.dice.random() < 0.12:
            names = [name for name in self.niches if name[0] in EFFECTS] or names
        chosen = [self.dice.choice(self.niches[self.dice.choice(names)]) for _ in range(self.dice.choice((2, 4, 8)))]
        return max(chosen, key=lambda found: found.score / (0.2 + found.cost))

    def step(self) -> None:
        """Tries one candidate."""
        candidate = self.first.pop() if self.first else self.next()
        found, ending = self.measure(candidate)
        self.tried += 1
        self.endings[ending] += 1
        if found is None:
            return
        members = self.niches.get(candidate.niche, [])
        if any(one.candidate == candidate for one in members):
            return
        if len(members) == KEPT and found.ratio <= members[-1].score:
            return
        if found.ratio > LIMIT * 0.7:  # again: noise must not breed
            again, _ = self.measure(candidate)
            if again is None:
                return
            found = min(found, again, key=lambda one: one.ratio)
        members = sorted(members + [found], key=lambda one: -one.score)
        self.niches[candidate.niche] = members[:KEPT]
        self.watch(found)

    def watch(self, found: Found) -> None:
        """Confirms a candidate that seems to show a kind of fault, if that kind is not confirmed yet."""
        kinds = [name for name, fits in self.watched.items() if name not in self.rediscovered and fits(found.candidate)]
        if kinds and found.ratio > LIMIT:
            self.confirm(found)
            if found.score > LIMIT:
                self.rediscovered |= {name: found for name in kinds}

    def measure(self, candidate: Candidate) -> tuple[Found | None, str]:
        """A first measurement, and how the candidate ended."""
        if candidate.has_effects() and (candidate.live or candidate.heap):
            # A request makes too few calls to pay for the collection of a large heap, which its set-up has filled.
            return None, "effects beside a large heap"
        program = program_of(candidate)
        began = time.monotonic()
        first = self.run(candidate, Program(genes.program(candidate, only_set_up=True), program.request, program.heap,
                                            program.grants), MOST_GAS if candidate.mode != "request" else 1)
        if first.ending not in ("value", "GasExhausted"):
            return None, first.ending
        if first.seconds > LONGEST_SET_UP:
            return None, "slow set-up"
        gas = first.gas
        if candidate.mode == "request":
            gas = 1
        elif program.grants:  # no report: the set-up of handlers with effects is small
            gas = self.gas_of_set_up(program)
        step = 1_000_000 if not candidate.has_effects() else 2_000
        if program.request is not None and candidate.mode == "request":
            step = len(program.request.encode()) // 2 + 1000
            if step < FEWEST:
                return None, "too little work"
        for _ in range(5):
            run = self.run(candidate, program, gas + step, wants_calls=candidate.has_effects())
            done = run.ending == "value" and candidate.mode == "response"
            if run.ending != "GasExhausted" and not done:
                return None, run.ending
            took = run.seconds - first.seconds
            units = max(1, run.gas - gas)
            if done and units < FEWEST:
                return None, "too little work"
            ratio = took / units / self.base
            if done or candidate.mode == "request" or took > FIRST or step >= 100_000_000 or run.calls > CALLS * 0.6:
                break
            if ratio < 2 and step > 5_000_000 and run.excess < units / 8:
                break
            wanted = max(2.0, min(20.0, FIRST * 1.3 / max(took, 0.001)))
            if candidate.has_effects():
                wanted = min(wanted, 0.9 * CALLS / max(1, run.calls)) if run.calls else wanted
                if wanted < 1.2:
                    break
            if gas + step * wanted > MOST_GAS:
                break
            step = int(step * wanted)
        return Found(candidate, max(0.0, ratio), gas, gas + step, cost=time.monotonic() - began), "ran"

    def gas_of_set_up(self, program: Program) -> int:
        """The gas of the static initialisers and the start of a handler, which no report shows without its calls."""
        bare = Program(program.source.split("export default")[0] + "0\n", None, program.heap)
        return self.runner.run(bare, MOST_GAS).gas + 50

    def run(self, candidate: Candidate, program: Program, limit: int, wants_calls: bool = False) -> Run:
        """A run; strange endings are findings of their own kind."""
        run = self.runner.run(program, limit, wants_calls)
        if run.ending == "hang" or run.ending.startswith("signal"):
            self.strange.append((run.ending, candidate))
        return run

    def best(self, count: int, each: int = 1, effects: bool | None = None) -> list[Found]:
        """The best of all niches, at most so many of each: with effects, without them, or (None) both."""
        chosen = [found for members in self.niches.values() for found in members[:each]
                  if effects is None or found.candidate.has_effects() == effects]
        return sorted(chosen, key=lambda found: -found.score)[:count]

    def confirm(self, found: Found) -> None:
        """Measures a candidate for longer, by turns with the bare tail call, once what is touched first was touched."""
        if found.confirmed is not None:
            return
        candidate = found.candidate
        start, end = found.start, found.end
        if candidate.mode == "loop" and not candidate.has_effects():
            rate = max(found.ratio, 0.5) * self.base
            units = max(end - start, min(200_000_000, int(LONG / rate)))
            start, end = steady(self.runner, program_of(candidate), start, units)
        found.start, found.end = start, end
        ratio, found.nanoseconds, ending = confirmed_ratio(self.runner, program_of(candidate), start, end)
        if ending not in ("GasExhausted", "value"):
            self.strange.append((ending, candidate))
            ratio = 0.0
        found.confirmed = ratio

    def confirm_best(self, until: float, at_least: int = 10) -> None:
        """Confirms the best without effects, then, while there is time, all others worth keeping.

        The best without effects are confirmed even if the time is over, or else there would be no ranking.
        """
        while True:
            first = self.best(at_least, effects=False)
            others = self.best(1000, effects=True) + self.best(1000, effects=False)
            others = [one for one in others if one.ratio > WORTH]
            if time.monotonic() > until:
                others = []
            waiting = [one for one in first + others if one.confirmed is None]
            if not waiting:
                return
            self.confirm(waiting[0])
            for members in self.niches.values():
                members.sort(key=lambda one: -one.score)

    def go(self, until: float, says: Callable[[str], None]) -> None:
        """Hunts until a time."""
        self.base = base_rate(self.runner)
        began = spoke = time.monotonic()
        while time.monotonic() < until:
            self.step()
            now = time.monotonic()
            if now - spoke >= 60:
                spoke = now
                if self.watched:
                    says(f"rediscovered: {', '.join(self.rediscovered) or 'nothing yet'}")
                self.base = min(self.base, base_rate(self.runner, 1))
                top = self.best(1)
                above = sum(1 for members in self.niches.values() if members[0].score > LIMIT)
                worst = f"; worst {top[0].score:.1f}: {top[0].candidate.name[:120]}" if top else ""
                says(f"{(now - began) / 60:.0f} min: {self.tried} candidates, {self.endings['ran']} ran, "
                     f"{len(self.niches)} niches, {above} above {LIMIT:.0f} x, not confirmed{worst}")


def program_of(candidate: Candidate) -> Program:
    """What is run for a candidate."""
    return Program(genes.program(candidate), genes.request(candidate), candidate.heap, tuple(genes.grants(candidate)))
