"""The self-test: everything that has a price is in a gene, and the corpus runs."""

from __future__ import annotations

import os
import random
import re
from dataclasses import replace

from . import collisions, corpus, effects, genes, kinds, seeds
from .measure import Runner
from .operations import CONSTRUCTS, LIBRARY


# Rows of the table of constructs that are no statements: modes of candidates, and every call of an effect.
ELSEWHERE = ("request", "response", "argument of an effect", "result of an effect")


# The line of a program that is its loop.
LOOP = re.compile(r"^const f = \((n?)\) => \{.*\};$", re.MULTILINE)


def rows(page: str, title: str) -> list[str]:
    """The first column of the table below a title of docs/gas-table.md."""
    start = page.find(f"\n## {title}\n")
    if start < 0:
        return []
    end = page.find("\n## ", start + 4)
    cells = re.findall(r"^\| (.*?) \|", page[start:end if end > 0 else len(page)], re.MULTILINE)
    return [cell.strip("`") for cell in cells][1:]


def missing(root: str) -> list[str]:
    """What has a price and is in no gene, or is in a gene and has no price."""
    with open(os.path.join(root, "docs", "gas-table.md"), encoding="utf-8") as file:
        page = file.read()
    found = []
    for title, table in (("The library", LIBRARY), ("Constructs", CONSTRUCTS), ("Effects", effects.EFFECTS)):
        names = rows(page, title)
        if len(names) < 5:
            found.append(f"docs/gas-table.md has no table {title}")
        left_out = effects.LEFT_OUT if title == "Effects" else ELSEWHERE
        found += [f"no gene has {name} (table {title})" for name in names if name not in table and name not in left_out]
        if title != "Constructs":  # the genes have more constructs: those without bulk
            found += [f"a gene has {name}, which is not in the table {title}" for name in table if name not in names]
    return found


def corpus_faults(folder: str, runner: Runner, most_gas: int) -> list[str]:
    """What is wrong with the programs of the corpus."""
    found = []
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if not name.endswith(".json"):
            continue
        if os.path.getsize(path) > 100_000:
            found.append(f"{name}: above 100,000 bytes")
        try:
            stored = corpus.load(path)
        except ValueError as problem:
            found.append(str(problem))
            continue
        if stored.name + ".json" != name:
            found.append(f"{name}: its name is {stored.name}")
        run = runner.run(stored.program, min(stored.end, most_gas))
        if run.ending != "GasExhausted":
            found.append(f"{name}: it ends in {run.ending}, not at its gas limit {stored.end}")
        only_set_up, count = LOOP.subn(r"const f = (\1) => { return 0; };", stored.program.source)
        if count == 1 and stored.start < most_gas:
            run = runner.run(replace(stored.program, source=only_set_up), stored.start + 1)
            if run.ending == "GasExhausted":
                found.append(f"{name}: gasFrom {stored.start} lies within its set-up")
    return found


def gene_faults() -> list[str]:
    """What is wrong with the tables of the genes."""
    known = set(genes.HOLES) | set(genes.TEXT_HOLES) | {"n", "small", "last0"}
    found = [f"{name}: nothing fits the hole {hole}" for name, forms in genes.OPERATIONS.items() for form in forms
             for hole in genes.HOLE.findall(form) if hole not in known]
    for seed in seeds.SEEDS:
        for op in seed.body:
            if len(op.arguments) != len(genes.HOLE.findall(op.text)):
                found.append(f"the seed {seed.name} has arguments for another number of holes")
    found += [f"no seed is of the kind: {name}" for name, fits in kinds.KINDS.items()
              if not any(map(fits, seeds.SEEDS))]
    return found


def random_faults(count: int = 3000) -> list[str]:
    """What is wrong with random candidates, their mutants and their children: each has to have a text."""
    dice = random.Random(1)
    other = genes.fresh(dice)
    for turn in range(count):
        candidate = genes.fresh(dice, genes.EVERY[turn % len(genes.EVERY)] if turn % 8 else None)
        for _ in range(3):
            child = genes.crossed(genes.mutant(candidate, dice), other, dice)
            try:
                genes.program(child)
                genes.request(child)
            except (KeyError, IndexError, ValueError) as problem:
                return [f"the candidate {child} has no text: {problem!r}"]
            candidate, other = child, candidate
    return []


def check(folder: str, runner: Runner, root: str, most_gas: int) -> int:
    """Prints what is wrong; exit status 1 if something is."""
    found = missing(root) + gene_faults() + random_faults() + collisions.faults()
    found += corpus_faults(folder, runner, most_gas)
    for line in found:
        print(f"gas_hunt: {line}")
    print("gas_hunt: all is covered" if not found else f"gas_hunt: {len(found)} faults")
    return 1 if found else 0
