#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What it costs to compile a file with one test that includes <heddle/gtest.hpp>, beside the same
# file with GoogleTest alone: the two take turns, and the least of several rounds counts, in seconds
# of the processor. Rows go to the file that is named as the argument.
set -euo pipefail
cd "$(dirname "$0")"
results=${1:?usage: measure.sh <file for the rows>}

root=../..
includes=()
for room in sched shim library explorers adapters; do
  includes+=("-I$root/$room/include")
done
rounds=${HEDDLE_BENCH_ROUNDS:-7}
compiler=${CXX:-g++}
limit=2.00 # what the ratio should not exceed

# seconds_of <file> <flag>
seconds_of() {
  local TIMEFORMAT='%U %S' spent
  spent=$({ time "$compiler" -std=c++20 "$2" "${includes[@]}" -c "$1" -o /dev/null; } 2>&1)
  awk '{print $1 + $2}' <<<"$spent"
}

# least <a> <b>
least() {
  awk '{print ($1 < $2) ? $1 : $2}' <<<"$1 $2"
}

printf '%-8s %12s %12s %8s\n' "" "gtest alone" "with Heddle" ratio
: >"$results"
for flag in -O0 -O2; do
  alone=1000
  ours=1000
  for ((round = 0; round < rounds; ++round)); do
    alone=$(least "$alone" "$(seconds_of with_gtest.cpp "$flag")")
    ours=$(least "$ours" "$(seconds_of with_heddle.cpp "$flag")")
  done
  ratio=$(awk '{printf "%.2f", $2 / $1}' <<<"$alone $ours")
  note=$(awk '{print ($1 > $2) ? "  more than " $2 : ""}' <<<"$ratio $limit")
  printf '%-8s %10.2f s %10.2f s %8.2f%s\n' "$flag" "$alone" "$ours" "$ratio" "$note"
  row='{"bench":"build/one_test%s","metric":"%s","value":%.3f,"unit":"%s"}\n'
  # shellcheck disable=SC2059
  {
    printf "$row" "$flag" compile_time "$ours" s
    printf "$row" "$flag" compile_time_of_gtest "$alone" s
    printf "$row" "$flag" ratio_to_gtest "$ratio" 1
  } >>"$results"
done
