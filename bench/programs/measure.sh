#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# measure.sh <list> <directory of the programs> <results.jsonl> [part of a name]
#
# Explores each program of the list with races = explore, once for each of HEDDLE_BENCH_SEEDS (5)
# seeds, within the default budget, and prints how many executions it took to the first failure,
# beside what the list says that others needed. Fails if a program that should fail is never found,
# or one that should pass fails. A data race by itself is no find (with races = explore none is
# reported), and neither is a limit that was reached.
set -euo pipefail
list=$1 programs=$2 results=$3 only=${4:-}
seeds=${HEDDLE_BENCH_SEEDS:-5}
text=$(mktemp)
trap 'rm -f "$text"' EXIT

# Programs that end without giving back what they have allocated are not what is looked for here.
export HEDDLE_RACES=${HEDDLE_RACES:-explore} HEDDLE_LEAKS=off

trim() {
  local word=$1
  word=${word#"${word%%[![:space:]]*}"}
  printf %s "${word%"${word##*[![:space:]]}"}"
}

row() {
  printf '%-32s %-7s %6s %8s %8s %7s  %-22s %s\n' "$@"
}

# record <program> <metric> <value> <unit>
record() {
  printf '{"bench":"programs/%s","metric":"%s","value":%s,"unit":"%s"}\n' "$@" >>"$results"
}

: >"$results"
wrong=0
row program expect found mean median seconds "what was found" known
while IFS='|' read -r name expected _ arguments known; do
  name=$(trim "$name")
  expected=$(trim "$expected")
  if [[ -z $name || $name == '#'* || $name != *"$only"* ]]; then continue; fi
  read -r -a given <<<"${arguments:-}"
  found=0 counts='' what='' begun=$EPOCHREALTIME
  for ((seed = 1; seed <= seeds; ++seed)); do
    HEDDLE_SEED=$seed "$programs/$name" "${given[@]}" >"$text" 2>&1 </dev/null || true
    kind=$(sed -n '1s/^.* failed: //p' "$text")
    executions=$(grep -oE '[0-9]+ executions?' "$text" | head -n 1 | cut -d' ' -f1 || true)
    if [[ -z $executions ]]; then
      cat "$text" >&2
      echo "$name: no report" >&2
      exit 1
    fi
    if [[ -z $kind || $kind == limit* ]]; then
      [[ $expected == passes ]] && continue
      break # what a whole budget has not found once is not asked for again
    fi
    found=$((found + 1)) counts+="$executions " what=$kind
  done
  took=$(awk -v a="$begun" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')
  read -r mean median < <(tr ' ' '\n' <<<"$counts" | sed '/^$/d' | sort -n | awk '
    { at[NR] = $1; sum += $1 }
    END { if (NR) printf "%.1f %d\n", sum / NR, at[int((NR + 1) / 2)]; else print "- -" }')
  row "$name" "$expected" "$found/$seeds" "$mean" "$median" "$took" "${what:0:22}" "$(trim "${known:-}")"
  record "$name" found "$found" "of $seeds seeds"
  if ((found > 0)); then
    record "$name" "mean executions to the first failure" "$mean" executions
    record "$name" "median executions to the first failure" "$median" executions
  fi
  if [[ $expected == fails && $found -lt $seeds || $expected == passes && $found -gt 0 ]]; then
    wrong=$((wrong + 1))
    echo "*** $name: not as expected; the last report begins:"
    head -n 4 "$text"
  fi
done <"$list"
((wrong == 0)) || echo "*** $wrong programs did not do what was expected" >&2
((wrong == 0))
