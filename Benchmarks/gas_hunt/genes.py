"""Candidates: programs as genes, their random choice, mutation and crossover."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

from . import collisions, values
from .effects import EFFECTS, grants_of
from .operations import CONSTRUCTS, LIBRARY
from .values import Value

OPERATIONS: dict[str, list[str]] = LIBRARY | CONSTRUCTS | EFFECTS
EVERY = [(name, form) for name in OPERATIONS for form in range(len(OPERATIONS[name]))]

# What fits a hole: shapes, and the parts that are allowed.
HOLES: dict[str, tuple[tuple[str, ...], tuple[str, ...] | None]] = {
    "s": (("string",), None), "json": (("json",), None), "d": (("decimal",), None), "r": (("record",), None),
    "m": (("map", "nestedMap"), None), "es": (("entries",), None), "deep": (("deep",), ("list", "wideList")),
    "xs": (("list",), None), "xi": (("list",), ("int", "zero", "boxed")), "xstr": (("list",), values.TEXT_ELEMENTS),
    "xprint": (("list",), values.PRINTABLE), "xx": (("list",), values.LIST_ELEMENTS),
    "xd": (("list",), ("decimal", "longDecimal", "tiny", "huge")), "key": (("key",), tuple(values.TEXT_KEYS)),
    "any": (values.SHAPES, None), "twin": (("map", "list", "record", "string", "deep", "nestedMap", "entries"), None),
    "rkey": (("record",), ("word",)),
}
# Holes that take a text of the program.
TEXT_HOLES: dict[str, tuple[str, ...]] = {
    "f": ("(x) => x", "() => 1", "Math.abs", "String", "JSON.kind", "(x, i) => i", "() => n", "(x, i, all) => x",
          "Some"),
    "yes": ("() => true", "(x) => true", "(x, i) => i >= 0", "Array.isArray"),
    "fold": ("(a) => a", "(a, x) => x", "(a, x, i, all) => a", "Array.of", "(a, x) => [a]"),
    "int": ("1", "77", "-1", "9223372036854775807", "n", "4611686018427387904"),
    "scale": ("0", "2", "14", "27", "28"),
}
NUMBERS = (0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 63, 64, 65, 100, 255, 1000, 4096, 10_000, 100_000, 1 << 31, 1 << 53, -1, -2)
HOLE = re.compile(r"<(\w+)>")
HEAPS = (None, 100_000, 1 << 28, 1 << 30)
LIVES = {"lists": 32, "empty": 32, "texts": 48, "shuffled": 112, "closures": 56, "letters": 8, "records": 32,
         "slots": 8}
STACKS = ("plain", "temporaries", "names", "spread")


@dataclass(frozen=True)
class Operation:
    """A statement of the loop: an operation, one of its forms, and the arguments in the order of the holes."""

    name: str
    form: int
    # A number is a value of the set-up; a text is itself; "last" is the last place in the first argument.
    arguments: tuple[int | str, ...]

    @property
    def text(self) -> str:
        return OPERATIONS[self.name][self.form]


@dataclass(frozen=True)
class Candidate:
    """A program as genes."""

    values: tuple[Value, ...]
    body: tuple[Operation, ...]
    repeats: int = 1
    # What is kept alive: kind, share of the heap.
    live: tuple[str, float] | None = None
    # The frames below the loop: kind, depth, words of each.
    stack: tuple[str, int, int] | None = None
    heap: int | None = None
    # "loop", "request" (the first value is the request) or "response" (the first value is the response).
    mode: str = "loop"

    @property
    def niche(self) -> tuple[str, str]:
        """The kind of fault that it could be: the operation, and the kind of its largest value."""
        arguments = self.body[0].arguments if self.body else range(len(self.values))
        used = [self.values[a] for a in arguments if isinstance(a, int)]
        main = max(used, key=lambda value: value.size, default=None)
        if self.has_effects():
            return next(op.name for op in self.body if op.name in EFFECTS), ""
        around = ("+live" if self.live else "") + ("+stack" if self.stack else "")
        return (self.body[0].name if self.body else self.mode) + around, main.niche if main else ""

    @property
    def name(self) -> str:
        """A short name."""
        sizes = ", ".join(f"{value.niche} {value.size}" for value in self.values)
        around = (("live", self.live), ("stack", self.stack), ("heap", self.heap))
        extra = "".join(f", {word} {value}" for word, value in around if value)
        ending = " + ".join(op.name for op in self.body) if self.body else self.mode
        return f"{ending}: {sizes}{extra}"

    def has_effects(self) -> bool:
        return any(op.name in EFFECTS for op in self.body)


def statement(op: Operation, number: str, made: tuple[Value, ...]) -> str:
    """The text of an operation."""
    rest = list(op.arguments)

    def fill(match: re.Match[str]) -> str:
        argument = rest.pop(0)
        if argument == "last":
            first = next((made[a] for a in op.arguments if isinstance(a, int)), None)
            return str(max(0, first.length - 1)) if first else "0"
        if isinstance(argument, str):
            return argument
        if match.group(1) == "twin":
            return f"v{argument} === t{argument}"
        return f"v{argument}.key1" if match.group(1) == "rkey" else f"v{argument}"

    return HOLE.sub(fill, op.text).replace("#", number)


def program(candidate: Candidate, only_set_up: bool = False) -> str:
    """The source. With `only_set_up`, the loop ends at once."""
    made = candidate.values
    lines = ["const h = (...xs) => xs;", "const k = (...xs) => 1;", "const w = (x) => x;"]
    for length in sorted({need for value in made for need in value.needs()}):
        lines.append(f"const K{length} = {collisions.expression(length)};")
    if candidate.mode == "request":
        end = "return 0;" if only_set_up else "return f();"
        return f"const f = () => f();\nexport default function (request) {{ {end} }}\n"
    twins = {a for op in candidate.body for a in op.arguments if isinstance(a, int) and "<twin>" in op.text}
    for number, value in enumerate(made):
        lines.append(value.lines(f"v{number}"))
        if number in twins:
            lines.append(value.lines(f"t{number}"))
    if candidate.mode == "response":
        return "\n".join([*lines, "0" if only_set_up else "v0"]) + "\n"
    lines += live_lines(candidate)
    repeats = 1 if any(op.name == "Async.await" for op in candidate.body) else candidate.repeats
    statements = [statement(op, f"{place}_{turn}", made) for turn in range(repeats)
                  for place, op in enumerate(candidate.body)]
    body = " ".join(text if text.endswith("}") and not text.startswith("const") else text + ";" for text in statements)
    counts = re.search(r"\bn\b", body) is not None
    head, again, start = ("(n)", "f(n + 1)", "f(0)") if counts else ("()", "f()", "f()")
    loop = f"const f = {head} => {{ {'return 0' if only_set_up else f'{body} return {again}'}; }};"
    stack, start = stack_lines(candidate, start)
    if candidate.has_effects():
        inside = "\n".join([loop, *stack, f"return {start};"])
        return "\n".join([*lines, f"export default function (request) {{\n{inside}\n}}"]) + "\n"
    return "\n".join([*lines, loop, *stack, start]) + "\n"


def live_lines(candidate: Candidate) -> list[str]:
    """Declarations that keep a share of the heap alive."""
    if candidate.live is None:
        return []
    kind, share = candidate.live
    count = int((candidate.heap or 1 << 24) * share / LIVES[kind])
    made = {
        "lists": f"Array.from({{length: {count}}}, (_, i) => [i])",
        "empty": f"Array.from({{length: {count}}}, () => [])",
        "texts": f'Array.from({{length: {count}}}, (_, i) => "x" + String(i))',
        "shuffled": f"((b) => [{'...b, ' * 10}])(((b) => b.map((_, i) => b[i * 7919 * 13 % {count}]))"
                    f"(Array.from({{length: {count}}}, (_, i) => [i])))",
        "closures": f"Array.from({{length: {count}}}, (_, i) => () => i)", "letters": f'"é".repeat({count}).split("")',
        "records": f"Array.from({{length: {count}}}, (_, i) => ({{a: i}}))",
        "slots": f"Array.from({{length: {count}}})",
    }[kind]
    return [f"const L = {made};"]


def stack_lines(candidate: Candidate, start: str) -> tuple[list[str], str]:
    """Declarations of frames below the loop, and the expression that starts all."""
    if candidate.stack is None:
        return [], start
    kind, depth, width = candidate.stack
    if kind == "plain":
        text = f"const d = (m) => m === 0 ? {start} : 1 + d(m - 1);"
    elif kind == "names":
        names = [f"a{i}" for i in range(max(1, width))]
        declared = " ".join(f"const {name} = m;" for name in names)
        text = f"const d = (m) => {{ {declared} return m === 0 ? {start} : d(m - 1) + {' + '.join(names)}; }};"
    elif kind == "spread":
        text = f"const d = (m) => m === 0 ? {start} : [...[m], {'m, ' * min(60, width)}d(m - 1)].length;"
    else:
        row = "m, " * min(180, width)
        nested = "d(m - 1)"
        for _ in range(max(1, width // 180)):
            nested = f"Array.of({row}{nested})"
        text = f"const d = (m) => m === 0 ? {start} : {nested}.length;"
    return [text], f"d({depth})"


def request(candidate: Candidate) -> str | None:
    """The text of the request, if the program has a handler."""
    if candidate.mode == "request":
        return candidate.values[0].json_text()
    return "{}" if candidate.has_effects() else None


def grants(candidate: Candidate) -> list[str]:
    """The capabilities that the candidate needs."""
    return grants_of(program(candidate)) if candidate.has_effects() else []


# --- choice -----------------------------------------------------------------------------------------------------------


class Builder:
    """Values of a set-up as they are collected."""

    def __init__(self, dice: random.Random, made: tuple[Value, ...] = ()) -> None:
        self.dice = dice
        self.values = list(made)

    def argument(self, hole: str) -> int | str:
        """Something that fits a hole; now and then, something that does not."""
        dice = self.dice
        if hole.startswith("last"):
            return "last"
        if hole in ("n", "small"):
            if dice.random() < 0.3:
                return str(values.any_size(dice))
            number = dice.choice(NUMBERS)
            return str(number if hole == "n" else number % 5000)
        if hole in TEXT_HOLES:
            return dice.choice(TEXT_HOLES[hole])
        shapes, parts = HOLES[hole] if dice.random() < 0.98 else HOLES["any"]
        if hole == "s" and dice.random() < 0.1:
            return dice.choice(('""', '"a"', '"b"', '"é"', '"abcdefgh"', '"="'))
        fitting = [i for i, v in enumerate(self.values) if v.shape in shapes and (parts is None or v.part in parts)]
        if fitting and (dice.random() < 0.6 or len(self.values) >= 4):
            return dice.choice(fitting)
        shape = dice.choice(shapes)
        if shape == "key":
            keyed = [v.part for v in self.values if v.shape in ("record", "map", "entries") and v.part in values.KEYS]
            keyed = [part for part in keyed if hole != "key" or part in values.TEXT_KEYS]
            parts = (dice.choice(keyed),) if keyed and dice.random() < 0.8 else parts
        self.values.append(values.any_value(dice, shape, parts))
        return len(self.values) - 1

    def operation(self, name: str, form: int) -> Operation:
        return Operation(name, form, tuple(self.argument(hole) for hole in HOLE.findall(OPERATIONS[name][form])))


def fresh(dice: random.Random, first: tuple[str, int] | None = None) -> Candidate:
    """A random candidate that begins with this operation."""
    roll = dice.random()
    if first is None and roll < 0.6:
        mode, shape = ("request", "json") if roll < 0.35 else ("response", None)
        value = values.any_value(dice, shape)
        return Candidate((replace(value, part="ints") if value.part == "bad" else value,), (), mode=mode,
                         heap=dice.choice(HEAPS[2:]))
    builder = Builder(dice)
    body = [builder.operation(*(first or dice.choice(EVERY)))]
    if dice.random() < 0.1:
        body.append(builder.operation(*dice.choice(EVERY)))
    result = Candidate(tuple(builder.values), tuple(body), repeats=dice.choice((1, 1, 2, 4)),
                       heap=dice.choice((None,) * 5 + (1 << 28,)))
    if dice.random() < 0.15:
        result = replace(result, live=any_live(dice))
    if dice.random() < 0.08:
        result = replace(result, stack=any_stack(dice))
    return result


def any_live(dice: random.Random) -> tuple[str, float]:
    return dice.choice(tuple(LIVES)), dice.choice((0.2, 0.35, 0.42, 0.46))


def any_stack(dice: random.Random) -> tuple[str, int, int]:
    depth = dice.choice((100, 1000, 5000, 8000, 20_000, 80_000))
    return dice.choice(STACKS), depth, dice.choice((1, 10, 50, 200, 480, 960))


def mutant(candidate: Candidate, dice: random.Random) -> Candidate:
    """A candidate with one or two genes changed."""
    for _ in range(dice.choice((1, 1, 2))):
        candidate = changed(candidate, dice)
    return pruned(candidate)


def changed(candidate: Candidate, dice: random.Random) -> Candidate:
    """A candidate with one gene changed."""
    roll = dice.random()
    if roll < 0.5 and candidate.values:
        place = dice.randrange(len(candidate.values))
        made = list(candidate.values)
        made[place] = values.mutated(made[place], dice)
        return replace(candidate, values=tuple(made))
    if roll < 0.6:
        return replace(candidate, heap=dice.choice(HEAPS))
    if candidate.mode != "loop":
        return replace(candidate, values=(values.mutated(candidate.values[0], dice),))
    if roll < 0.67:
        return replace(candidate, live=any_live(dice) if candidate.live is None or dice.random() < 0.6 else None)
    if roll < 0.72:
        return replace(candidate, stack=any_stack(dice) if candidate.stack is None or dice.random() < 0.6 else None)
    if roll < 0.76:
        return replace(candidate, repeats=max(1, min(32, dice.choice((candidate.repeats * 2, candidate.repeats // 2)))))
    builder = Builder(dice, candidate.values)
    body = list(candidate.body)
    place = dice.randrange(len(body))
    old = body[place]
    if roll < 0.9 and old.arguments:  # another argument
        holes = HOLE.findall(old.text)
        at = dice.randrange(len(holes))
        other = builder.argument(holes[at])
        body[place] = replace(old, arguments=old.arguments[:at] + (other,) + old.arguments[at + 1:])
    elif roll < 0.94:  # another form of the same operation
        body[place] = builder.operation(old.name, dice.randrange(len(OPERATIONS[old.name])))
    elif len(body) < 3 and roll < 0.97:
        body.append(builder.operation(*dice.choice(EVERY)))
    elif len(body) > 1:
        body.pop(place)
    return replace(candidate, values=tuple(builder.values), body=tuple(body))


def crossed(first: Candidate, second: Candidate, dice: random.Random) -> Candidate:
    """The body of one with the surroundings of the other, or with its values where they fit."""
    if first.mode != "loop" or second.mode != "loop":
        return mutant(first, dice)
    if dice.random() < 0.5:
        return replace(first, live=second.live, stack=second.stack, heap=second.heap)
    made = list(first.values)
    for place, value in enumerate(made):
        fitting = [other for other in second.values if other.shape == value.shape]
        if fitting:
            made[place] = dice.choice(fitting)
    return replace(first, values=tuple(made))


def pruned(candidate: Candidate) -> Candidate:
    """The candidate without values that nothing uses."""
    if candidate.mode != "loop":
        return candidate
    used = sorted({a for op in candidate.body for a in op.arguments if isinstance(a, int)})
    place = {old: new for new, old in enumerate(used)}
    body = tuple(replace(op, arguments=tuple(place[a] if isinstance(a, int) else a for a in op.arguments))
                 for op in candidate.body)
    return replace(candidate, values=tuple(candidate.values[old] for old in used), body=body)
