#!/usr/bin/env bash
# Tests the runners of the conformance kit with the released command.
set -euo pipefail
cd "$(dirname "$0")/.."

Platforms/build.sh wasm32
swift build -c release --product conformance-reference
test_runner() {
  echo "$1, level $2:"
  .build/release/mqjs conformance --runner "$1" --level "$2"
}
test_runner "node conformance/runners/wasm32.mjs" C
test_runner .build/release/conformance-reference A
