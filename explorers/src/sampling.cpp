// SPDX-License-Identifier: MIT
#include "heddle/explorers/sampling.hpp"

namespace heddle::explorers {

bool sampling::begin_execution() {
  generator_ = prng(sched::mix(seed_, ++execution_));
  choices_ = 0;
  chance_ = {};
  prepare();
  return true;
}

std::uint32_t sampling::choose(const sched::choice& where) {
  using sched::choice_kind;
  if (where.kind == choice_kind::store || where.kind == choice_kind::place)
    return draw_store(where);
  if (where.kind != choice_kind::thread) return draw_uniformly(where);
  if (++choices_ > unfair_choices) return draw_uniformly(where);
  list_candidates(where);
  return pick(where, candidates_);
}

std::uint32_t sampling::draw_uniformly(const sched::choice& where) noexcept {
  chance_.one_of(where.count);
  return generator_.below(where.count);
}

std::uint32_t sampling::draw_store(const sched::choice& where) noexcept {
  std::uint32_t index = 0;
  for (; index + 1 < where.count; ++index) {
    chance_.one_of(2);
    if (generator_.below(2) == 0) break;
  }
  return index;
}

// In the order that a choice promises. To ask it for them one by one takes time in the square of
// their number.
void sampling::list_candidates(const sched::choice& where) {
  candidates_.clear();
  if (where.acting_enabled) candidates_.push_back({.thread = where.acting});
  for (sched::thread_id id = 0; id < where.state->thread_count(); ++id) {
    if (id == where.acting) continue;
    if (where.state->thread(id).status != sched::thread_status::enabled) continue;
    candidates_.push_back({.thread = id});
  }
  // Those that an early clock advance would let run.
  for (auto i = static_cast<std::uint32_t>(candidates_.size()); i < where.count; ++i) {
    candidates_.push_back(where[i]);
  }
}

}  // namespace heddle::explorers
