// SPDX-License-Identifier: MIT
#include <algorithm>

#include "search.hpp"

// Within one execution: which threads are asleep, since what begins with them is explored
// elsewhere.
namespace heddle::explorers::por {

bool search::is_asleep(thread_index thread) const noexcept {
  return std::any_of(asleep_.begin(), asleep_.end(), [thread](const action& at) {
    return at.thread == thread && at.what == action::kind::step;
  });
}

// The result is known: what sleeps on, and what has been woken.
void search::step(const sched::event& done) {
  const std::size_t performed = log_.close(done);
  if (performed == journal::nothing) return;
  node& at = stack_[performed];
  at.taken.op = done.op;
  if (resumed_ == journal::nothing || performed >= resumed_) {
    asleep_.clear();
    for (const action& other : at.asleep) {
      if (!conflict(other, log_[performed])) asleep_.push_back(other);
    }
    // Data choices that were made meanwhile, before the result was known.
    for (std::size_t later = std::max(performed + 1, repeated_); later < stack_.size(); ++later) {
      stack_[later].asleep = asleep_;
    }
  }
}

}  // namespace heddle::explorers::por
