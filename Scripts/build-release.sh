#!/usr/bin/env bash
# Builds the command mqjs in release mode. Prints the build's output only if it fails.
set -euo pipefail
cd "$(dirname "$0")/.."

log=.build/build-release.log
mkdir -p .build
started=$SECONDS
echo "building mqjs in release mode (the first time takes a few minutes) ..."
if ! swift build -c release --product mqjs >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
echo "built in $((SECONDS - started)) s"
