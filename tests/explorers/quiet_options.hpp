// SPDX-License-Identifier: MIT
#pragma once

#include "common/without_limits.hpp"

// Options that make an exploration, and its report, the same in every environment.
inline heddle::options quiet(const char* explorer = "dfs", std::int64_t executions = 0) {
  heddle::options how = nothing_beside("Suite.Name", explorer);
  how.executions = executions;
  how.rerun = "PROGRAM";
  return how;
}

inline std::int64_t sum_of_classes(const heddle::report& of) {
  return of.complete + of.failed + of.deadlocked + of.blocked + of.redundant + of.cut;
}
