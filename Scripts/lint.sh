#!/usr/bin/env bash
# The checks that swift-format does not make:
#   1. `unsafe` stands only in the folders listed in Scripts/unsafe-folders.txt;
#   2. nothing is marked as unfinished;
#   3. shell scripts are at least well-formed, and executable;
#   4. no file is larger than 1 MB: such files are core dumps or binaries;
#   5. the name of each test is a sentence: one or two words are none, and there is no second name;
#   6. every suite and every test that docs/traceability.md names exists.
set -euo pipefail
cd "$(dirname "$0")/.."
status=0

complain() {
  echo "lint: $1" >&2
  sed 's/^/  /' >&2
  status=1
}

# 1. Comments may speak of unsafe code; code may hold it only in its own folders.
allowed=()
while IFS= read -r folder; do
  folder=${folder%%#*}
  folder=$(echo "$folder" | tr -d '[:space:]')
  [ -n "$folder" ] && allowed+=(":(exclude)$folder")
done <Scripts/unsafe-folders.txt
strays=$(git grep --untracked -n -I -w -e unsafe -- 'Sources/*.swift' "${allowed[@]}" |
  sed -E 's#//.*##' | grep -w unsafe || true)
if [ -n "$strays" ]; then
  complain "\`unsafe\` outside the folders of Scripts/unsafe-folders.txt:" <<<"$strays"
fi

# 2. The pattern is written so that it does not find itself.
unfinished=$(git grep --untracked -n -I -w -E 'TO[D]O|FIX[M]E|XX[X]|HAC[K]' -- . ':(exclude)*.json' || true)
if [ -n "$unfinished" ]; then
  complain "work marked as unfinished:" <<<"$unfinished"
fi

# 3.
for script in Scripts/*.sh .ci/run; do
  bash -n "$script" || status=1
  [ -x "$script" ] || complain "not executable:" <<<"$script"
done

# 4.
large=$(git ls-files -z --cached --others --exclude-standard | sort -zu |
  xargs -0 -r stat --format '%s %n' 2>/dev/null | awk '$1 > 1000000 { print }' || true)
if [ -n "$large" ]; then
  complain "files above 1,000,000 bytes do not belong here:" <<<"$large"
fi

# 5. From `@Test` on, the next function is the test. A title would be a second name.
mapfile -t suites < <(git grep --untracked -l -e '@Test' -- 'tests/*.swift')
strange=$(awk '
  isTest && FNR == opened + 1 && /^ *"/ { isTitled = 1 }
  /^ *@Test/ { isTest = 1; isTitled = /@Test\("/; opened = /\($/ ? FNR : 0 }
  isTest && match($0, /func +[A-Za-z0-9_]+/) {
    name = substr($0, RSTART, RLENGTH)
    sub(/func +/, "", name)
    words = name
    if (gsub(/[A-Z]+/, "", words) < 2) print FILENAME ":" FNR ": " name
    if (isTitled) print FILENAME ":" FNR ": " name " has a title, too"
    isTest = 0
  }' "${suites[@]}")
if [ -n "$strange" ]; then
  complain "names of tests that are no sentences (such as \`aCutFileIsRefused\`):" <<<"$strange"
fi

# 6. In that page, names of three words and more in code style are those of tests.
missing=$(grep -oE '`([A-Za-z]+/)?[A-Za-z]+Tests`|`[a-z][a-z0-9]*([A-Z][A-Za-z0-9]*){2,}`' docs/traceability.md | tr -d '`' |
  sed 's#.*/##' | sort -u | while IFS= read -r name; do
    grep -qE "(func|struct) $name\\b" "${suites[@]}" || [ -d "tests/$name" ] || echo "$name"
  done)
if [ -n "$missing" ]; then
  complain "docs/traceability.md names tests that are not there:" <<<"$missing"
fi

[ "$status" -eq 0 ] && echo "lint: clean"
exit "$status"
