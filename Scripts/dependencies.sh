#!/usr/bin/env bash
# Usage: Scripts/dependencies.sh check|update
#
# Builds promise identical bytes, which takes identical dependencies: dependencies.txt lists their exact versions. `check`
# resolves the package's dependencies and compares; `update` writes the list anew. (Package.resolved itself can't be
# committed, since it names commits of wherever the packages were fetched from.)
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
      echo "the dependencies are not those of dependencies.txt (<):" >&2
      echo "$difference" | grep '^[<>]' >&2
      echo "swift package update may bring them back; Scripts/dependencies.sh update takes them as they are" >&2
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
