"""The corpus: programs that once took much time per unit of gas, one in each file."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import collisions
from .measure import LIMIT, Program, Runner, confirmed_ratio

FOLDER = collisions.FOLDER
FIELDS = {"name", "stresses", "source", "request", "heapLimit", "grants", "gasFrom", "gasTo"}
Row = tuple[float, float, str, str]
MACRO = re.compile(r'@(repeat|range|colliding|key)\(([^()"]*)(?:,\s*("(?:[^"\\]|\\.)*"))?\)')


@dataclass(frozen=True)
class Stored:
    """A program of the corpus."""

    name: str
    stresses: str
    program: Program
    start: int
    end: int


def expand(text: str) -> str:
    """The text with its macros expanded.

    `@repeat(200, "n,")` is `n,` 200 times. `@range(0, 40000, "k%,")` is the text for each number in place of `%`.
    `@colliding(98)` is an expression of all keys of 98 bytes with one hash, and `@key(98)` is the last of them; see
    `collisions`.
    """

    def filled(match: re.Match[str]) -> str:
        numbers = [int(number) for number in match.group(2).split(",") if number.strip()]
        if match.group(1) == "colliding":
            return collisions.expression(str(numbers[0]))
        if match.group(1) == "key":
            return collisions.last_key(str(numbers[0]))
        piece = json.loads(match.group(3))
        if match.group(1) == "repeat":
            return piece * numbers[0]
        return "".join(piece.replace("%", str(number)) for number in range(*numbers))

    return MACRO.sub(filled, text)


def load(path: str) -> Stored:
    """Reads a file of the corpus. A `ValueError` says what is wrong with it."""
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    if set(data) != FIELDS:
        raise ValueError(f"{path}: the fields are {sorted(data)}, not {sorted(FIELDS)}")
    if not 1 <= data["gasFrom"] < data["gasTo"]:
        raise ValueError(f"{path}: gasFrom has to be at least 1, and below gasTo")
    request = None if data["request"] is None else expand(data["request"])
    program = Program(expand(data["source"]), request, data["heapLimit"], tuple(data["grants"]))
    return Stored(data["name"], data["stresses"], program, data["gasFrom"], data["gasTo"])


def load_all(folder: str = FOLDER) -> list[Stored]:
    """The whole corpus, in the order of the names of the files."""
    return [load(os.path.join(folder, name)) for name in sorted(os.listdir(folder)) if name.endswith(".json")]


def save(folder: str, stored: Stored) -> None:
    """Writes a program to a file of its own."""
    os.makedirs(folder, exist_ok=True)
    program = stored.program
    data = {"name": stored.name, "stresses": stored.stresses, "source": program.source, "request": program.request,
            "heapLimit": program.heap, "grants": list(program.grants), "gasFrom": stored.start, "gasTo": stored.end}
    with open(os.path.join(folder, stored.name + ".json"), "w", encoding="utf-8") as file:
        json.dump(data, file, indent=1, ensure_ascii=False)
        file.write("\n")


def measured(runner: Runner, programs: list[Stored], turns: int, every: bool) -> Iterator[Row]:
    """The ratio, the nanoseconds per unit, the name and the ending of each program.

    Unless every turn is wanted, a program that is below half of the limit after two turns gets no more.
    """
    for one in programs:
        ratio, nanoseconds, ending = confirmed_ratio(runner, one.program, one.start, one.end,
                                                     turns if every else min(2, turns))
        if ratio > LIMIT / 2 and not every:
            ratio, nanoseconds, ending = confirmed_ratio(runner, one.program, one.start, one.end, turns)
        yield ratio, nanoseconds, one.name, ending
