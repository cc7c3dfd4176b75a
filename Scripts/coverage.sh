#!/usr/bin/env bash
# Measures which lines of Engine and Compiler the tests reach. The report and the lines that no test reaches are in
# .build/coverage.
set -euo pipefail
cd "$(dirname "$0")/.."

out=.build/coverage
test=(swift test --scratch-path "$out" --enable-code-coverage
  --filter 'EngineTests|CompilerTests|DifferentialTests|ReferenceEvaluatorTests|PortableTests|SnapshotTests')
"${test[@]}"
bin=$(swift build --scratch-path "$out" --show-bin-path)
data=(-instr-profile "$bin/codecov/default.profdata" "$bin"/*PackageTests.xctest)
"$(dirname "$(readlink -f "$(command -v swift)")")/llvm-cov" export "${data[@]}" Sources/Engine Sources/Compiler >"$out/lines.json"
python3 Scripts/coverage.py "$out/lines.json" "$out/uncovered.txt"
