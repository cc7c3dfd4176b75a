"""Prints which lines of each module the tests reach, from llvm-cov's export, and writes the other lines to a file.

Usage: coverage.py EXPORT UNCOVERED
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def uncovered_lines(segments: list[list]) -> set[int]:
    """The lines in which a region begins or continues that never ran.

    A segment is line, column, count, whether it has a count, whether a region begins, whether it is a gap.
    """
    lines: set[int] = set()
    for (line, _, count, has_count, _, is_gap), following in zip(segments, segments[1:] + [segments[-1]]):
        if has_count and count == 0 and not is_gap:
            lines.update(range(line, max(line, following[0] - (following[1] == 1)) + 1))
    return lines


def main() -> int:
    with open(sys.argv[1], encoding="utf-8") as file:
        files = json.load(file)["data"][0]["files"]
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    with open(sys.argv[2], "w", encoding="utf-8") as report:
        for one in sorted(files, key=lambda one: one["filename"]):
            path = os.path.relpath(one["filename"], ROOT)
            lines = one["summary"]["lines"]
            for name in ("/".join(path.split("/")[:2]), "/".join(path.split("/")[:3])):
                sums[name][0] += lines["covered"]
                sums[name][1] += lines["count"]
            missing = sorted(uncovered_lines(one["segments"]))
            if not missing:
                continue
            report.write(f"{path}: {lines['count'] - lines['covered']} of {lines['count']} lines\n")
            with open(one["filename"], encoding="utf-8") as source:
                text = source.read().split("\n")
            for number in missing:
                report.write(f"  {number:5} {text[number - 1]}\n")
    for name, (covered, count) in sorted(sums.items()):
        print(f"{name:40} {covered:6} of {count:6} lines  {100 * covered / count:6.2f} %")
    print(f"the other lines: {os.path.relpath(sys.argv[2], ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
