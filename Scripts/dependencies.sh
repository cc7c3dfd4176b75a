#!/usr/bin/env bash
# Usage: Scripts/dependencies.sh check|update
#
# Builds promise identical bytes, which requires identical dependencies. dependencies.txt lists their exact versions.
# `check` resolves the package's dependencies and compares them with the list; `update` rewrites the list. Package.resolved
# can't be committed, since it names the places that the packages were fetched from.
set -euo pipefail
cd "$(dirname "$0")/.."

versions() {
  awk -F '"' '/"identity"/ { name = $4 } /"version" : "[0-9]+\./ { print name, $4 }' Package.resolved | sort
}

if ! log=$(swift package resolve 2>&1); then
  echo "$log" >&2
  exit 1
fi
case "${1:-}" in
  check)
    if ! difference=$(diff <(grep -v '^#' dependencies.txt) <(versions)); then
      echo "the dependencies differ from dependencies.txt (<):" >&2
      echo "$difference" | grep '^[<>]' >&2
      echo "run swift package update to restore them, or Scripts/dependencies.sh update to accept them" >&2
      exit 1
    fi
    ;;
  update)
    {
      echo "# The exact version of each dependency; make checks it. Scripts/dependencies.sh update writes this file."
      versions
    } >dependencies.txt
    ;;
  *)
    echo "usage: Scripts/dependencies.sh check|update" >&2
    exit 2
    ;;
esac
