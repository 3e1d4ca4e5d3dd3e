#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# find_and_replay.sh <program with a fuzzer> <the same program without one> <directory>
# The fuzzer finds the seeded bug within a minute; the file it leaves fails in the program without a
# fuzzer, too, and the schedule in its report replays 100 times out of 100.
set -euo pipefail
fuzzer=$1
plain=$2
rm -rf "$3"
mkdir -p "$3"
cd "$3"

fail() {
  echo "find_and_replay: $*" >&2
  exit 1
}

if "$fuzzer" -seed=1 -max_total_time=60 -max_len=64 -artifact_prefix=./ >found 2>&1; then
  cat found
  fail "the fuzzer has found nothing in a minute"
fi
grep -q "no payment is lost" found || { cat found; fail "the fuzzer has found something else"; }
file=$(ls crash-* | head -n 1)

if bash -c '"$0" "$1"' "$plain" "$file" >again 2>&1; then
  fail "the file does not fail without a fuzzer"
fi
grep -q "no payment is lost" again || { cat again; fail "the file fails otherwise"; }

token=$(grep -o 'hd1:[^ ]*' again | head -n 1)
[[ -n $token ]] || fail "the report names no schedule"
for i in $(seq 100); do
  status=0
  HEDDLE_REPLAY=$token "$plain" >replayed 2>&1 || status=$?
  ((status == 1)) || { cat replayed; fail "replay $i ended with $status"; }
  grep -q "no payment is lost" replayed || fail "replay $i failed otherwise"
done
status=0
HEDDLE_REPLAY=$token "$fuzzer" >replayed 2>&1 || status=$?
((status == 1)) || fail "the program with the fuzzer does not replay"
echo "found; replayed 100 times out of 100"
