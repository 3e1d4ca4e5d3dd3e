// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

#include "bug_programs.hpp"

namespace bugs {

// The execution in which an exploration met the bug, from 1; 0: not within `executions`. Any other
// failure is one of the test.
[[nodiscard]] std::int64_t first_bug(const program& p, std::string_view explorer,
                                     std::uint64_t seed, std::int64_t executions);

struct summary {
  double mean = 0;  // of the explorations that found it
  int found = 0;
};
// Of the seeds 1..seeds.
[[nodiscard]] summary first_bugs(const program& p, std::string_view explorer, int seeds,
                                 std::int64_t executions);

}  // namespace bugs
