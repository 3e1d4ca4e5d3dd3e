// SPDX-License-Identifier: MIT
#include "heddle/explorers/urw.hpp"

#include <algorithm>

namespace heddle::explorers {

void urw::meet(const sched::execution_state& state) {
  for (auto id = counts_.threads_met(); id < state.thread_count(); ++id) {
    counts_.meet(state.thread(id));
  }
}

std::uint32_t urw::pick(const sched::choice& where, candidate_list candidates) {
  meet(*where.state);
  const auto weight = [&](const sched::candidate& of) {
    return std::max(counts_.remaining(of.thread), 1u);
  };
  std::uint32_t all = 0;
  for (const sched::candidate& at : candidates) all += weight(at);
  std::uint32_t drawn = generator().below(all);
  std::uint32_t index = 0;
  for (; drawn >= weight(candidates[index]); ++index) drawn -= weight(candidates[index]);
  so_far().share(weight(candidates[index]), all);
  return index;
}

bool urw::permits(const sched::execution_state& state, sched::thread_id next) {
  meet(state);
  counts_.perform(next, *state.thread(next).pending);
  return true;
}

}  // namespace heddle::explorers
