// SPDX-License-Identifier: MIT
#include "heddle/explorers/surw.hpp"

#include <algorithm>

namespace heddle::explorers {

sched::stable_key surw::draw_object() {
  std::uint64_t all = 0;
  for (const auto& [object, events] : counts_.shared_objects()) all += events;
  if (all == 0) return 0;
  std::uint64_t at = generator().next() % all;
  for (const auto& [object, events] : counts_.shared_objects()) {
    if (at < events) return object;
    at -= events;
  }
  return 0;
}

void surw::prepare() {
  selected_ = {.first = draw_object()};
  counts_.begin_execution(selected_);
  priorities_.clear();
  held_.clear();
  next_round();
}

void surw::next_round() noexcept {
  intended_ = sched::no_thread;
  ++round_;
}

void surw::meet(const sched::execution_state& state) {
  priorities_.meet(state, generator());
  for (auto id = counts_.threads_met(); id < state.thread_count(); ++id) {
    const sched::thread_view created = state.thread(id);
    const bool from_intended = intended_ != sched::no_thread && intended_ == created.parent;
    const std::uint32_t before = from_intended ? counts_.remaining(created.parent) : 0;
    counts_.meet(created);
    held_.push_back(0);
    // Its creator was intended for what is now its own share, too.
    if (before != 0 && generator().below(before) < counts_.remaining(id)) intended_ = id;
  }
}

sched::thread_id surw::draw_intended(candidate_list candidates, sched::thread_id arrived) {
  // Whoever is at a selected event now has at least that one left.
  const auto weight = [&](sched::thread_id id) {
    return std::max(counts_.remaining(id), id == arrived ? 1u : 0u);
  };
  std::uint32_t all = 0;
  for (const sched::candidate& at : candidates) all += weight(at.thread);
  std::uint32_t drawn = generator().below(all);
  for (const sched::candidate& at : candidates) {
    const std::uint32_t share = weight(at.thread);
    if (drawn < share) return at.thread;
    drawn -= share;
  }
  return arrived;
}

std::uint32_t surw::pick(const sched::choice& where, candidate_list candidates) {
  const sched::execution_state& state = *where.state;
  meet(state);
  if (intended_ != sched::no_thread &&
      state.thread(intended_).status == sched::thread_status::finished) {
    next_round();  // it had fewer than expected
  }
  const auto none = static_cast<std::uint32_t>(candidates.size());
  for (;;) {
    std::uint32_t best = none;
    for (std::uint32_t i = 0; i < none; ++i) {
      const sched::thread_id id = candidates[i].thread;
      if (held_[id] == round_) continue;
      if (best == none || priorities_[id] > priorities_[candidates[best].thread]) best = i;
    }
    if (best == none) {  // the intended one is blocked, perhaps by those held back
      next_round();
      continue;
    }
    const sched::thread_id id = candidates[best].thread;
    if (!selected_.contains(*state.thread(id).pending)) return best;
    if (intended_ == sched::no_thread) intended_ = draw_intended(candidates, id);
    if (intended_ == id) return best;
    held_[id] = round_;
  }
}

bool surw::permits(const sched::execution_state& state, sched::thread_id next) {
  meet(state);
  const sched::operation& op = *state.thread(next).pending;
  counts_.perform(next, op);
  priorities_.perform(state, next, generator());
  if (intended_ == next && selected_.contains(op)) next_round();
  return true;
}

}  // namespace heddle::explorers
