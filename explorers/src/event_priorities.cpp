// SPDX-License-Identifier: MIT
#include "heddle/explorers/event_priorities.hpp"

#include "heddle/sched/dependence.hpp"

namespace heddle::explorers {

void event_priorities::meet(const sched::execution_state& state, prng& from) {
  while (of_.size() < state.thread_count()) of_.push_back(from.next());
}

void event_priorities::perform(const sched::execution_state& state, sched::thread_id by,
                               prng& from) {
  meet(state, from);
  const sched::operation& op = *state.thread(by).pending;
  for (sched::thread_id id = 0; id < of_.size(); ++id) {
    if (id == by || dependent(op, *state.thread(id).pending)) of_[id] = from.next();
  }
}

}  // namespace heddle::explorers
