// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "brute_force.hpp"
#include "heddle_runner.hpp"

namespace oracle {

// Empty if an exhaustive exploration by Heddle found exactly what `truth` says, otherwise the
// differences, one per line: the four counters, the outcomes and how many executions had each, the
// coverage. Bodies beyond the executions of the report (to render a failure, say) are allowed, if
// their outcomes are possible ones.
std::string differences(const census& truth, const heddle_run& run);

// Empty if every outcome that was seen is a possible one.
std::string impossible_outcomes(const census& truth, const heddle_run& run);

}  // namespace oracle
