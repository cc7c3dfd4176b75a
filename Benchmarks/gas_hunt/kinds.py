"""The kinds of faults that were found by hand, as predicates over genes: a hunt that finds them proves itself."""

from __future__ import annotations

from typing import Callable

from .genes import Candidate
from .values import COLLIDING, Value


def _uses(candidate: Candidate, *names: str) -> bool:
    """Whether the loop's operations are among these."""
    return any(op.name in names for op in candidate.body)


def _has(candidate: Candidate, fits: Callable[[Value], bool]) -> bool:
    return any(fits(value) for value in candidate.values)


def _only(candidate: Candidate, *names: str) -> bool:
    """Whether the loop does nothing but these, in a heap that is not kept full, above few frames."""
    is_alone = candidate.live is None and candidate.stack is None
    return is_alone and bool(candidate.body) and all(op.name in names for op in candidate.body)


def _text(candidate: Candidate, text: str) -> bool:
    return any(text in op.text for op in candidate.body)


RECORDS_BY_SPREAD = ("record literal with spread or computed keys, or with more than 64 parts",)
PARTS = ("ab+b", "a+b", "b+a", "wide+b", "ab", "aab", "a", "wide")

SCATTERED = ("text", "list", "listText", "pairs", "record")

# A kind is rediscovered when a candidate that fits is confirmed above the limit.
KINDS: dict[str, Callable[[Candidate], bool]] = {
    "a field among colliding keys": lambda c: not _uses(c, "Map.of") and _has(
        c, lambda v: v.shape == "record" and v.part in COLLIDING and v.size > 1),
    "allocation above frames with many temporaries": lambda c: c.stack is not None and not c.live and c.stack[0] in (
        "temporaries", "spread"),
    "iteration of a Map": lambda c: _only(c, "Map.keys", "Map.values", "Map.entries", "Array.from") and _has(
        c, lambda v: v.shape in ("map", "nestedMap") and v.part not in COLLIDING),
    "iteration of a deep trie": lambda c: _only(c, "Map.keys", "Map.values", "Map.entries", "Array.from") and _has(
        c, lambda v: v.shape == "map" and v.part in COLLIDING),
    "a Record of spreads of large Records": lambda c: _only(c, *RECORDS_BY_SPREAD) and _text(c, "...<r>") and _has(
        c, lambda v: v.shape == "record" and v.size > 100),
    "a request or JSON text of a Record with many short keys": lambda c: (c.mode == "request" or _only(c, "JSON.parse"))
    and _has(c, lambda v: v.part.startswith("fields") and v.size > 100),
    "Object.fromEntries": lambda c: _only(c, "Object.fromEntries") and _has(
        c, lambda v: v.shape in ("entries", "record") and v.size > 100),
    "Map.of with colliding keys": lambda c: _uses(c, "Map.of") and _has(c,
        lambda v: v.part in COLLIDING and v.size > 1),
    "elements all over the memory": lambda c: not c.live and not c.stack and _only(
        c, "xs.flat", "xs.join", "=== !== switch", "xs.includes", "xs.indexOf", "xs.concat", "xs.flatMap") and _has(
            c, lambda v: v.shape == "list" and v.size > 20_000 and v.part in SCATTERED),
    "small objects in a heap that is half live": lambda c: c.live is not None and _uses(
        c, "Map.entries", "Object.entries", "Object.keys", "Object.values", "s.split", "rest of fields", "xs.slice",
        "xs.concat", "Array.from", "Array.of", "xs.with", "xs.toReversed", "xs.flat", "xs.toSpliced", "s.repeat",
        "s.padEnd", "s.padStart",
        "array literal; call with spread; rest of elements or arguments", "record literal", "Map.keys", "Map.values"),
    "a periodic needle": lambda c: _only(c, "s.split", "s.includes", "s.indexOf", "s.lastIndexOf", "s.replace",
                                         "s.replaceAll")
    and sum(1 for v in c.values if v.shape == "string" and v.part in PARTS) >= 2,
    "concat of empty Arrays": lambda c: _only(c, "xs.concat", "xs.flat") and _has(
        c, lambda v: v.shape == "list" and v.part == "empty"),
    "the hash of a Map": lambda c: _only(c, "Hash.fnv1a", "Hash.cbor", "Hash.sha256") and _has(
        c, lambda v: v.shape in ("map", "nestedMap") or v.part == "map"),
    "equality of Maps": lambda c: _only(c, "=== !== switch", "xs.includes", "xs.indexOf") and _has(
        c, lambda v: v.shape in ("map", "nestedMap") or v.part == "map"),
    "texts of Decimals": lambda c: _only(c, "xs.join", "String", "template literal", "Decimal.toString",
                                         "JSON.stringify") and _has(
        c, lambda v: v.shape == "decimal" or "ecimal" in v.part or v.part in ("tiny", "huge")),
    "Random": lambda c: any(op.name.startswith(("Random", "Uuid")) for op in c.body),
    "Clock": lambda c: _uses(c, "Clock.now"),
}


def kinds_of(candidate: Candidate) -> list[str]:
    """The known kinds that the candidate could be."""
    return [name for name, fits in KINDS.items() if fits(candidate)]
