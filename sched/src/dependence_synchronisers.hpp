// SPDX-License-Identifier: MIT
#pragma once

#include "heddle/sched/operation.hpp"

// Dependence of operations on semaphores, latches, barriers and shared mutexes: the part of
// dependence.cpp that is about them. Both operations are on the same object.
namespace heddle::sched::synchronisers {

inline bool covers(op_kind kind) noexcept {
  return kind >= op_kind::acquire && kind <= op_kind::unlock_shared;
}

inline bool failed(const operation& op) noexcept { return op.result == resolution::failed; }

inline bool only_reads(const operation& op) noexcept {
  switch (op.kind) {
    case op_kind::await_zero:
    case op_kind::try_wait:
    case op_kind::await_phase:
      return true;
    case op_kind::acquire:  // failed: it timed out
    case op_kind::try_acquire:
    case op_kind::lock_exclusive:
    case op_kind::try_lock_exclusive:
    case op_kind::lock_shared:
    case op_kind::try_lock_shared:
      return failed(op);
    default:
      return false;
  }
}

inline bool takes_or_gives_shared(const operation& op) noexcept {
  return op.kind == op_kind::lock_shared || op.kind == op_kind::try_lock_shared ||
         op.kind == op_kind::unlock_shared;
}

// Permits added, steps counted down and readers commute. Arrivals at a barrier do not: who is the
// last, and which phase an arrival counts for, depends on their order. Everything else is taken to
// matter; a release and an acquire too, although they commute while there are permits left.
inline bool dependent(const operation& a, const operation& b) noexcept {
  if (only_reads(a) && only_reads(b)) return false;
  if (a.kind == op_kind::release && b.kind == op_kind::release) return false;
  if (a.kind == op_kind::count_down && b.kind == op_kind::count_down) return false;
  return !(takes_or_gives_shared(a) && takes_or_gives_shared(b));
}

// A latch that is still counted down lets nobody pass, and so on.
inline bool may_be_coenabled(const operation& a, const operation& b) noexcept {
  const auto one_of_each = [&](auto first, auto second) {
    return (first(a) && second(b)) || (first(b) && second(a));
  };
  const auto no_deadline_on = [](const operation& op) { return op.deadline == no_deadline; };
  const auto needs_owner = [](const operation& op) { return op.kind == op_kind::unlock_exclusive; };
  const auto needs_free = [&](const operation& op) {
    return (op.kind == op_kind::lock_exclusive || op.kind == op_kind::lock_shared) &&
           no_deadline_on(op);
  };
  const auto needs_reader = [](const operation& op) { return op.kind == op_kind::unlock_shared; };
  const auto needs_alone = [&](const operation& op) {
    return op.kind == op_kind::lock_exclusive && no_deadline_on(op);
  };
  if (needs_owner(a) && needs_owner(b)) return false;
  return !one_of_each(needs_owner, needs_free) && !one_of_each(needs_reader, needs_alone) &&
         !one_of_each(needs_owner, needs_reader);
}

}  // namespace heddle::sched::synchronisers
