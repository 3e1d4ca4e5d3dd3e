// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <string>

namespace heddle::bench {

// What an operation costs, and how much memory there is at most, as work grows: with the number of
// threads, of operations per execution, and of executions. Each size in a process of its own.
// Figures go to `out` as rows scaling/<what grows>/<explorer>/<size>, curves to HEDDLE_BENCH_PLOT.
// HEDDLE_BENCH_EXECUTIONS: how far executions go, 1,000,000 if not given.
void measure_scaling(std::FILE* out);

}  // namespace heddle::bench
