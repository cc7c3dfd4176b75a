#!/usr/bin/env bash
# The checks that swift-format does not make:
#   1. `unsafe` stands only in the folders listed in Scripts/unsafe-folders.txt;
#   2. nothing is marked as unfinished;
#   3. shell scripts are at least well-formed, and executable;
#   4. no file is larger than 1 MB: such files are core dumps or binaries.
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
  echo "$strays" | complain "\`unsafe\` outside the folders of Scripts/unsafe-folders.txt:"
fi

# 2. The pattern is written so that it does not find itself.
unfinished=$(git grep --untracked -n -I -w -E 'TO[D]O|FIX[M]E|XX[X]|HAC[K]' -- . ':(exclude)*.json' || true)
if [ -n "$unfinished" ]; then
  echo "$unfinished" | complain "work marked as unfinished:"
fi

# 3.
for script in Scripts/*.sh .ci/run; do
  bash -n "$script" || status=1
  [ -x "$script" ] || echo "$script" | complain "not executable:"
done

# 4.
large=$(git ls-files -z --cached --others --exclude-standard | sort -zu |
  xargs -0 -r stat --format '%s %n' 2>/dev/null | awk '$1 > 1000000 { print }' || true)
if [ -n "$large" ]; then
  echo "$large" | complain "files above 1,000,000 bytes do not belong here:"
fi

[ "$status" -eq 0 ] && echo "lint: clean"
exit "$status"
