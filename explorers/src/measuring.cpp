// SPDX-License-Identifier: MIT
#include "measuring.hpp"

#include "heddle/sched/settings.hpp"

namespace heddle::explorers {

bool preempts(const sched::choice& where, std::uint32_t index) noexcept {
  using sched::op_kind;
  if (where.kind != sched::choice_kind::thread || index >= where.count) return false;
  if (where[index].early_timeout) return true;
  const bool yields = where.op->kind == op_kind::yield || where.op->kind == op_kind::sleep;
  return where.acting_enabled && index != 0 && !yields;
}

bool measuring::begin_execution() {
  size_ = {};
  indices_.clear();
  gave_up_ = false;
  return true;
}

std::uint32_t measuring::choose(const sched::choice& where) {
  std::uint32_t index = pick(where);
  if (index >= where.count) index = 0;
  indices_.push_back(index);
  size_.unboring += index != 0;
  size_.preemptions += preempts(where, index);
  return index;
}

void measuring::end_execution(const sched::outcome& result) {
  size_.steps = result.steps;
  if (!result.failure || result.failure->kind != failure_kind::livelock) return;
  // The round that was followed to see whether it changes counts once.
  const auto round = static_cast<std::uint32_t>(result.failure->cycle.size());
  const std::uint32_t followed = round * sched::settings{}.pump_rounds;
  if (size_.steps > followed) size_.steps -= followed;
}

bool measuring::permits(const sched::execution_state& state, sched::thread_id) {
  return state.steps() < longest_ || give_up();
}

}  // namespace heddle::explorers
