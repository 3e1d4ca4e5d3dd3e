// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <string_view>

namespace heddle::bench {

// How many executions each explorer takes to the first bug of each program of tests/bugs: mean and
// median over 20 seeds (HEDDLE_BENCH_SEEDS) of those that found it within 10,000 executions, and
// how many did. Explorers that do not draw lots are run once. A table on the screen, a JSON object
// per figure in `out`. `only`: part of the name of a program.
void measure_bugs(std::string_view only, std::FILE* out);

}  // namespace heddle::bench
