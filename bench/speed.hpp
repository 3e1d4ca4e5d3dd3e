// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>

#include "heddle/heddle.hpp"
#include "workloads.hpp"

namespace heddle::bench {

// As the benchmarks run a workload: nothing but the explorer, no statistics, no limits of time.
[[nodiscard]] options options_of(const workload& work, const char* explorer,
                                 std::int64_t executions, std::uint64_t seed = 1);

// Tables of what executions and operations cost, of workloads with `filter` in their name: for the
// random walk beside the floor measured in the same run (the two take turns, and the least of
// several rounds counts), and for the other explorers. Figures also go to `out` (may be null).
void measure_speed(const std::string& filter, std::FILE* out);

}  // namespace heddle::bench
