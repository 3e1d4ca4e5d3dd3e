// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <heddle/explorers/prng.hpp>
#include <heddle/sched/execution_state.hpp>

namespace heddle::explorers {

// A random priority for every pending operation, in the manner of POS: when an operation is
// performed, its thread gets a new one for its next operation, and so does everyone, blocked or
// not, whose pending operation depends on it.
class event_priorities {
 public:
  void clear() noexcept { of_.clear(); }
  // Threads created since the last call.
  void meet(const sched::execution_state& state, prng& from);
  // Before `by` performs its pending operation.
  void perform(const sched::execution_state& state, sched::thread_id by, prng& from);

  [[nodiscard]] std::uint64_t operator[](sched::thread_id of) const noexcept { return of_[of]; }

 private:
  std::vector<std::uint64_t> of_;  // by thread
};

}  // namespace heddle::explorers
