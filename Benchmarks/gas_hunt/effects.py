"""The operations of effects, as statements with holes, and what their runs are granted."""

from __future__ import annotations

import os
import sqlite3

# HttpOut is left out: it needs a server. So are effects that a host declares itself: mqjs runs none. Statements that
# join, sort, scan or compute are left out, because limits bound what SQLite does inside a statement, and not gas. The
# numbers of awaited calls count from 1, as `n + 1` does.
EFFECTS: dict[str, list[str]] = {
    "Clock.now": ["Clock.now()"],
    "DbRead.query": ['DbRead.query("SELECT 1", [])', 'DbRead.query("SELECT x FROM t LIMIT ?", [<small>])',
                     'DbRead.query("nonsense", [])', 'DbRead.query("SELECT length(?)", [<s>])',
                     'DbRead.query("SELECT y, x FROM t LIMIT 1000", [])',
                     'DbRead.query("SELECT hex(zeroblob(?))", [<small>])',
                     'DbRead.query("SELECT 1 /*" + "x".repeat(<small>) + "*/", [])'],
    "DbWrite.execute": ['DbWrite.execute("INSERT INTO t VALUES (?, ?)", [<small>, "a"])',
                        'DbWrite.execute("INSERT INTO t VALUES (1, ?)", [<s>])',
                        'DbWrite.execute("CREATE TABLE IF NOT EXISTS u (a)", [])'],
    "Log.debug": ["Log.debug(<s>)", "Log.debug(\"a\", <any>)"], "Log.info": ["Log.info(\"\")", "Log.info(<s>)"],
    "Log.warn": ["Log.warn(\"a\", <r>)"], "Log.error": ["Log.error(\"a\", <xs>)"],
    "Random.bytes": ["Random.bytes(<small>)", "Random.bytes(4096)", "Random.bytes(0)"],
    "Random.int": ["Random.int(0, <small>)", "Random.int(0, 4611686018427387905)"],
    "Uuid.v4": ["Uuid.v4()"],
    "Async.await": [f"((c) => Async.await(Hash.sha256(c), n + 1, c))({call})" for call in (
        '{effect: "Clock.now", args: []}', '{effect: "Random.bytes", args: [<small>]}',
        '{effect: "Log.info", args: [<s>]}',
        '{effect: "Uuid.v4", args: []}', '{effect: "DbRead.query", args: ["SELECT 1", []]}')],
}
LEFT_OUT = ("HttpOut.get", "HttpOut.post", "HttpOut.put", "HttpOut.delete", "HttpOut.request",
            "an effect of the host's own")
CAPABILITIES = ("Clock", "DbRead", "DbWrite", "Log", "Random", "Uuid")
# A request can make so many calls; the calls after that do nothing.
CALLS = 10_000


def grants_of(source: str) -> list[str]:
    """The capabilities that a program names."""
    return [name for name in CAPABILITIES if f"{name}." in source or f'"{name}.' in source]


def options(grants: list[str], folder: str) -> list[str]:
    """The options of `mqjs run` that grant these, with fresh files in a folder."""
    found: list[str] = []
    database = os.path.join(folder, "data.db")
    if any(name.startswith("Db") for name in grants):
        make_database(database)
    for name in grants:
        file = {"DbRead": database, "DbWrite": database, "Log": os.path.join(folder, "log")}.get(name)
        found += ["--grant", f"{name}={file}" if file else name]
    return found


def make_database(path: str) -> None:
    """Writes a database with a table of 1,000 rows, if it is not there."""
    if os.path.exists(path):
        return
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE t (x INTEGER, y TEXT)")
        database.executemany("INSERT INTO t VALUES (?, ?)", [(i, "text" + str(i * 7919 % 1000)) for i in range(1000)])
    database.close()
