#!/usr/bin/env bash
# The life of one snapshot, step by step, with times: check, build, keygen, sign, verify, inspect, run; the same run
# again, which must give the same bytes; a request that the handler refuses; and a snapshot with one byte changed,
# which the runtime must refuse. Needs .build/release/mqjs (`make demo` builds it). Leaves nothing behind.
set -euo pipefail
cd "$(dirname "$0")/.."

mqjs=$PWD/.build/release/mqjs
example=examples/invoice
folder=$(mktemp -d "${TMPDIR:-/tmp}/mqjs-demo.XXXXXX")
trap 'rm -rf "$folder"' EXIT

bold='' dim='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'; fi

number=0
title() {
  number=$((number + 1))
  printf '\n%s%d. %s%s\n' "$bold" "$number" "$1" "$plain"
}

note() { printf '   %s\n' "$*"; }

indent() { sed 's/^/   /'; }

fail() {
  printf 'demo: %s\n' "$*" >&2
  exit 1
}

# Runs `mqjs ARGUMENTS…`, and shows the command and the time of the whole process.
# Output goes to $folder/out and $folder/err, the exit status to $status.
mqjs() {
  local shown=() argument started elapsed
  for argument in "$@"; do shown+=("${argument/#$folder\//}"); done
  started=${EPOCHREALTIME/./}
  status=0
  "$mqjs" "$@" >"$folder/out" 2>"$folder/err" || status=$?
  elapsed=$((${EPOCHREALTIME/./} - started))
  printf '   %s$ mqjs %s%s   [%d.%03d ms]\n' "$dim" "${shown[*]}" "$plain" $((elapsed / 1000)) $((elapsed % 1000))
}

expect_status() {
  if [ "$status" -ne "$1" ]; then
    cat "$folder/out" "$folder/err" >&2
    fail "exit status $status, expected $1"
  fi
}

sha256() { sha256sum "$1" | cut -d ' ' -f 1; }

# The field $2 of the one-object JSON file $1: a number, or a string without escapes.
field() { sed -nE "s/.*\"$2\"[[:space:]]*:[[:space:]]*(\"([^\"]*)\"|([0-9]+)).*/\\2\\3/p" "$1"; }

# run NAME EVENT: runs the snapshot on a request, under the id in the event. $folder/NAME.body then has the bytes of the
# body, and $folder/NAME.report has the report.
run() {
  mqjs run "$folder/invoice.msqs" --key "$folder/key.pub.pem" --request "$example/$2" \
    --request-id "$(field "$example/$2" requestId)" --report "$folder/$1.report"
  expect_status 0
  head -c -1 "$folder/out" >"$folder/$1.body"  # the newline at the end is not part of the body
}

[ -x "$mqjs" ] || fail "no $mqjs: run \`make demo\`"

title 'Check the program'
mqjs check "$example/handler.js"
expect_status 0
note "$(find "$example" -name '*.js' | wc -l) files, $(cat "$example"/*.js | wc -l) lines: no errors"

title 'Build the snapshot, twice'
mqjs build "$example/handler.js" -o "$folder/invoice.msqs"
expect_status 0
mqjs build "$example/handler.js" -o "$folder/again.msqs"
expect_status 0
cmp "$folder/invoice.msqs" "$folder/again.msqs" || fail 'two builds of the same sources differ'
note "$(stat -c %s "$folder/invoice.msqs") bytes, the same both times"
note "SHA-256 $(sha256 "$folder/invoice.msqs")"

title 'Create a key, sign, verify'
mqjs keygen -o "$folder/key.pem"
expect_status 0
mqjs sign "$folder/invoice.msqs" --key "$folder/key.pem"
expect_status 0
mqjs verify "$folder/invoice.msqs" --key "$folder/key.pub.pem"
expect_status 0
note "openssl on the same signature: $(openssl dgst -sha256 -verify "$folder/key.pub.pem" \
  -signature "$folder/invoice.msqs.sig" "$folder/invoice.msqs")"

title 'Look inside'
mqjs inspect "$folder/invoice.msqs"
expect_status 0
indent <"$folder/out"

title 'Run a request: an API Gateway event with an invoice of a few lines'
run first event.json
indent <"$folder/first.body"
echo
note "body       $(stat -c %s "$folder/first.body") bytes, SHA-256 $(sha256 "$folder/first.body")"
note "report     SHA-256 $(field "$folder/first.report" responseSha256)"
note "gas        $(field "$folder/first.report" gasUsed) of $(field "$folder/first.report" gasLimit)"
note "seed       $(field "$folder/first.report" seed)"
note "snapshot   $(field "$folder/first.report" snapshotSha256)"
note "heap peak  $(field "$folder/first.report" heapPeakBytes) bytes"
[ "$(sha256 "$folder/first.body")" = "$(field "$folder/first.report" responseSha256)" ] ||
  fail 'the report has another hash than the body'
[ "$(sha256 "$folder/invoice.msqs")" = "$(field "$folder/first.report" snapshotSha256)" ] ||
  fail 'the report has another hash than the snapshot'

title 'The same request again'
run second event.json
cmp "$folder/first.body" "$folder/second.body" || fail 'the two bodies differ'
for name in responseSha256 gasUsed seed heapPeakBytes; do
  [ "$(field "$folder/first.report" "$name")" = "$(field "$folder/second.report" "$name")" ] ||
    fail "$name differs between the two runs"
done
note "the same bytes, hash, gas ($(field "$folder/second.report" gasUsed)), seed and heap peak"

title 'A request that the handler refuses'
run invalid event-invalid.json
indent <"$folder/invalid.body"
echo
note "gas        $(field "$folder/invalid.report" gasUsed)"

title 'One byte of the snapshot changed'
cp "$folder/invoice.msqs" "$folder/changed.msqs"
cp "$folder/invoice.msqs.sig" "$folder/changed.msqs.sig"
middle=$(($(stat -c %s "$folder/changed.msqs") / 2))
old=$(od -An -tu1 -j "$middle" -N 1 "$folder/changed.msqs" | tr -d ' ')
printf '%b' "\\x$(printf %02x $((old ^ 1)))" |
  dd of="$folder/changed.msqs" bs=1 seek="$middle" conv=notrunc status=none
mqjs run "$folder/changed.msqs" --key "$folder/key.pub.pem" --request "$example/event.json"
expect_status 3
[ ! -s "$folder/out" ] || fail 'a refused snapshot gave output'
indent <"$folder/err"
note "refused with exit status $status; nothing was run"

printf '\nEverything above was done by the built command on real files, in a folder that is now removed.\n'
