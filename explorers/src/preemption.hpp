// SPDX-License-Identifier: MIT
#pragma once

#include "heddle/sched/choice.hpp"

namespace heddle::explorers {

// Is it a preemption to take this candidate? To leave a thread whose next operation is enabled and
// neither a yield nor a sleep, or to let the clock advance early.
[[nodiscard]] inline bool is_preemption(const sched::choice& where, std::uint32_t index) noexcept {
  if (index == 0 || index >= where.count || where.kind != sched::choice_kind::thread) return false;
  if (index >= where.count - where.early) return true;
  const sched::op_kind kind = where.op->kind;
  return where.acting_enabled && kind != sched::op_kind::yield && kind != sched::op_kind::sleep;
}

}  // namespace heddle::explorers
