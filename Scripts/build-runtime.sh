#!/usr/bin/env bash
# Builds mqjs-runtime in release mode as one file that needs no library where it runs, and holds it, with the probe that its
# memory is searched in, against the tests of what is deployed. Nothing else need be in an image beside the file, but for
# what HttpOut asks: resolv.conf and hosts, and the certificates of the authorities that are trusted.
set -euo pipefail
cd "$(dirname "$0")/.."

build=(swift build -c release --scratch-path .build/static -Xswiftc -static-executable)
"${build[@]}" --product mqjs-runtime
"${build[@]}" --product secret-probe
folder=$("${build[@]}" --show-bin-path)

if readelf --program-headers "$folder/mqjs-runtime" | grep -E 'INTERP|DYNAMIC' >&2; then
  echo "mqjs-runtime: needs libraries where it runs" >&2
  exit 1
fi
MQJS_DEPLOYED=$folder swift test --filter 'RuntimeTests|AuthorityTests|SecretTests|WithoutProcTests'
echo "$folder/mqjs-runtime"
