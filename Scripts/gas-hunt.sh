#!/usr/bin/env bash
# Usage: Scripts/gas-hunt.sh hunt|rank|check [OPTIONS]   runs Benchmarks/gas_hunt with this engine (--help says more)
#        Scripts/gas-hunt.sh proof [OPTIONS]             hunts in an engine with known faults, without known cases as seeds
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONPATH="$PWD/Benchmarks" PYTHONDONTWRITEBYTECODE=1

if [ "${1:-}" != proof ]; then
  exec python3 -m gas_hunt "$@"
fi
shift

# The last commit before the faults were mended that `kinds.py` lists.
commit=f23bf03
old=.build/gas-hunt/old
if [ ! -x "$old/.build/release/mqjs" ]; then
  if ! git cat-file -e "$commit^{commit}" 2>/dev/null; then
    echo "commit $commit is missing: fetch the whole history (git fetch --unshallow)" >&2
    exit 1
  fi
  rm -rf "$old"
  mkdir -p "$old"
  git archive "$commit" | tar -x -C "$old"
  "$old/Scripts/build-release.sh"
fi
exec python3 -m gas_hunt hunt --proof --without-seeds --mqjs "$old/.build/release/mqjs" --found .build/gas-hunt/proof "$@"
