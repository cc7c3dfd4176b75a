"""Known hard shapes as genes, from which a hunt starts."""

from __future__ import annotations

from .genes import Candidate, Operation
from .values import Value

G, M = 1 << 30, 1 << 28
_SPREADS = "record literal with spread or computed keys, or with more than 64 parts"
_ENTRIES = Operation("Object.entries", 0, (0,))
_SLICE = Operation("xs.slice", 2, (0,))
_FIELDS = Value("record", 2000, "short")

SEEDS: tuple[Candidate, ...] = (
    Candidate((Value("record", 32, "colliding120000"), Value("key", 31, "colliding120000")),
              (Operation("r[k]; a computed key in a pattern", 1, (0, 1)),), heap=M),
    Candidate((_FIELDS,), (_ENTRIES,), stack=("temporaries", 500, 720)),
    Candidate((_FIELDS,), (_ENTRIES,), stack=("spread", 15_000, 10), heap=M),
    Candidate((Value("record", 100, "short"),), (_ENTRIES,), stack=("plain", 1000, 1), heap=100_000),
    Candidate((Value("map", 16_384, "spread"),), (Operation("Map.keys", 0, (0,)),)),
    Candidate((Value("map", 16_384, "spread"),), (Operation("Map.entries", 0, (0,)),)),
    Candidate((Value("map", 16_384, "spread"),), (Operation("Array.from", 2, (0,)),)),
    Candidate((Value("map", 128, "colliding98"),), (Operation("Map.entries", 0, (0,)),)),
    Candidate((Value("record", 60_000, "scattered"), Value("record", 60_000, "word")),
              (Operation(_SPREADS, 1, (0, 1)),), heap=M),
    Candidate((Value("json", 40_000, "fields:short"),), (Operation("JSON.parse", 0, (0,)),)),
    Candidate((Value("json", 1_000_000, "fields:short"),), (), mode="request", heap=G),
    Candidate((Value("entries", 400_000, "scattered"),), (Operation("Object.fromEntries", 0, (0,)),), heap=G),
    Candidate((Value("entries", 64, "colliding4096"),), (Operation("Map.of", 0, (0,)),)),
    Candidate((Value("list", 400_000, "listText", "sorted"),), (Operation("xs.flat", 1, (0,)),), heap=M),
    Candidate((Value("list", 400_000, "listText", "shuffled"),), (Operation("xs.flat", 1, (0,)),), heap=M),
    Candidate((Value("list", 300_000, "text", "sorted"),), (Operation("=== !== switch", 3, (0,)),), heap=G),
    Candidate((_FIELDS,), (_ENTRIES,), live=("lists", 0.46)),
    Candidate((_FIELDS,), (Operation("rest of fields", 1, (0,)),), live=("lists", 0.46)),
    Candidate((Value("map", 2000, "int"),), (Operation("Map.entries", 0, (0,)),), live=("lists", 0.46)),
    Candidate((Value("string", 20_000, "wide"),), (Operation("s.split", 1, (0,)),), live=("lists", 0.46)),
    Candidate((Value("list", 2000, "undefined"),), (_SLICE,), live=("shuffled", 0.46), heap=M),
    Candidate((Value("string", 15_000, "ab"), Value("string", 5000, "ab+b")), (Operation("s.indexOf", 0, (0, 1)),)),
    Candidate((Value("string", 30_000, "a"), Value("string", 2000, "a+b")), (Operation("s.split", 0, (0, 1)),)),
    Candidate((Value("list", 20_000, "empty"),), (Operation("xs.concat", 2, (0,)),)),
    Candidate((Value("map", 16_384, "spread"),), (Operation("Hash.fnv1a", 2, (0,)),)),
    Candidate((Value("map", 16_384, "spread"),), (Operation("=== !== switch", 3, (0,)),)),
    Candidate((Value("list", 1000, "longDecimal"),), (Operation("xs.join", 1, (0,)),)),
    Candidate((Value("json", 5000, "records"),), (Operation("JSON.parse", 0, (0,)),)),
    Candidate((), (Operation("Random.bytes", 1, ()),)),
    Candidate((), (Operation("Clock.now", 0, ()),)),
    Candidate((Value("list", 100_000, "record4"),), (), mode="response", heap=M),
)
