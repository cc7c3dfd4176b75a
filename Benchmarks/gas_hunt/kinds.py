"""The kinds of faults that were found by hand, as predicates over genes: a hunt that finds them proves itself."""

from __future__ import annotations

from typing import Callable

from .effects import EFFECTS
from .genes import Candidate
from .values import COLLIDING, Value

SPREADS = "record literal with spread or computed keys, or with more than 64 parts"
COMPUTED = "r[k]; a computed key in a pattern"
ITERATION = ("Map.keys", "Map.values", "Map.entries", "Array.from")
PARTS = ("ab+b", "a+b", "b+a", "wide+b", "ab", "aab", "a", "wide")
SCATTERED = ("text", "list", "listText", "pairs", "record")
# Operations that make many objects, or large ones.
ALLOCATING = (
    *ITERATION, "Object.entries", "Object.keys", "Object.values", "s.split", "rest of fields", "xs.slice", "xs.concat",
    "Array.of", "xs.with", "xs.toReversed", "xs.flat", "xs.toSpliced", "s.repeat", "s.padEnd", "s.padStart", SPREADS,
    "record literal", "array literal; call with spread; rest of elements or arguments")


def _only(candidate: Candidate, *names: str) -> bool:
    """Whether the loop does nothing but these."""
    return bool(candidate.body) and all(op.name in names for op in candidate.body)


def _alone(candidate: Candidate, *names: str) -> bool:
    """The same, in a heap that is not kept full, above no frames."""
    return candidate.live is None and candidate.stack is None and _only(candidate, *names)


def _has(candidate: Candidate, fits: Callable[[Value], bool]) -> bool:
    return any(fits(value) for value in candidate.values)


def _collides(value: Value) -> bool:
    return value.part in COLLIDING and value.size > 1


def _is_map(value: Value) -> bool:
    return value.shape in ("map", "nestedMap") or value.part == "map"


def _is_decimal(value: Value) -> bool:
    return value.shape == "decimal" or "ecimal" in value.part or value.part in ("tiny", "huge")


def _only_effects(candidate: Candidate, *capabilities: str) -> bool:
    """Whether the loop calls effects, and only those of these capabilities."""
    called = [op.name.split(".")[0] for op in candidate.body if op.name in EFFECTS]
    return bool(called) and all(name in capabilities for name in called)


# A kind is rediscovered when a candidate that fits is confirmed above the limit.
KINDS: dict[str, Callable[[Candidate], bool]] = {
    "a field among colliding keys": lambda c: _alone(
        c, COMPUTED, "Object.get", "Object.hasOwn", "rest of fields", SPREADS, "Object.fromEntries")
    and _has(c, _collides),
    "allocation above frames with many temporaries": lambda c: _only(c, *ALLOCATING) and c.live is None
    and c.stack is not None and c.stack[0] in ("temporaries", "spread"),
    "iteration of a Map": lambda c: _alone(c, *ITERATION) and _has(c, _is_map) and not _has(c, _collides),
    "iteration of a deep trie": lambda c: _alone(c, *ITERATION) and _has(c, lambda v: _is_map(v) and _collides(v)),
    "a Record of spreads of large Records": lambda c: _alone(c, SPREADS) and "...<r>" in c.body[0].text and _has(
        c, lambda v: v.shape == "record" and v.size > 100 and not _collides(v)),
    "a request or JSON text of a Record with many short keys": lambda c: (
        c.mode == "request" or _alone(c, "JSON.parse")) and _has(
            c, lambda v: v.part.startswith("fields") and v.size > 100),
    "Object.fromEntries": lambda c: _alone(c, "Object.fromEntries") and _has(
        c, lambda v: v.shape in ("entries", "record") and v.size > 100 and not _collides(v)),
    "Map.of with colliding keys": lambda c: _alone(c, "Map.of") and _has(c, _collides),
    "elements all over the memory": lambda c: _alone(
        c, "xs.flat", "xs.join", "=== !== switch", "xs.includes", "xs.indexOf", "xs.concat", "xs.flatMap") and _has(
            c, lambda v: v.shape == "list" and v.size > 20_000 and v.part in SCATTERED),
    "small objects in a heap that is half live": lambda c: c.live is not None and _only(c, *ALLOCATING),
    "a periodic needle": lambda c: _alone(
        c, "s.split", "s.includes", "s.indexOf", "s.lastIndexOf", "s.replace", "s.replaceAll") and len(
            [v for v in c.values if v.shape == "string" and v.part in PARTS]) >= 2,
    "concat of empty Arrays": lambda c: _alone(c, "xs.concat", "xs.flat") and _has(
        c, lambda v: v.shape == "list" and v.part == "empty"),
    "the hash of a Map": lambda c: _alone(c, "Hash.fnv1a", "Hash.cbor", "Hash.sha256") and _has(c, _is_map),
    "equality of Maps": lambda c: _alone(c, "=== !== switch", "xs.includes", "xs.indexOf") and _has(c, _is_map),
    "texts of Decimals": lambda c: _alone(
        c, "xs.join", "String", "template literal", "Decimal.toString", "JSON.stringify") and _has(c, _is_decimal),
    "Random": lambda c: _only_effects(c, "Random", "Uuid"),
    "Clock": lambda c: _only_effects(c, "Clock"),
}
