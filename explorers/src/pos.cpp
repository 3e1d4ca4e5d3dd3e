// SPDX-License-Identifier: MIT
#include "heddle/explorers/pos.hpp"

#include "heddle/sched/dependence.hpp"

namespace heddle::explorers {

// Threads created since the last call.
void pos::meet(const sched::execution_state& state) {
  while (priority_.size() < state.thread_count()) priority_.push_back(generator().next());
}

std::uint32_t pos::pick(const sched::choice& where) {
  meet(*where.state);
  std::uint32_t best = 0;
  for (std::uint32_t i = 1; i < where.count; ++i) {
    if (priority_[where[i].thread] > priority_[where[best].thread]) best = i;
  }
  return best;
}

// The place where every operation that is about to happen, forced ones too, can be seen beside all
// the pending ones.
bool pos::permits(const sched::execution_state& state, sched::thread_id next) {
  meet(state);
  const sched::operation& op = *state.thread(next).pending;
  for (sched::thread_id id = 0; id < priority_.size(); ++id) {
    if (id == next || dependent(op, *state.thread(id).pending)) {
      priority_[id] = generator().next();
    }
  }
  return true;
}

}  // namespace heddle::explorers
