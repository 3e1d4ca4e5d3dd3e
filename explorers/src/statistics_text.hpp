// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "heddle/explorers/report.hpp"

namespace heddle::explorers {

// What is worth saying about the executions of an exploration, in lines. Nothing where a failure
// was found soon or every execution was seen.
[[nodiscard]] std::string statistics_text(const report& of);

// "3 ms", "2.5 s", "4 min", "3 h", "12 days", "80 years".
[[nodiscard]] std::string about(std::chrono::nanoseconds time);

}  // namespace heddle::explorers
