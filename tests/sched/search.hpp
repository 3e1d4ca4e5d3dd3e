// SPDX-License-Identifier: MIT
#pragma once

#include "common/without_limits.hpp"

// How the tests of sched and shim explore.
namespace search {

// Depth-first without a budget, and on after a failure: every execution is seen once.
inline heddle::options every_execution() {
  heddle::options how = nothing_beside("test");
  how.stop_at_first_failure = false;
  how.capture = false;
  how.minimise = 0;
  how.diagnose = false;
  return how;
}

// The same where one failure is enough.
inline heddle::options until_a_failure() {
  heddle::options how = every_execution();
  how.stop_at_first_failure = true;
  return how;
}

// True if exploring was clean, and finished.
inline bool clean(const heddle::report& of) {
  return of.passed() && of.coverage == heddle::coverage::exhaustive &&
         of.complete == of.executions && of.executions > 0;
}

}  // namespace search
