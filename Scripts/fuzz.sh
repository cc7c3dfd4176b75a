#!/usr/bin/env bash
# Usage: Scripts/fuzz.sh SECONDS
#
# Builds the fuzzers of the package Fuzzing/ and runs each of them for that long, from the corpus that is kept beside
# it. A crash ends the run with a status that is not 0 and leaves the input in .build/fuzz/.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}

if [ ! -e Fuzzing/Package.swift ]; then
  echo "fuzz: there are no fuzzers yet"
  exit 0
fi

swift build --package-path Fuzzing -c release -Xswiftc -sanitize=fuzzer,address -Xswiftc -parse-as-library
bin=$(swift build --package-path Fuzzing -c release --show-bin-path)
export SWIFT_BACKTRACE=enable=no  # a trap inside a fuzzer would otherwise wait in the backtracer
for folder in Fuzzing/Sources/*/; do
  name=$(basename "$folder")
  [ -x "$bin/$name" ] || continue
  mkdir -p ".build/fuzz/$name" "Fuzzing/Corpus/$name"
  echo "fuzz: $name for $seconds s"
  "$bin/$name" -max_total_time="$seconds" -artifact_prefix=".build/fuzz/$name/" \
    ".build/fuzz/$name" "Fuzzing/Corpus/$name"
done
