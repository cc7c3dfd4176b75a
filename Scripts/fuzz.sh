#!/usr/bin/env bash
# Usage: Scripts/fuzz.sh SECONDS
#
# Builds the fuzzers of the package Fuzzing/ and runs each of them for that time. They start with the programs and texts of
# the tests, the examples and the library reference, with Fuzzing/Seeds and with Fuzzing/Corpus. Interesting inputs stay in .build/fuzz/. A crash ends the run with a
# nonzero status and leaves its input in .build/fuzz/crashes/.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
work=.build/fuzz

# Assertions stay on: they find accesses outside linear memory that the address sanitizer may miss.
# Coverage goes to libFuzzer through symbols that the gold linker can't place; lld can.
build=(swift build --package-path Fuzzing -c release -Xswiftc -sanitize=fuzzer,address -Xswiftc -parse-as-library
  -Xswiftc -assert-config -Xswiftc Debug -Xswiftc -use-ld=lld)
"${build[@]}"
bin=$("${build[@]}" --show-bin-path)

mkdir -p "$work"/{crashes,seeds/{fuzz-compiler,fuzz-image,fuzz-json}}
awk -v to="$work/seeds/fuzz-compiler" '
  FNR == 1 { n = 0; name = FILENAME; sub(/.*\//, "", name) }
  /^\/\/ ==/ { n++ }
  { print > (to "/" name "-" n ".js") }' tests/Data/programs/*.js
for file in examples/*/handler.js; do cp "$file" "$work/seeds/fuzz-compiler/$(basename "$(dirname "$file")").js"; done
cp Fuzzing/Seeds/*.js "$work/seeds/fuzz-compiler/"
awk -v to="$work/seeds/fuzz-compiler" '
  /^```js$/ { n++; inside = 1; next }
  /^```$/ { inside = 0 }
  inside { print > (to "/library-" n ".js") }' docs/library.md
rm -rf "$work/seeds/fuzz-agreement"
cp -r "$work/seeds/fuzz-compiler" "$work/seeds/fuzz-agreement"
"$bin/seeds" "$work/seeds/fuzz-compiler" "$work/seeds/fuzz-image"
cp tests/Data/json/*.json "$work/seeds/fuzz-json/"

export SWIFT_BACKTRACE=enable=no  # a trap inside a fuzzer would otherwise wait in the backtracer
for folder in Fuzzing/Sources/fuzz-*/; do
  name=$(basename "$folder")
  mkdir -p "$work/$name" "$work/seeds/$name"
  corpora=("$work/$name" "$work/seeds/$name")
  if [ -d "Fuzzing/Corpus/$name" ]; then corpora+=("Fuzzing/Corpus/$name"); fi
  echo "fuzz: $name for $seconds s"
  "$bin/$name" -max_total_time="$seconds" -timeout=10 -artifact_prefix="$work/crashes/$name-" "${corpora[@]}"
done
