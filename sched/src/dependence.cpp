// SPDX-License-Identifier: MIT
#include "heddle/sched/dependence.hpp"

#include "dependence_synchronisers.hpp"
#include "heddle/sched/monitor.hpp"

namespace heddle::sched {

namespace {

bool atomic_kind(op_kind kind) noexcept {
  return kind == op_kind::load || kind == op_kind::store || kind == op_kind::read_modify_write ||
         kind == op_kind::compare_exchange || kind == op_kind::atomic_wait ||
         kind == op_kind::atomic_notify_one || kind == op_kind::atomic_notify_all;
}
bool notifies_atomic(const operation& op) noexcept {
  return op.kind == op_kind::atomic_notify_one || op.kind == op_kind::atomic_notify_all;
}
bool only_reads(const operation& op) noexcept {
  return op.kind == op_kind::load || op.kind == op_kind::atomic_wait || op.kind == op_kind::read ||
         (op.kind == op_kind::compare_exchange && op.result == resolution::failed);
}
// The mutex an operation takes, frees or tests; 0 if none.
stable_key mutex_of(const operation& op) noexcept {
  switch (op.kind) {
    case op_kind::lock:
    case op_kind::lock_all:
    case op_kind::try_lock:
    case op_kind::unlock:
      return op.object;
    case op_kind::wait:
    case op_kind::wake:
      return op.second;
    default:
      return 0;
  }
}
bool failed_try(const operation& op) noexcept {
  return op.kind == op_kind::try_lock && op.result == resolution::failed;
}
// A wake that has timed out touched the queue only.
bool timed_out(const operation& op) noexcept {
  return op.kind == op_kind::wake && op.result == resolution::failed;
}
stable_key condition_of(const operation& op) noexcept {
  switch (op.kind) {
    case op_kind::wait:
    case op_kind::wake:
    case op_kind::notify_one:
    case op_kind::notify_all:
      return op.object;
    default:
      return 0;
  }
}
bool notifies(const operation& op) noexcept {
  return op.kind == op_kind::notify_one || op.kind == op_kind::notify_all;
}
bool has_deadline(const operation& op) noexcept {
  return op.deadline != no_deadline || op.kind == op_kind::sleep;
}

bool changes_nothing(const operation& call) noexcept {
  return call.call->reads || call.result == resolution::failed;
}

// Do both touch one mutex?
bool share_mutex(const operation& a, const operation& b) noexcept {
  const stable_key of_a = mutex_of(a);
  const stable_key of_b = mutex_of(b);
  if (of_a == 0 || of_b == 0) return false;
  if (a.many || b.many) return true;  // not all are named: assume the worst
  const bool a_all = a.kind == op_kind::lock_all;
  const bool b_all = b.kind == op_kind::lock_all;
  return of_a == of_b || (a_all && a.second == of_b) || (b_all && of_a == b.second) ||
         (a_all && b_all && a.second == b.second);
}

bool dependent_on_mutex(const operation& a, const operation& b) noexcept {
  if (!share_mutex(a, b)) return false;
  if (timed_out(a) || timed_out(b)) return false;
  return !(failed_try(a) && failed_try(b));
}

bool dependent_on_condition(const operation& a, const operation& b) noexcept {
  const stable_key condition = condition_of(a);
  if (condition == 0 || condition != condition_of(b)) return false;
  // Which of several waiters a notify wakes is a choice over the set, so that the order in which
  // they began to wait is no state.
  if (!notifies(a) && !notifies(b)) return false;
  const operation& other = notifies(a) ? b : a;
  // A wake without a deadline needs a notify, an order that cannot be reversed. One with a deadline
  // competes with it, also where the notify has won: the other way round it times out.
  // One in two steps (without a mutex) may be notified before its second, which is then enabled.
  if (other.kind == op_kind::wake) return other.second == 0 || other.deadline != no_deadline;
  return true;
}

}  // namespace

bool reads_atomic(const operation& op) noexcept {
  return op.kind == op_kind::load || op.kind == op_kind::read_modify_write ||
         op.kind == op_kind::compare_exchange || op.kind == op_kind::atomic_wait;
}
bool writes_atomic(const operation& op) noexcept {
  return op.kind == op_kind::store || op.kind == op_kind::read_modify_write ||
         (op.kind == op_kind::compare_exchange && op.result != resolution::failed);
}

bool dependent(const operation& a, const operation& b) noexcept {
  if (a.kind == op_kind::none || b.kind == op_kind::none) return false;
  if (a.kind == op_kind::call && b.kind == op_kind::call &&
      (a.object == b.object || a.object == b.second || a.second == b.object) &&
      !(changes_nothing(a) && changes_nothing(b))) {
    return true;
  }
  if (a.kind == op_kind::point && b.kind == op_kind::point) return a.object == b.object;
  if (synchronisers::covers(a.kind) && a.object == b.object && synchronisers::dependent(a, b)) {
    return true;
  }
  const bool atomics = atomic_kind(a.kind) && atomic_kind(b.kind);
  const bool plain = !visible(a.kind) && !visible(b.kind);
  if (atomics || plain) {
    if (a.object != b.object || (only_reads(a) && only_reads(b))) return false;
    if (a.by_choice && b.by_choice) {
      return (reads_atomic(a) && writes_atomic(b)) || (writes_atomic(a) && reads_atomic(b));
    }
    // A notify looks at who waits, and since when: it concerns waits and changes.
    const bool apart = (notifies_atomic(a) && only_reads(b) && b.kind != op_kind::atomic_wait) ||
                       (notifies_atomic(b) && only_reads(a) && a.kind != op_kind::atomic_wait);
    return !apart;
  }
  // Deadlines fire in order and move the clock that everyone shares.
  if (has_deadline(a) && has_deadline(b)) return true;
  if ((a.kind == op_kind::read_clock && has_deadline(b)) ||
      (b.kind == op_kind::read_clock && has_deadline(a))) {
    return true;
  }
  return dependent_on_mutex(a, b) || dependent_on_condition(a, b);
}

bool may_be_coenabled(const operation& a, const operation& b) noexcept {
  if (synchronisers::covers(a.kind) && a.object == b.object) {
    return synchronisers::may_be_coenabled(a, b);
  }
  if (!share_mutex(a, b) || a.many || b.many) return true;
  // While somebody can free the mutex nobody else can take it; and only one can free it.
  const auto frees = [](const operation& op) {
    return op.kind == op_kind::unlock || op.kind == op_kind::wait;
  };
  const auto needs_it_free = [](const operation& op) {
    return op.kind == op_kind::lock || op.kind == op_kind::lock_all ||
           (op.kind == op_kind::wake && !timed_out(op));
  };
  if (frees(a) && frees(b)) return false;
  if (frees(a) && needs_it_free(b)) return b.deadline != no_deadline;
  if (frees(b) && needs_it_free(a)) return a.deadline != no_deadline;
  return true;
}

}  // namespace heddle::sched
