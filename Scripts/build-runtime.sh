#!/usr/bin/env bash
# Builds mqjs-runtime in release mode as one static file. Runs the tests of the runtime on it, and on the probe for the
# search of process memory. A container image needs nothing else, except the files that HttpOut reads: resolv.conf, hosts,
# and the certificates of trusted authorities.
set -euo pipefail
cd "$(dirname "$0")/.."

build=(swift build -c release --scratch-path .build/static -Xswiftc -static-executable)
"${build[@]}" --product mqjs-runtime
"${build[@]}" --product secret-probe
folder=$("${build[@]}" --show-bin-path)

if readelf --program-headers "$folder/mqjs-runtime" | grep -E 'INTERP|DYNAMIC' >&2; then
  echo "mqjs-runtime: the file is not static: it needs shared libraries" >&2
  exit 1
fi
MQJS_DEPLOYED=$folder swift test --filter 'RuntimeTests|AuthorityTests|SecretTests|WithoutProcTests'
echo "$folder/mqjs-runtime"
