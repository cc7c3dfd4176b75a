#!/usr/bin/env bash
# Usage: Scripts/determinism.sh RANDOM PLATFORM[:VARIATION]...
#
# Builds the portable host for each platform, and compares the results of the conformance cases, RANDOM random programs
# among them.
set -euo pipefail
cd "$(dirname "$0")/.."

random=$1
shift
mapfile -t built < <(printf '%s\n' "$@" | sed 's/:.*//' | awk '!seen[$0]++')
Scripts/conformance-cases.sh "$random"
Platforms/build.sh "${built[@]}"
PYTHONDONTWRITEBYTECODE=1 python3 conformance/determinism.py .build/conformance/cases.jsonl "$@" \
  --json .build/bench/determinism.json
