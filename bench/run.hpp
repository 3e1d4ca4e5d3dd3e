// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

#include "heddle/explorers/explore.hpp"
#include "workloads.hpp"

namespace heddle::bench {

// As the benchmarks run a workload: nothing but the explorer, no statistics, no limits of time.
[[nodiscard]] options options_of(const workload& work, std::string_view explorer,
                                 std::int64_t executions, std::uint64_t seed = 1);

// Runs a workload, which must find nothing: else the program ends.
report run_workload(const options& how, const workload& work);

}  // namespace heddle::bench
