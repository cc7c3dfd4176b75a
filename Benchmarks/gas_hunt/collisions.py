"""Keys with one FNV-1a 64 hash.

The data file of the corpus holds sets. A set is a number of blocks, each with a twin: as long as what stands before a
block, and the length of the whole key, stay the same, a block and its twin lead to the same hash. So each choice of
blocks or twins gives another key with the same hash.
"""

from __future__ import annotations

import json
import os

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "gas_corpus")


def read() -> dict[str, dict]:
    """The sets by the length of their keys: `prefix` (copies of `x` before the blocks) and `blocks` (pairs)."""
    with open(os.path.join(FOLDER, "data", "colliding-blocks.json"), encoding="utf-8") as file:
        return json.load(file)


SETS = read()


def expression(length: str) -> str:
    """An expression of all keys of a set: an Array of 2 to the power of the number of blocks."""
    chosen = SETS[length]
    blocks = json.dumps(chosen["blocks"])
    start = f'"x".repeat({chosen["prefix"]})' if chosen["prefix"] else '""'
    return f"{blocks}.reduce((keys, pair) => keys.flatMap((k) => [k + pair[0], k + pair[1]]), [{start}])"


def last_key(length: str) -> str:
    """The key of a set that has the twin of each block."""
    return "x" * SETS[length]["prefix"] + "".join(twin for _, twin in SETS[length]["blocks"])


def key_98(number: int) -> str:
    """One of the 128 keys of 98 bytes."""
    return "".join(pair[number >> place & 1] for place, pair in enumerate(SETS["98"]["blocks"]))


def fnv1a(data: bytes) -> int:
    """The 64-bit FNV-1a hash."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def cbor_head(length: int) -> bytes:
    """The first bytes of the CBOR of a text of so many bytes."""
    for limit, first, width in ((24, 0x60, 0), (1 << 8, 0x78, 1), (1 << 16, 0x79, 2)):
        if length < limit:
            return bytes([first + length]) if width == 0 else bytes([first]) + length.to_bytes(width, "big")
    return b"\x7a" + length.to_bytes(4, "big")


def faults() -> list[str]:
    """What is wrong with the data file; nothing, if all keys of each set have one hash."""
    found = []
    for length, chosen in SETS.items():
        state = cbor_head(int(length)) + b"x" * chosen["prefix"]
        if chosen["prefix"] + sum(len(block) for block, _ in chosen["blocks"]) != int(length):
            found.append(f"colliding keys of {length} bytes: the blocks have another length")
        for number, (block, twin) in enumerate(chosen["blocks"]):
            if fnv1a(state + block.encode()) != fnv1a(state + twin.encode()) or block == twin:
                found.append(f"colliding keys of {length} bytes: block {number} and its twin differ in their hashes")
            state += block.encode()
    return found
