#!/usr/bin/env bash
# Usage: Scripts/bench-metering.sh [ARGUMENTS of Benchmarks/bench_metering.py]
#
# Builds program-timing twice, with and without gas metering, and compares the two.
set -euo pipefail
cd "$(dirname "$0")/.."

build() {
  swift build --package-path Benchmarks -c release --product program-timing --quiet "$@"
}
path_of() {
  echo "$(swift build --package-path Benchmarks -c release --show-bin-path "$@")/program-timing"
}

echo "building program-timing in release mode, twice (the first time takes a few minutes) ..."
unmetered=(--scratch-path .build/unmetered -Xswiftc -DUNMETERED)
build
build "${unmetered[@]}"
exec python3 Benchmarks/bench_metering.py "$(path_of)" "$(path_of "${unmetered[@]}")" "$@"
