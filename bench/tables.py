#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Markdown tables of what a run of the benchmarks has written, for docs/speed.md.

tables.py random|pct|surw|bounded|dfs|dpor|native/random|..|paired|search|scaling|build <results.jsonl>...
"""
import collections
import json
import sys

# metric, heading, format
SPEED = (
    ("points", "points", "{:.1f}"),
    ("time_per_execution", "ns/execution", "{:.0f}"),
    ("floor_per_execution", "floor", "{:.0f}"),
    ("ratio_to_floor", "ratio", "{:.2f}"),
    ("source_per_execution", "source door", "{:.0f}"),
    ("ratio_to_source_door", "ratio to it", "{:.2f}"),
    ("time_per_point", "ns/point", "{:.1f}"),
    ("time_per_access", "ns/access", "{:.1f}"),
    ("instructions_per_point", "instructions/point", "{:.0f}"),
    ("executions_per_second", "executions/s", "{:,.0f}"),
    ("allocations_per_execution", "allocations", "{:.1f}"),
    ("system_calls_per_execution", "system calls", "{:.1f}"),
    ("peak_memory", "peak MB", "{:.1f}"),
    ("executions", "all there are", "{:.0f}"),
    ("time_to_finish", "in ms", "{:.2f}"),
)
PAIRED = (
    ("time_per_execution", "Heddle", "{:.0f}"),
    ("relacy_per_execution", "Relacy", "{:.0f}"),
    ("ratio_to_relacy", "ratio", "{:.2f}"),
)
SEARCH = (
    ("executions", "Heddle explores", "{:,.0f}"),
    ("time_to_finish", "in ms", "{:.2f}"),
    ("time_per_execution", "ns each", "{:,.0f}"),
    ("cdschecker_executions", "CDSChecker", "{:,.0f}"),
    ("cdschecker_to_finish", "in ms", "{:.1f}"),
    ("cdschecker_per_execution", "ns each", "{:,.0f}"),
)
BUILD = (
    ("compile_time_of_gtest", "GoogleTest alone, s", "{:.2f}"),
    ("compile_time", "with Heddle, s", "{:.2f}"),
    ("ratio_to_gtest", "ratio", "{:.2f}"),
)


def read(files):
    """By benchmark, in the order of the files: what each metric is."""
    found = collections.defaultdict(dict)
    for name in files:
        with open(name, encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                found[row["bench"]][row["metric"]] = row["value"]
    return found


def line_of(cells):
    print("| " + " | ".join(cells) + " |")


def table(heading, headings, lines):
    line_of([heading, *headings])
    line_of(["---"] * (len(headings) + 1))
    for cells in lines:
        line_of(cells)
    print()


def flat(kind, columns, found):
    rows = {name[len(kind) + 1:]: of for name, of in found.items() if name.startswith(kind + "/")}
    rows.pop("all", None)
    used = [c for c in columns if any(c[0] in of for of in rows.values())]
    table(kind, [heading for _, heading, _ in used],
          [[name] + [form.format(of[metric]) if metric in of else "" for metric, _, form in used]
           for name, of in rows.items()])


def scaling(found):
    growths = collections.defaultdict(lambda: collections.defaultdict(dict))
    explorers = []
    for name, of in found.items():
        if not name.startswith("scaling/"):
            continue
        _, growth, explorer, size = name.split("/")
        growths[growth][int(size)][explorer] = of
        if explorer not in explorers:
            explorers.append(explorer)
    for growth, sizes in growths.items():
        table(growth, explorers,
              [[f"{size:,}"] + [f"{of[e]['time_per_point']:.0f} ns, {of[e]['peak_memory']:.0f} MB"
                                if e in of else "" for e in explorers]
               for size, of in sorted(sizes.items())])


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    kind, found = sys.argv[1], read(sys.argv[2:])
    if kind == "scaling":
        scaling(found)
    else:
        flat(kind, {"paired": PAIRED, "search": SEARCH, "build": BUILD}.get(kind, SPEED), found)


main()
