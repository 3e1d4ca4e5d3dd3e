// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <string_view>

namespace heddle::bench {

// How many executions each explorer takes to the first bug of each program of tests/bugs: mean and
// median over 20 seeds (HEDDLE_BENCH_SEEDS) of those that found it within 10,000 executions, and
// how many did. Explorers that do not draw lots are run once. An explorer has 5 seconds for a
// program (HEDDLE_BENCH_SECONDS), `auto` ten times that; what it has not begun by then is left out,
// and the table says so. One table for the accesses of racy plain data as scheduling points, one
// for those of all; a JSON object per figure in `out`. `only`: part of the name of a program.
void measure_bugs(std::string_view only, std::FILE* out);

}  // namespace heddle::bench
