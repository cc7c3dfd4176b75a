"""Messages for the portable host (Sources/Portable/Exchange.swift), made of cases of the conformance kit."""

from __future__ import annotations

import base64
import hashlib
import struct
from dataclasses import dataclass, field

BUILD_AND_RUN = 4
SUCCESS, REJECTED, REFUSED = 0, 1, 2
REPLIES = ("result", "notGranted", "invalidArgument", "continuationMismatch")


def text(value: str | bytes) -> bytes:
    """A text: its number of bytes, and the bytes."""
    data = value.encode() if isinstance(value, str) else value
    return struct.pack("<I", len(data)) + data


def items(values: list[bytes]) -> bytes:
    """A list: the number of items, and the items."""
    return struct.pack("<I", len(values)) + b"".join(values)


@dataclass(frozen=True)
class Conditions:
    """What must not change any result."""

    collects_always: bool = False
    # A number from which memory is filled, or 0.
    fill: int = 0


def message(files: list[dict], request: dict, runs: list[dict], conditions: Conditions = Conditions()) -> bytes:
    """The message for a request of a case, under the gas limits of these runs."""
    sources = items([text(file["path"]) + text(file["text"]) for file in files]) + items([]) + b"\0"
    calls = [text(call["effect"]) + bytes([REPLIES.index(call["reply"])]) + text(bytes.fromhex(call["result"]))
             for call in request["calls"]]
    seed = bytes.fromhex(runs[0]["seed"])
    budgets = struct.pack("<QQBQ", request["heapLimit"], request["stackLimit"], conditions.collects_always,
                          conditions.fill)
    limits = items([struct.pack("<Q", run["gasLimit"]) for run in runs])
    return (bytes([BUILD_AND_RUN]) + sources + text(base64.b64decode(request["base64"])) + seed + budgets
            + items(calls) + limits)


@dataclass
class Reader:
    """Reads the fields of an answer."""

    data: bytes
    place: int = 0

    def take(self, count: int) -> bytes:
        part = self.data[self.place:self.place + count]
        if len(part) != count:
            raise ValueError("an answer that ends too early")
        self.place += count
        return part

    def number(self, width: int) -> int:
        return int.from_bytes(self.take(width), "little")

    def text(self) -> bytes:
        return self.take(self.number(4))


@dataclass
class Answer:
    """An answer: the snapshot's hash and the outcomes, or why there are none."""

    refusal: str | None = None
    snapshot: str = ""
    runs: list[dict] = field(default_factory=list)


def parsed(data: bytes) -> Answer:
    """The answer in these bytes."""
    reader = Reader(data)
    status = reader.number(1)
    if status != SUCCESS:
        return Answer(refusal=reader.text().decode("utf-8", "replace"))
    answer = Answer(snapshot=reader.text().hex())
    for _ in range(reader.number(4)):
        error, body, digest = reader.text(), reader.text(), reader.text()
        if hashlib.sha256(body).digest() != digest:
            raise ValueError("a body that does not have its hash")
        answer.runs.append({
            "error": error.decode(), "body": body.decode(), "sha256": digest.hex(), "gas": reader.number(8),
            "heapPeak": reader.number(8), "stackPeak": reader.number(8), "calls": reader.number(4)})
    return answer


def frames(messages: list[bytes]) -> bytes:
    """Messages as a stream."""
    return b"".join(text(one) for one in messages)


def unframed(stream: bytes) -> list[bytes]:
    """The messages of a stream."""
    reader = Reader(stream)
    found = []
    while reader.place < len(stream):
        found.append(reader.text())
    return found
