// SPDX-License-Identifier: MIT
#include "bounded_search.hpp"

#include <utility>

namespace heddle::explorers {

bool bounded_search::within(const node& at, std::uint32_t index) const noexcept {
  const std::uint32_t preemptions = at.before.preemptions + (index >= at.free_below);
  const std::uint32_t unboring = at.before.unboring + (index != 0);
  if (preemptions > preemptions_) return false;
  // As complicated as the best one is good enough: it may be shorter.
  return std::pair(preemptions, unboring) <= std::pair(best_.preemptions, best_.unboring);
}

bool bounded_search::begin_execution() {
  if (started_) {
    while (!stack_.empty()) {
      node& last = stack_.back();
      if (last.index + 1 < last.count && within(last, last.index + 1)) {
        ++last.index;
        break;
      }
      stack_.pop_back();
    }
    if (stack_.empty()) return false;
  }
  started_ = true;
  depth_ = 0;
  return measuring::begin_execution();
}

std::uint32_t bounded_search::pick(const sched::choice& where) {
  if (depth_ == stack_.size()) {
    node made;
    made.count = where.count;
    made.before = size();
    made.free_below = where.count;
    for (std::uint32_t i = where.count; i-- > 1 && preempts(where, i);) made.free_below = i;
    stack_.push_back(made);
  }
  const node& at = stack_[depth_++];
  return at.index < where.count ? at.index : 0;
}

}  // namespace heddle::explorers
