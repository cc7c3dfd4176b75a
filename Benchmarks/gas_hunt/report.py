"""What a hunt and a ranking print and keep."""

from __future__ import annotations

import hashlib
import os
import re

from . import corpus
from .corpus import Stored
from .evolve import WORTH, Found, Hunt, program_of
from .measure import LIMIT


def row(ratio: float, nanoseconds: float, name: str) -> str:
    return f"{ratio:8.2f} x {nanoseconds:9.1f} ns  {name}"


def ranking(state: Hunt, count: int = 10) -> list[str]:
    """The worst candidates with effects and without them, and how all ended."""
    lines = [f"{'ratio':>10} {'a unit':>12}  program"]
    for with_effects in (True, False):
        for found in state.best(count, effects=with_effects):
            mark = "" if found.confirmed is not None else " (not confirmed)"
            nanoseconds = found.nanoseconds or found.ratio * state.base * 1e9
            lines.append(row(found.score, nanoseconds, found.candidate.name + mark))
        lines.append("")
    endings = ", ".join(f"{name} {count}" for name, count in state.endings.most_common())
    lines.append(f"{state.tried} candidates: {endings}")
    lines += [f"FINDING: {ending}: {candidate.name}" for ending, candidate in state.strange]
    return lines


def write_ranking(state: Hunt, folder: str) -> None:
    """Writes the ranking of all niches to a file of the folder."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "ranking.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(ranking(state, 100_000)) + "\n")


def above(state: Hunt) -> list[Found]:
    """What is confirmed above the limit."""
    return [found for found in state.best(10_000, each=3) if found.confirmed is not None and found.confirmed > LIMIT]


def keep(state: Hunt, folder: str) -> int:
    """Writes what is confirmed and worth keeping, one of each niche; how many these are."""
    kept = [found for found in state.best(10_000) if found.confirmed is not None and found.confirmed > WORTH]
    for found in kept:
        program = program_of(found.candidate)
        stem = re.sub(r"[^a-z0-9]+", "-", "-".join(found.candidate.niche).lower()).strip("-")[:70]
        digest = hashlib.sha256(program.source.encode()).hexdigest()[:6]
        stresses = f"{found.score:.1f} times the bare tail call: {found.candidate.name}"
        corpus.save(folder, Stored(f"{stem}-{digest}", stresses, program, found.start, found.end))
    return len(kept)
