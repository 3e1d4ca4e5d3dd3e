#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The commands that tools/heddle-gdb.py brings, in the final run of a failure. Exit code 77: the
# library was built without the debug information that they need.
# usage: commands.sh <gdb> <heddle-gdb.py> <program_two_locks>
set -euo pipefail
seen=$("$1" -batch -nx -ex "source $2" -ex "break heddle_before_final_run" -ex run \
  -ex "break heddle_step" -ex continue -ex continue -ex continue \
  -ex "heddle threads" -ex "heddle bt 0" -ex "heddle objects" -ex "heddle bt 7" "$3" 2>&1) || true
if grep -q 'No symbol "heddle"' <<<"$seen"; then
  echo "no debug information"
  exit 77
fi
expect() {
  grep -Eq "$1" <<<"$seen" || {
    echo "missing: $1"
    echo "$seen"
    exit 1
  }
}
expect "T1 'one'  .*two_locks.cpp:[0-9]+"
expect "T2 'two'  .*two_locks.cpp:[0-9]+"
expect "two_locks.cpp:2[0-9]"                       # in the stack of T0, which joins
expect "mutex, held by T[12] since .*two_locks.cpp:17"
expect "atomic = [01], made at .*two_locks.cpp:15"
expect "there is no thread T7"
