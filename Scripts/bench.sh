#!/usr/bin/env bash
# Usage: Scripts/bench.sh [ARGUMENTS of Benchmarks/bench.py]
#
# Makes a virtual environment with QuickJS in .build/bench-venv if there is none yet, then runs the benchmarks.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=.build/bench-venv
if ! "$venv/bin/python" -c 'import quickjs' 2>/dev/null; then
  echo "installing QuickJS (the package quickjs of PyPI) into $venv ..."
  python3 -m venv "$venv"
  if ! "$venv/bin/pip" install --quiet --disable-pip-version-check quickjs; then
    echo "could not install quickjs: it needs PyPI, and a C compiler if there is no wheel for this machine" >&2
  fi
fi
exec python3 Benchmarks/bench.py "$@"
