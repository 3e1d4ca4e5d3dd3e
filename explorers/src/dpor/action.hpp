// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "heddle/sched/dependence.hpp"

namespace heddle::explorers::por {

// Threads by their stable keys: the same number in every execution of one search, whatever the
// order in which they are created.
using thread_index = std::uint32_t;

// What an execution is made of, as the search sees it: operations, and data choices as actions of
// their own, which are forced as soon as they are possible.
struct action {
  enum class kind : std::uint8_t {
    step,    // an operation
    early,   // an operation that an early clock advance has enabled
    value,   // heddle::choose
    waiter,  // whom the notify before it wakes
  };
  kind what = kind::step;
  thread_index thread = 0;
  bool parks = false;       // after it, its thread is parked
  std::uint32_t value = 0;  // of a data choice: the number, or the thread that is woken
  sched::operation op;      // resolved if it has been performed; of a `waiter`: the notify

  // Asleep, but not for what these steps have stored since.
  std::vector<std::uint32_t> fresh = {};

  [[nodiscard]] bool is_data() const noexcept {
    return what == kind::value || what == kind::waiter;
  }
};
using sequence = std::vector<action>;

// Does such an operation, where it is blocked, wait for what others have taken, and would it have
// been enabled earlier, perhaps? (A thread that waits to be notified, or for a join, would not.)
[[nodiscard]] inline bool waits_for_object(sched::op_kind kind) noexcept {
  switch (kind) {
    case sched::op_kind::lock:
    case sched::op_kind::lock_all:
    case sched::op_kind::wake:
    case sched::op_kind::call:
    case sched::op_kind::acquire:
    case sched::op_kind::await_zero:
    case sched::op_kind::await_phase:
    case sched::op_kind::lock_exclusive:
    case sched::op_kind::lock_shared:
      return true;
    default:
      return false;
  }
}

// The same transition, given that nothing it depends on differs.
[[nodiscard]] inline bool same(const action& a, const action& b) noexcept {
  return a.thread == b.thread && a.what == b.what && a.value == b.value;
}

// May the order of the two matter? An early clock advance is an order with everything, and who was
// parked first goes on first. Of one thread everything is ordered, and different numbers chosen
// exclude each other.
[[nodiscard]] inline bool conflict(const action& a, const action& b) noexcept {
  if (a.thread == b.thread) return true;
  if (a.what == action::kind::value || b.what == action::kind::value) return false;
  if (a.what == action::kind::early || b.what == action::kind::early) return true;
  return (a.parks && b.parks) || dependent(a.op, b.op);
}

// Operations on one atomic with weak memory: the order in which they are performed matters only in
// so far as one has read what the other has stored.
[[nodiscard]] inline bool by_choice(const action& a, const action& b) noexcept {
  return a.thread != b.thread && a.op.by_choice && b.op.by_choice && a.what == action::kind::step &&
         b.what == action::kind::step && !(a.parks && b.parks);
}

// Is there something that only the other order shows?
[[nodiscard]] inline bool reversible(const action& first, const action& second) noexcept {
  if (!conflict(first, second)) return false;
  return !by_choice(first, second) || (reads_atomic(first.op) && writes_atomic(second.op));
}

// Is `first` in `all`, and could it come first there?
[[nodiscard]] inline bool initial(const action& first, const sequence& all) noexcept {
  for (const action& at : all) {
    if (at.thread == first.thread) return same(at, first);
    if (conflict(at, first)) return false;
  }
  return false;
}

// Can `first` come first in a sequence equivalent to `all`, or to a continuation of it?
[[nodiscard]] inline bool weak_initial(const action& first, const sequence& all) noexcept {
  for (const action& at : all) {
    if (at.thread == first.thread) return same(at, first);
    if (conflict(at, first)) return false;
  }
  return true;
}

}  // namespace heddle::explorers::por
