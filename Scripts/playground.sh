#!/usr/bin/env bash
# Makes the playground, a folder of static files, in .build/playground.
set -euo pipefail
cd "$(dirname "$0")/.."

out=.build/playground
Platforms/build.sh wasm32
rm -rf "$out"
mkdir -p "$out"
cp playground/{index.html,playground.css,playground.mjs,flames.mjs,worker.mjs} Platforms/wasm32/{portable,messages}.mjs \
  .build/platforms/wasm32/portable.wasm "$out/"
python3 playground/examples.py "$out/examples.json"
size=$(cat "$out"/* | wc -c)
compressed=$(for file in "$out"/*; do gzip -9c "$file"; done | wc -c)
echo "$out: $size bytes, $compressed compressed"
echo "to look at it: python3 -m http.server --directory $out 8000"
