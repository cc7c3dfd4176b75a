"""The values that a program makes before its loop: kinds, sizes and orders as genes."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace

from . import collisions

# Texts of Strings: the JavaScript literal that is repeated, and what follows the copies.
TEXTS: dict[str, tuple[str, str]] = {
    "a": ('"a"', ""), "ab": ('"ab"', ""), "ab+b": ('"ab"', ' + "b"'), "a+b": ('"a"', ' + "b"'), "b+a": ('"a"', ""),
    "aab": ('"aab"', ""), "wide": ('"é"', ""), "wide+b": ('"é"', ' + "b"'), "sigma": ('"Σ"', ""), "sharp": ('"ß"', ""),
    "dotted": ('"İ"', ""), "emoji": ('"😀"', ""), "line": ('"\\n"', ""), "quote": ('"\\""', ""), "nine": ('"9"', ""),
    "space": ('" "', ""), "percent": ('"%41"', ""), "comma": ('","', ""), "parts": ('"ab,"', ""),
    "dollar": ('"$&"', ""),
    "upper": ('"A"', ""), "mixed": ('"aé"', ""), "control": ('"\\u0001"', ""), "base64": ('"YWJj"', ""),
}

# Keys, as expressions of a number x.
TEXT_KEYS: dict[str, str] = {
    "short": "String(x)", "scattered": "String(x * 7919 % 1000003)", "word": '"key" + String(x)',
    "long": '"k".repeat(100) + String(x)', "longer": '"k".repeat(4000) + String(x)',
    "longFront": 'String(x) + "k".repeat(1000)', "wide": '"é" + String(x)', "wideLong": '"é".repeat(60) + String(x)',
}
COLLIDING = {f"colliding{length}": length for length in collisions.SETS}
for _name, _length in COLLIDING.items():
    TEXT_KEYS[_name] = f"K{_length}[x % {2 ** len(collisions.SETS[_length]['blocks'])}]"
KEYS: dict[str, str] = TEXT_KEYS | {
    "int": "x", "spread": "x * 77777", "boxed": "9223372036854775807 - x", "decimal": "Decimal.from(x)", "list": "[x]",
    "record": "({a: x})", "deepKey": "[[[[x]]]]",
}

# Elements of lists, as expressions of x, with a rough number of bytes.
ELEMENTS: dict[str, tuple[str, int]] = {
    "int": ("x", 8), "boxed": ("9223372036854775807 - x", 24), "bool": ("x % 2 === 0", 8), "zero": ("0", 8),
    "text": ("String(x)", 32), "constant": ('"abc"', 8), "longText": ('"a".repeat(100) + String(x)', 140),
    "hugeText": ('"a".repeat(4000) + String(x)', 4100), "wideText": ('"é".repeat(20) + String(x)', 72),
    "emptyText": ('""', 8), "decimal": ("Decimal.from(x)", 32),
    "longDecimal": ('Decimal("123456.123456789012345678901234" + String(1000 + x % 1000))', 40),
    "tiny": ('Decimal("0.000000000000000000000000000" + String(1 + x % 9))', 40),
    "huge": ('Decimal(String(1 + x % 9) + "0".repeat(33))', 40), "empty": ("[]", 24), "list": ("[x]", 32),
    "list4": ("[x, x, x, x]", 56), "listText": ("[String(x)]", 64), "nested": ("[[x]]", 56),
    "pairs": ("[x, String(x)]", 72),
    "record": ("({a: x})", 32), "record4": ("({a: x, b: 1, c: 2, d: 3})", 56),
    "ownKey": ('({["k" + String(x)]: x})', 120),
    "emptyRecord": ("({})", 24), "option": ("Some(x)", 32), "map": ("Map.of([[x, x]])", 100),
    "emptyMap": ("Map.empty", 8),
    "closure": ("((y) => () => y)(x)", 48), "undefined": ("[].forEach(w)", 8),
}
TEXT_ELEMENTS = ("text", "constant", "longText", "hugeText", "wideText", "emptyText")
PRINTABLE = TEXT_ELEMENTS + ("int", "boxed", "bool", "zero", "decimal", "longDecimal", "tiny", "huge")
LIST_ELEMENTS = ("empty", "list", "list4", "listText", "nested", "pairs")

# Numbers as texts of Decimals.
DECIMALS: dict[str, str] = {
    "few": "1.5", "many": "123456.1234567890123456789012345678", "nines": "9" * 34, "tiny": "0." + "0" * 27 + "1",
    "huge": "1" + "0" * 33, "third": "0." + "3" * 28, "negative": "-654321.8765432109876543210987654321", "zero": "0",
    "large": "1234567890123456789012345678901234",
}

# JSON texts of n parts: what comes first, what is repeated, what comes then, and what is repeated after that. `fields`
# is a Record with n fields.
JSONS: dict[str, tuple[str, str, str, str]] = {
    "ints": ("[", "1,", "1]", ""), "records": ("[", '{"a":1},{"b":1},', "{}]", ""), "fields": ("", "", "", ""),
    "deepLists": ("", "[", "", "]"), "lists": ("[", "[],", "1]", ""), "deepRecords": ("", '{"a":', "1", "}"),
    "emptyRecords": ("[", "{},", "1]", ""), "decimals": ("[", "1.5e-20,", "1]", ""),
    "longDecimals": ("[", "123456.123456789012345678,", "1]", ""), "escapes": ('["', "\\u00e9", '"]', ""),
    "texts": ("[", '"a",', "1]", ""), "wide": ('["', "é", '"]', ""), "nulls": ("[", "null,", "1]", ""),
    "twoFields": ("[", '{"a":1,"b":2},{"b":1,"a":2},', "{}]", ""), "bad": ("[", "1,", "", ""),
    "numbers": ("[", "1234567890123456789,", "1]", ""),
    "manyFields": ("[", "{" + ",".join(f'"{c}":1' for c in "hgfedcba") + "},", "1]", ""),
}
WRAPPERS = {"list": "[x]", "record": "({a: x})", "map": "Map.of([[1, x]])", "key": "Map.of([[x, 1]])",
            "wideList": "[1, x, 2]"}
# Maps and Records as texts of requests and parsed JSON get their keys from here.
FIELD_KEYS = ("short", "scattered", "word", "long", "colliding98")
ORDERS = ("plain", "shuffled", "sorted", "shared")
SHAPES = ("string", "list", "entries", "record", "map", "json", "deep", "decimal", "key", "nestedMap")


@dataclass(frozen=True)
class Value:
    """A value of the set-up: what it is, how large, of what, and in which order."""

    shape: str
    size: int
    part: str
    order: str = "plain"

    @property
    def niche(self) -> str:
        """What counts as the same kind of value."""
        return f"{self.shape}/{self.part}/{self.order}"

    @property
    def length(self) -> int:
        """The number of code units or elements, as far as it is known."""
        if self.shape == "string":
            copied, rest = TEXTS[self.part]
            unit = len(eval(copied).encode("utf-16-le")) // 2  # a literal of the table above
            return unit * self.size + (1 if rest else 0)
        return self.size

    def largest(self) -> int:
        """The largest size that makes sense: set-up must not take long."""
        if self.shape in ("string", "json"):
            return 4_000_000
        if self.shape == "deep":
            return 60_000
        weight = ELEMENTS[self.part][1] if self.shape == "list" else 100
        if self.part in ("long", "longFront", "wideLong") or self.part in COLLIDING:
            weight = 400
        if self.part == "longer" or (self.part in COLLIDING and int(COLLIDING[self.part]) > 98):
            return 2_000 if self.part == "longer" else 64
        return 60_000_000 // max(weight, 60)

    def bounded(self) -> Value:
        """The same value with a size in range."""
        return replace(self, size=max(0 if self.shape != "deep" else 1, min(self.size, self.largest())))

    def lines(self, name: str) -> str:
        """The declarations that make the value under this name."""
        n = self.size
        if self.shape == "string":
            copied, rest = TEXTS[self.part]
            return f"const {name} = {copied}.repeat({n}){rest};"
        if self.shape == "decimal":
            return f'const {name} = Decimal("{DECIMALS[self.part]}");'
        if self.shape == "key":
            return f"const {name} = {key(self.part, str(n))};"
        if self.shape == "json":
            return f"const {name} = {self.json_expression()};"
        if self.shape == "deep":
            step = WRAPPERS[self.part]
            return f"const g{name} = (n, x) => n === 0 ? x : g{name}(n - 1, {step});\nconst {name} = g{name}({n}, 1);"
        if self.shape == "nestedMap":
            inner = f"Map.of(Array.from({{length: 8}}, (_, j) => [j + x, j]))"
            return f"const {name} = Map.of(Array.from({{length: {n}}}, (_, x) => [x, {inner}]));"
        if self.shape == "list":
            element = ELEMENTS[self.part][0]
            return f"const {name} = {self.ordered(element, self.part in TEXT_ELEMENTS)};"
        entries = self.ordered(f"[{KEYS[self.part]}, x]", False)
        wrapped = {"entries": "{}", "record": "Object.fromEntries({})", "map": "Map.of({})"}[self.shape].format(entries)
        return f"const {name} = {wrapped};"

    def ordered(self, element: str, is_text: bool) -> str:
        """An expression of the list of these elements."""
        made = f"Array.from({{length: {self.size}}}, (_, x) => {element})"
        if self.order == "shuffled":
            return f"((b) => b.map((_, i) => b[i * 7919 * 13 % b.length]))({made})"
        if self.order == "sorted":
            mixed = f"Array.from({{length: {self.size}}}, (_, i) => ((x) => {element})(i * 7919 % 1000003))"
            return f"{mixed}.toSorted()" if is_text else f"{mixed}.toReversed()"
        if self.order == "shared":
            return f"((y) => Array.from({{length: {self.size}}}, () => y))(((x) => {element})(1))"
        return made

    def json_expression(self) -> str:
        """An expression of the JSON text."""
        kind, _, keys = self.part.partition(":")
        if kind == "fields":
            pair = f'"\\"" + ({TEXT_KEYS[keys]}) + "\\":1"'
            return f'"{{" + Array.from({{length: {self.size}}}, (_, x) => {pair}).join(",") + "}}"'
        head, copied, middle, end = (json.dumps(text, ensure_ascii=False) for text in JSONS[kind])
        return f"{head} + {copied}.repeat({self.size}) + {middle} + {end}.repeat({self.size})"

    def json_text(self) -> str:
        """The JSON text itself, for a request."""
        kind, _, keys = self.part.partition(":")
        if kind == "fields":
            made = {"scattered": lambda i: str(i * 7919 % 1000003), "word": lambda i: f"key{i}",
                    "long": lambda i: "k" * 100 + str(i), "colliding98": collisions.key_98}.get(keys, str)
            return json.dumps({made(i): 1 for i in range(self.size)}, separators=(",", ":"))
        head, copied, middle, end = JSONS[kind]
        return head + copied * self.size + middle + end * self.size

    def needs(self) -> list[str]:
        """The sets of colliding keys that it is made of."""
        part = self.part.partition(":")[2] or self.part
        return [COLLIDING[part]] if part in COLLIDING else []


def key(kind: str, number: str) -> str:
    """An expression of the key of this kind with this number."""
    return f"((x) => {KEYS[kind]})({number})"


def any_size(dice: random.Random) -> int:
    """A size on a logarithmic scale, often a power of two or beside one."""
    bits = dice.randint(0, 20)
    if dice.random() < 0.4:
        return max(0, (1 << bits) + dice.choice((-1, 0, 1)))
    return dice.randint(1 << bits >> 1, 1 << bits)


def any_value(dice: random.Random, shape: str | None = None, parts: tuple[str, ...] | None = None) -> Value:
    """A random value, of this shape and one of these parts."""
    shape = shape or dice.choice(SHAPES)
    if parts is None:
        parts = {
            "string": tuple(TEXTS), "list": tuple(ELEMENTS), "entries": tuple(TEXT_KEYS), "record": tuple(TEXT_KEYS),
            "map": tuple(KEYS), "json": tuple(JSONS), "deep": tuple(WRAPPERS), "decimal": tuple(DECIMALS),
            "key": tuple(KEYS), "nestedMap": ("int",),
        }[shape]
    part = dice.choice(parts)
    if shape == "json" and part == "fields":
        part += ":" + dice.choice(FIELD_KEYS)
    order = dice.choice(ORDERS) if shape in ("list", "entries") and dice.random() < 0.5 else "plain"
    if shape == "key":
        return Value(shape, dice.randint(0, 120), part)
    return Value(shape, any_size(dice), part, order).bounded()


def mutated(value: Value, dice: random.Random) -> Value:
    """The value with another size, part or order."""
    roll = dice.random()
    if roll < 0.7:
        size = dice.choice((
            value.size * 2, value.size // 2, value.size + 1, value.size - 1, value.size * 8, value.size // 8,
            (1 << value.size.bit_length()) + dice.choice((-1, 0, 1)), any_size(dice)))
        return replace(value, size=size).bounded()
    if roll < 0.85 and value.shape in ("list", "entries"):
        return replace(value, order=dice.choice(ORDERS))
    fresh = any_value(dice, value.shape)
    return replace(value, part=fresh.part).bounded()
