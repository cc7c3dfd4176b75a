#!/usr/bin/env bash
# Examines the machine code of the functions that compare decimals (all of DecimalComparison) in the release build and,
# after `make determinism-check`, in the aarch64 build. They must have no conditional jump, no call, no division, and no load
# with an index in its address. Then comparing the words of two decimals takes the same instructions for all decimals.
#
# As a control, it also examines a function that does jump, the one that rounds, to show that jumps would be found.
set -euo pipefail
cd "$(dirname "$0")/.."

objdump=$(dirname "$(readlink -f "$(command -v swiftc)")")/llvm-objdump
[ -x "$objdump" ] || objdump=objdump

# forbidden: reads a disassembly and prints the instructions that are forbidden in constant-time code.
forbidden() {
  awk '
    /^[0-9a-f]+ </ { name = $2; next }
    # A jump out of the function, or data somewhere else; its own specialisation is examined separately.
    /R_(X86_64|AARCH64)_/ { if ($0 !~ /DecimalComparison/) print name, $0; next }
    /^[[:space:]]*[0-9a-f]+:/ {
      mnemonic = $2
      if (mnemonic == "lock" || mnemonic == "rep") mnemonic = $3
      jump = mnemonic ~ /^j/ && mnemonic != "jmp"                            # x86-64
      jump = jump || mnemonic ~ /^(b\.|cbn?z$|tbn?z$)/                       # aarch64
      call = mnemonic ~ /^(call|bl$|blr$|br$)/ || /jmpq?[[:space:]]+[*]/
      division = mnemonic ~ /^(i?div|[su]div)/
      indexed = mnemonic !~ /^(lea|nop)/ && (/\(%r[a-z0-9]+,%r/ || /\(,%r/)  # x86-64
      indexed = indexed || (mnemonic ~ /^ld/ && /\[x[0-9]+, [xw][0-9]+/)     # aarch64
      if (jump || call || division || indexed) print name, $0
    }'
}

# functions OBJECT PATTERN: the names of the functions of the object that match.
functions() { "$objdump" --syms "$1" | awk '$0 ~ / F / { print $NF }' | grep -E "$2" | sort -u || true; }

# code OBJECT NAME: its disassembly.
code() { "$objdump" --reloc --no-show-raw-insn --disassemble-symbols="$2" "$1"; }

status=0
# look TITLE OBJECT...
look() {
  local title=$1 object name count=0 instructions=0 found control=0
  shift
  for object in "$@"; do
    while IFS= read -r name; do
      [ -n "$name" ] || continue
      count=$((count + 1))
      instructions=$((instructions + $(code "$object" "$name" | grep -cE '^[[:space:]]*[0-9a-f]+:')))
      found=$(code "$object" "$name" | forbidden)
      if [ -n "$found" ]; then
        echo "constant-time: $title: not constant:" >&2
        echo "$found" >&2
        status=1
      fi
    done < <(functions "$object" 'DecimalComparisonO(7compare|8areEqual)')
    while IFS= read -r name; do
      [ -n "$name" ] && control=$((control + $(code "$object" "$name" | forbidden | wc -l)))
    done < <(functions "$object" 'Decimal128V7rounded')
  done
  if [ "$count" -lt 2 ] || [ "$control" -eq 0 ]; then
    echo "constant-time: $title: the functions to look at were not found ($count, control $control)" >&2
    status=1
  fi
  echo "constant-time: $title: $count functions, $instructions instructions; the control has $control forbidden ones"
}

swift build -c release --target Engine >/dev/null
bin=$(swift build -c release --show-bin-path)
look "$(uname -m)" "$bin"/Engine.build/Decimal*.o
embedded=.build/platforms/aarch64-none-none-elf/Engine.o
[ ! -e "$embedded" ] || look "aarch64, embedded" "$embedded"
[ "$status" -eq 0 ] && echo "constant-time: no conditional jump, call, division or indexed load"
exit "$status"
