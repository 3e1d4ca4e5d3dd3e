// SPDX-License-Identifier: MIT
#include "heddle/explorers/urw.hpp"

#include <algorithm>

namespace heddle::explorers {

void urw::meet(const sched::execution_state& state) {
  for (auto id = counts_.threads_met(); id < state.thread_count(); ++id) {
    counts_.meet(state.thread(id));
  }
}

std::uint32_t urw::pick(const sched::choice& where) {
  meet(*where.state);
  const auto weight = [&](std::uint32_t i) {
    return std::max(counts_.remaining(where[i].thread), 1u);
  };
  std::uint32_t all = 0;
  for (std::uint32_t i = 0; i < where.count; ++i) all += weight(i);
  std::uint32_t at = generator().below(all);
  for (std::uint32_t i = 0;; ++i) {
    const std::uint32_t share = weight(i);
    if (at < share) return i;
    at -= share;
  }
}

bool urw::permits(const sched::execution_state& state, sched::thread_id next) {
  meet(state);
  counts_.perform(next, *state.thread(next).pending);
  return true;
}

}  // namespace heddle::explorers
