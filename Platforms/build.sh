#!/usr/bin/env bash
# Usage: Platforms/build.sh PLATFORM...   builds the portable host (Sources/Portable) in .build/platforms/PLATFORM
#
#   x86_64-debug, x86_64-release, x86_64-small, x86_64-static, x86_64-sanitized   this system, in various ways
#   wasm32          WebAssembly, for Node.js and browsers
#   aarch64-linux   Linux, for an emulator of the processor
#   aarch64-none    no operating system, for an emulated board
#   riscv64-linux   Linux's system calls without a C library, for an emulator of the processor
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$(dirname "$(readlink -f "$(command -v swiftc)")")
rules=(
  -wmo -parse-as-library -swift-version 6 -strict-memory-safety -warnings-as-errors
  -enable-upcoming-feature ExistentialAny
  -enable-upcoming-feature InternalImportsByDefault
  -enable-upcoming-feature MemberImportVisibility
)
modules=(Engine Compiler ReferenceEvaluator Portable)
c_rules=(-O2 -Wall -Wextra -Werror)

# compile OUT FLAGS...: the modules to one object each, unless none of their files has changed
compile() {
  local out=$1 module sources
  shift
  mkdir -p "$out"
  for module in "${modules[@]}"; do
    mapfile -t sources < <(find "Sources/$module" -name '*.swift' | LC_ALL=C sort)
    if [ -e "$out/$module.o" ] && [ -z "$(find "${modules[@]/#/Sources/}" "$0" -newer "$out/$module.o" -print -quit)" ]; then
      continue
    fi
    swiftc "$@" "${rules[@]}" -module-name "$module" -I "$out" -I Sources/CIntelDecimal \
      -emit-module -emit-module-path "$out/$module.swiftmodule" -c "${sources[@]}" -o "$out/$module.o.new"
    mv "$out/$module.o.new" "$out/$module.o"
  done
}

# embedded TRIPLE FLAGS...: the modules as Embedded Swift, in .build/platforms/TRIPLE
embedded() {
  local triple=$1
  shift
  compile ".build/platforms/$triple" -target "$triple" -enable-experimental-feature Embedded -Osize "$@"
}

# tables TRIPLE: what Swift's String needs to know about Unicode
tables() { echo "$tools/../lib/swift/embedded/$1/libswiftUnicodeDataTables.a"; }

# c OUT FLAGS... -- FILES...: C and assembler files to objects
c() {
  local out=$1 flags=() file
  shift
  while [ "$1" != -- ]; do
    flags+=("$1")
    shift
  done
  shift
  for file in "$@"; do
    "$tools/clang" "${flags[@]}" "${c_rules[@]}" -I Platforms/shared -c "Platforms/$file" -o "$out/$(basename "$file").o"
  done
}

# native OUT LINK-FLAGS... -- COMPILE-FLAGS...: a program for this system
native() {
  local out=$1 link=()
  shift
  while [ "$1" != -- ]; do
    link+=("$1")
    shift
  done
  shift
  compile "$out" "$@"
  c "$out" -- shared/host.c shared/linux.c
  swiftc "${link[@]}" -o "$out/host" "$out"/{Engine,Compiler,ReferenceEvaluator,Portable}.o "$out"/{host,linux}.c.o
}

build() {
  local out=.build/platforms/$1
  mkdir -p "$out"
  case "$1" in
    x86_64-debug) native "$out" -- -Onone ;;
    x86_64-release) native "$out" -- -O ;;
    x86_64-small) native "$out" -- -Osize ;;
    x86_64-static) native "$out" -static-executable -- -O -static-stdlib ;;
    x86_64-sanitized) native "$out" -sanitize=address -- -O -assert-config Debug -sanitize=address ;;
    wasm32)
      embedded wasm32-unknown-none-wasm
      c "$out" --target=wasm32-unknown-unknown -ffreestanding -mbulk-memory -- \
        shared/freestanding.c shared/arithmetic128.c wasm32/memory.c
      "$tools/wasm-ld" --no-entry --gc-sections --strip-all --stack-first -z stack-size=1048576 \
        --export=mqjs_allocate --export=mqjs_release --export=mqjs_answer -o "$out/portable.wasm" \
        "$out"/*.o .build/platforms/wasm32-unknown-none-wasm/*.o \
        "$(Platforms/intel-decimal.sh wasm32-unknown-unknown)"
      ;;
    aarch64-linux)
      embedded aarch64-none-none-elf
      aarch64-linux-gnu-gcc "${c_rules[@]}" -fPIE -static-pie -o "$out/host" Platforms/shared/{host,linux}.c \
        .build/platforms/aarch64-none-none-elf/*.o "$(tables aarch64-none-none-elf)" \
        "$(Platforms/intel-decimal.sh arm64)" -lm
      ;;
    aarch64-none)
      embedded aarch64-none-none-elf
      c "$out" --target=aarch64-none-elf -ffreestanding -fno-builtin -- \
        shared/freestanding.c shared/host.c aarch64-none/start.S aarch64-none/semihosting.c
      "$tools/ld.lld" -static -T Platforms/aarch64-none/board.ld -o "$out/host" "$out"/*.o \
        .build/platforms/aarch64-none-none-elf/*.o "$(tables aarch64-none-none-elf)" \
        "$(Platforms/intel-decimal.sh arm64)" "$(aarch64-linux-gnu-gcc -print-libgcc-file-name)"
      ;;
    riscv64-linux)
      local machine=(-march=rv64gc -mabi=lp64d -mcmodel=medany)
      embedded riscv64-none-none-eabi -Xfrontend -function-sections \
        -Xcc -march=rv64gc -Xcc -mabi=lp64d -Xcc -mcmodel=medany
      c "$out" --target=riscv64-unknown-elf "${machine[@]}" -ffreestanding -fno-builtin -- \
        shared/freestanding.c shared/arithmetic128.c shared/host.c riscv64-linux/calls.c
      # The toolchain's tables of Unicode are for another floating-point ABI; nothing that is called needs them.
      "$tools/ld.lld" -static --gc-sections -o "$out/host" "$out"/*.o .build/platforms/riscv64-none-none-eabi/*.o \
        "$(Platforms/intel-decimal.sh riscv64-unknown-elf "${machine[@]}")"
      ;;
    *)
      echo "unknown platform: $1 (Platforms/build.sh lists them)" >&2
      exit 2
      ;;
  esac
}

for platform in "$@"; do
  started=$SECONDS
  build "$platform"
  echo "built $platform in $((SECONDS - started)) s"
done
