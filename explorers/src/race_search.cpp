// SPDX-License-Identifier: MIT
#include "race_search.hpp"

#include <utility>

namespace heddle::explorers {

race_search::race_search(std::unique_ptr<sched::explorer> then, std::uint64_t seed,
                         std::int64_t most)
    : wrapper(*then), then_(std::move(then)), walk_(seed), left_(most), searching_(most > 0) {}

bool race_search::begin_execution() {
  // Once it has begun, the other one is told of every race, and starts over by itself.
  if (!searching_ || left_ == 0 || in_vain_ >= in_vain) {
    searching_ = false;
    rebind(*then_);
  } else {
    --left_;
    ++executions_;
    if (executions_ == 1) {
      rebind(first_);
    } else if (executions_ == 2) {
      rebind(turns_);
    } else {
      rebind(walk_);
    }
  }
  return inner().begin_execution();
}

void race_search::end_execution(const sched::outcome& result) {
  in_vain_ = result.racy.empty() ? in_vain_ + 1 : 0;
  inner().end_execution(result);
}

}  // namespace heddle::explorers
