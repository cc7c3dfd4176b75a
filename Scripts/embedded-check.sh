#!/usr/bin/env bash
# Compiles Engine and Compiler as Embedded Swift for two other processors. It runs nothing. It shows that neither target
# depends on a runtime library, an operating system, or 64-bit pointers. Intel's decimal library is packaged for aarch64,
# but does not exist for wasm32, where Engine has no Decimal arithmetic.
set -euo pipefail
cd "$(dirname "$0")/.."

flags=(
  -enable-experimental-feature Embedded
  -wmo -Osize -parse-as-library -swift-version 6
  -strict-memory-safety -warnings-as-errors
  -enable-upcoming-feature ExistentialAny
  -enable-upcoming-feature InternalImportsByDefault
  -enable-upcoming-feature MemberImportVisibility
)

# compile TRIPLE MODULE
compile() {
  local triple=$1 module=$2 out=.build/embedded/$1 sources
  mapfile -t sources < <(find "Sources/$module" -name '*.swift' 2>/dev/null | LC_ALL=C sort)
  if [ "${#sources[@]}" -eq 0 ]; then
    echo "embedded-check: Sources/$module contains no Swift files" >&2
    exit 1
  fi
  mkdir -p "$out"
  local libraries=()
  [[ $triple == wasm32* ]] || libraries=(-I Sources/CIntelDecimal)
  swiftc -target "$triple" "${flags[@]}" -module-name "$module" -I "$out" "${libraries[@]}" \
    -emit-module -emit-module-path "$out/$module.swiftmodule" \
    -c "${sources[@]}" -o "$out/$module.o"
  printf '  %-28s %-10s %4d files  %8d bytes of object code\n' \
    "$triple" "$module" "${#sources[@]}" "$(stat -c %s "$out/$module.o")"
}

echo "Embedded Swift:"
for triple in aarch64-none-none-elf wasm32-unknown-none-wasm; do
  compile "$triple" Engine
  compile "$triple" Compiler
done
