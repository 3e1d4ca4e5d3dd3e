// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "workloads.hpp"

namespace heddle::bench {

// Tells Google Benchmark of what executions and operations cost, as explorer/workload: time per
// execution and per point, instructions, memory, allocations, system calls. The random walk is
// measured beside the floor.
void register_speed();

// Nanoseconds of the processor that the floor takes for an execution.
[[nodiscard]] double run_floor_timed(const workload& work, std::int64_t executions);

}  // namespace heddle::bench
