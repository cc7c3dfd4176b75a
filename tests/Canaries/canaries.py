"""Applies the broken variants to a copy of the sources, and names the test that notices each.

Usage: canaries.py [--check | NAME...]

Without names, all variants are tried. With --check, none is; that all of them fit the sources is all that is checked. The copy is in .build/canary, and one build contains all variants: the environment
variable MQJS_CANARY chooses one. Exits with status 1 if a variant is not noticed, or if tests fail without one.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass

from variants import VARIANTS, Variant

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COPY = os.path.join(ROOT, ".build", "canary")
CHOICE = "MQJS_CANARY"
# A variant can make a program run forever.
LONGEST = 300

# The function that every module with variants gets.
FUNCTION = f"""import Glibc

private let chosen: String = getenv("{CHOICE}").map {{ String(cString: $0) }} ?? ""

func canary(_ name: String) -> Bool {{ chosen == name }}
"""


class Stale(Exception):
    """A variant that does not fit the sources any more."""


@dataclass(frozen=True)
class Result:
    """Whether tests passed, and otherwise the first complaint."""

    passed: bool
    complaint: str = ""


def sources() -> dict[str, bytes]:
    """All files of the project by their paths."""
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True,
                            stdout=subprocess.PIPE, text=True).stdout.splitlines()
    files = {}
    for path in listed:
        full = os.path.join(ROOT, path)
        if os.path.isfile(full):
            with open(full, "rb") as file:
                files[path] = file.read()
    return files


def with_variants(files: dict[str, bytes]) -> dict[str, bytes]:
    """The sources with all variants in them, none of them chosen."""
    changed = dict(files)
    for variant in VARIANTS:
        for path, old, new in variant.edits:
            text = changed[path].decode() if path in changed else ""
            if text.count(old) != 1:
                raise Stale(f"{variant.name}: {path} contains this text {text.count(old)} times instead of once: {old}")
            changed[path] = text.replace(old, new.replace("CANARY", f'canary("{variant.name}")')).encode()
            module = "/".join(path.split("/")[:2])
            changed[f"{module}/Canary.swift"] = FUNCTION.encode()
    # The variants need not be beautiful.
    package = changed["Package.swift"].decode()
    changed["Package.swift"] = package.replace("  .treatAllWarnings(as: .error),\n", "").encode()
    return changed


def write(files: dict[str, bytes]) -> None:
    """Makes the copy equal to these files. A file that stays the same is not touched, so that builds are short."""
    for path, data in files.items():
        full = os.path.join(COPY, path)
        if os.path.isfile(full):
            with open(full, "rb") as file:
                if file.read() == data:
                    continue
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(data)
        os.chmod(full, os.stat(os.path.join(ROOT, path)).st_mode if path in SOURCES else 0o644)
    for folder, folders, names in os.walk(COPY):
        if folder == COPY:
            folders[:] = [name for name in folders if name != ".build"]
        for name in names:
            full = os.path.join(folder, name)
            if os.path.relpath(full, COPY) not in files and name != "Package.resolved":
                os.remove(full)


def link_oracles() -> None:
    """Lets the copy use the Python packages that tests need."""
    link = os.path.join(COPY, ".build", "oracles")
    os.makedirs(os.path.dirname(link), exist_ok=True)
    if not os.path.islink(link):
        os.symlink(os.path.join(ROOT, ".build", "oracles"), link)


def run(command: list[str], choice: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=COPY, env=os.environ | {CHOICE: choice}, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", **options)


def tested(tests: str, choice: str) -> Result:
    """Runs the tests that a filter names."""
    try:
        ended = run(["swift", "test", "--skip-build", "--no-parallel", "--filter", tests], choice, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return Result(False, f"{tests} did not end within {LONGEST} s")
    if ended.returncode == 0 and re.search(r"Test run with [1-9]\d* tests? .* passed", ended.stdout):
        return Result(True)
    failed = re.search(r"✘ Test (.*?) recorded an issue(?: with .*?arguments? (.*?))? at (\S+?):", ended.stdout)
    if failed:
        example = f" ({failed.group(2)[:80]})" if failed.group(2) else ""
        return Result(False, f"{failed.group(3).removesuffix('.swift')}: {failed.group(1)}{example}")
    started = re.findall(r"◇ Test (.*?) started", ended.stdout)
    ends = set(re.findall(r"[✔✘] Test (.*?) (?:with \d+ test cases? )?(?:passed|failed)", ended.stdout))
    crashed = [name for name in started if name.split("(")[0] not in {end.split("(")[0] for end in ends}]
    if crashed:
        case = re.fullmatch(r"case passing \d+ arguments? (.*) to (.*)", crashed[-1])
        name = f"{case.group(2)} ({case.group(1)[:80]})" if case else crashed[-1]
        return Result(False, f"{tests}: {name} crashed")
    raise SystemExit(f"{choice or 'no variant'}: no test ran:\n{ended.stdout[-3000:]}")


def compared(choice: str) -> Result:
    """Lets the reference evaluator answer the conformance kit."""
    folder = run(["swift", "build", "--show-bin-path"], "").stdout.strip()
    runner = f"env '{CHOICE}={choice}' {folder}/conformance-reference"
    ended = run([f"{folder}/mqjs", "conformance", "--runner", runner, "--timeout", str(LONGEST)], "")
    if ended.returncode == 0:
        return Result(True)
    return Result(False, f"mqjs conformance: {ended.stdout.splitlines()[0]}")


def noticed(variant: Variant, choice: str) -> Result:
    return compared(choice) if variant.tests is None else tested(variant.tests, choice)


def main() -> int:
    names = [name for name in sys.argv[1:] if name != "--check"]
    unknown = set(names) - {variant.name for variant in VARIANTS}
    if unknown:
        print(f"canaries.py: there is no variant {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    variants = [variant for variant in VARIANTS if not names or variant.name in names]
    try:
        files = with_variants(SOURCES)
    except Stale as stale:
        print(f"canaries.py: {stale}", file=sys.stderr)
        return 2
    if "--check" in sys.argv:
        return 0
    write(files)
    link_oracles()
    print("building the copy", flush=True)
    build = run(["swift", "build", "--build-tests"], "")
    if build.returncode:
        print(build.stdout[-5000:], file=sys.stderr)
        return 2
    failures = 0
    filters = list(dict.fromkeys(variant.tests for variant in variants))
    for tests in filters:
        result = compared("") if tests is None else tested(tests, "")
        if not result.passed:
            print(f"without a variant, this fails: {result.complaint}", flush=True)
            failures += 1
    for variant in variants:
        result = noticed(variant, variant.name)
        failures += result.passed
        print(f"{variant.name:36} {'NOT NOTICED by ' + str(variant.tests) if result.passed else result.complaint}", flush=True)
    print(f"{len(variants) - failures} of {len(variants)} variants were noticed" if failures else
          f"all {len(variants)} variants were noticed")
    return 1 if failures else 0


SOURCES = sources()

if __name__ == "__main__":
    sys.exit(main())
