#!/usr/bin/env bash
# Usage: Scripts/conformance-cases.sh RANDOM   writes .build/conformance/cases.jsonl, with RANDOM random programs
set -euo pipefail
cd "$(dirname "$0")/.."

swift build -c release --product conformance-cases
mkdir -p .build/conformance
"$(swift build -c release --show-bin-path)/conformance-cases" "$1" >.build/conformance/cases.jsonl
