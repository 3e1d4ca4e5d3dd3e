// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/heddle.hpp>

// Options that make an exploration the same in every environment: no variables, no time limit.
inline heddle::options quiet(const char* explorer = "dfs", std::int64_t executions = 0) {
  heddle::options how;
  how.name = "Suite.Name";
  how.explorer = explorer;
  how.executions = executions;
  how.time = {};
  how.environment = false;
  how.rerun = "PROGRAM";
  how.predict = false;  // bodies count how often they run
  return how;
}

inline std::int64_t sum_of_classes(const heddle::report& of) {
  return of.complete + of.failed + of.deadlocked + of.blocked + of.redundant + of.cut;
}
