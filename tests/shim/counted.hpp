// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "common/without_limits.hpp"

// Exhaustive explorations for the tests of shim types.
namespace counted {

inline heddle::options every_execution() {
  heddle::options how = nothing_beside("Counted.Test");
  how.stop_at_first_failure = false;
  how.early_timeouts = 0;
  how.rereads = 1'000'000;
  return how;
}

template <class Body>
heddle::report all(Body&& body) {
  return heddle::explore(every_execution(), body);
}

// The kind of the first failure, or "none".
inline std::string kind(const heddle::report& of) {
  return of.failure ? std::string(heddle::to_string(of.failure->kind)) : "none";
}

// Runs `work(0)` .. `work(count - 1)` on a thread each.
template <class Work>
void in_threads(unsigned count, Work&& work) {
  std::vector<heddle::thread> threads;
  for (unsigned i = 0; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
  for (heddle::thread& each : threads) each.join();
}

}  // namespace counted
