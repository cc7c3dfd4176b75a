#!/usr/bin/env bash
# leaves-nothing.sh COMMAND...: runs a command, and fails if any process that it started, directly or indirectly, still
# runs after it ended. A mark in the environment identifies these processes, so that no others are affected.
set -euo pipefail

export MQJS_STARTED_BY="$$-$RANDOM$RANDOM"

# The ids of the processes with the mark, except this script. The list of all processes is made first, because searching
# it starts processes, too.
left() {
  local places=(/proc/[0-9]*/environ) own=$BASHPID
  grep -lxzF "MQJS_STARTED_BY=$MQJS_STARTED_BY" "${places[@]}" 2>/dev/null | cut -d / -f 3 |
    grep -vx -e "$$" -e "$own" || true
}

status=0
"$@" || status=$?

# A killed process may take a moment to disappear.
for _ in 1 2 3 4 5; do
  numbers=$(left)
  [ -z "$numbers" ] && exit "$status"
  sleep 1
done

echo "left over by $*:" >&2
for number in $numbers; do
  tr '\0' ' ' <"/proc/$number/cmdline" | sed "s/^/  $number: /" >&2 || true
  echo >&2
  kill -KILL "$number" 2>/dev/null || true
done
exit 1
