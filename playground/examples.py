"""Writes the examples of the playground as JSON: the programs beside this file, and the folder `examples`.

Usage: examples.py OUTPUT
"""

from __future__ import annotations

import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
# Folders of `examples` with the request that is shown.
FOLDERS = (("invoice", "event.json"), ("loan", "request.json"), ("account", "request.json"), ("routing", "root.json"))


def text(*path: str) -> str:
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def small(name: str) -> dict:
    """An example of one file. Its first comment is its name; a comment `request:` has its request."""
    title, _, source = text(HERE, "examples", name).partition("\n")
    requests = [line.partition("request: ")[2] for line in source.splitlines() if line.startswith("// request: ")]
    return {"name": title.removeprefix("// "), "files": [{"path": "main.js", "text": source}],
            "request": requests[0] if requests else "{}"}


def folder(name: str, request: str) -> dict:
    """A folder of `examples`."""
    place = os.path.join(ROOT, "examples", name)
    files = ["handler.js"] + sorted(file for file in os.listdir(place) if file.endswith(".js") and file != "handler.js")
    return {"name": name.capitalize(), "files": [{"path": file, "text": text(place, file)} for file in files],
            "request": text(place, request)}


def main() -> None:
    examples = [small(name) for name in sorted(os.listdir(os.path.join(HERE, "examples")))]
    examples += [folder(name, request) for name, request in FOLDERS]
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump(examples, file, ensure_ascii=False)


if __name__ == "__main__":
    main()
