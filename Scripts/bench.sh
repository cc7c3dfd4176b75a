#!/usr/bin/env bash
# Usage: Scripts/bench.sh [ARGUMENTS of Benchmarks/bench.py]
#        Scripts/bench.sh sandbox [ARGUMENTS of Benchmarks/bench_sandbox.py]
#
# Creates a virtual environment with QuickJS and wasmtime in .build/bench-venv if it does not exist yet, then runs the
# benchmarks.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=.build/bench-venv
for peer in quickjs wasmtime; do
  "$venv/bin/python" -c "import $peer" 2>/dev/null && continue
  echo "installing the package $peer from PyPI into $venv ..."
  [ -x "$venv/bin/pip" ] || python3 -m venv "$venv"
  if ! "$venv/bin/pip" install --quiet --disable-pip-version-check "$peer"; then
    echo "could not install $peer: it needs PyPI, and a C compiler if there is no wheel for this machine" >&2
  fi
done

if [ "${1:-}" = sandbox ]; then
  shift
  echo "building sandbox-timing in release mode (the first time takes a few minutes) ..."
  swift build --package-path Benchmarks -c release --product sandbox-timing --quiet
  exec python3 Benchmarks/bench_sandbox.py \
    "$(swift build --package-path Benchmarks -c release --show-bin-path)/sandbox-timing" "$@"
fi
exec python3 Benchmarks/bench.py "$@"
