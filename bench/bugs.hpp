// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <string_view>

namespace heddle::bench {

// How many executions each explorer takes to the first bug of each program of tests/bugs: mean and
// median over 20 seeds (HEDDLE_BENCH_SEEDS) of those that found it within 10,000 executions, and
// how many did. Where nothing is drawn by lot, one seed is all there is. An explorer that has found
// nothing in 5 seconds of the processor (HEDDLE_BENCH_SECONDS), or has taken ten times that, leaves
// the rest of the seeds out, and the table says so. One table for the accesses of racy plain data
// as scheduling points, one for those of all; a JSON object per figure in `out`. `only`: part of
// the name of a program.
void measure_bugs(std::string_view only, std::FILE* out);

}  // namespace heddle::bench
