// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <heddle/heddle.hpp>

// What most tests explore with, and what their own helpers start from: no limit of executions or
// time, nothing from the environment, so that it is the same everywhere and to the end.
inline heddle::options without_limits(std::string name, std::string explorer = "dfs") {
  heddle::options how;
  how.name = std::move(name);
  how.explorer = std::move(explorer);
  how.executions = 0;
  how.time = {};
  how.environment = false;
  return how;
}

// The same, and the body runs as often as `executions` says: nothing is examined beside.
inline heddle::options nothing_beside(std::string name, std::string explorer = "dfs") {
  heddle::options how = without_limits(std::move(name), std::move(explorer));
  how.watch = how.predict = false;
  how.examination = {};
  return how;
}
