#!/usr/bin/env bash
# Usage: Scripts/conformance-cases.sh RANDOM   writes .build/conformance/cases.jsonl, with RANDOM random programs
set -euo pipefail
cd "$(dirname "$0")/.."

# The build that `make test` makes, too.
export MQJS_OPTIMIZED_TESTS=1
swift build --product conformance-cases
mkdir -p .build/conformance
"$(swift build --show-bin-path)/conformance-cases" "$1" >.build/conformance/cases.jsonl
