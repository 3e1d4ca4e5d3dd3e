// SPDX-License-Identifier: MIT
#include "heddle/sched/choice.hpp"
#include "heddle/sched/explorer.hpp"
#include "heddle/sched/monitor.hpp"
#include "heddle/sched/operation.hpp"
#include "heddle/sched/outcome.hpp"

// The names of enumerators as they appear in reports.
namespace heddle {

std::string_view to_string(failure_kind kind) noexcept {
  switch (kind) {
    case failure_kind::data_race:
      return "data race";
    case failure_kind::deadlock:
      return "deadlock";
    case failure_kind::missed_notification:
      return "missed notification";
    case failure_kind::lost_update:
      return "lost update";
    case failure_kind::order_violation:
      return "order violation";
    case failure_kind::livelock:
      return "livelock";
    case failure_kind::failed_check:
      return "failed check";
    case failure_kind::uncaught_exception:
      return "uncaught exception";
    case failure_kind::crash:
      return "crash";
    case failure_kind::misuse:
      return "misuse";
    case failure_kind::leak:
      return "leak";
    case failure_kind::limit:
      return "limit";
  }
  return "unknown";
}

std::string_view to_string(coverage claim) noexcept {
  switch (claim) {
    case coverage::sampled:
      return "sampled";
    case coverage::bounded:
      return "bounded";
    case coverage::exhaustive:
      return "exhaustive";
  }
  return "unknown";
}

namespace sched {

std::string_view to_string(verdict verdict) noexcept {
  switch (verdict) {
    case verdict::passed:
      return "passed";
    case verdict::failed:
      return "failed";
    case verdict::deadlocked:
      return "deadlocked";
    case verdict::blocked:
      return "blocked";
    case verdict::redundant:
      return "redundant";
    case verdict::cut:
      return "cut";
  }
  return "unknown";
}

std::string_view to_string(choice_kind kind) noexcept {
  switch (kind) {
    case choice_kind::thread:
      return "thread";
    case choice_kind::waiter:
      return "waiter";
    case choice_kind::value:
      return "value";
    case choice_kind::store:
      return "store";
    case choice_kind::place:
      return "place";
  }
  return "unknown";
}

std::string_view to_string(op_kind kind) noexcept {
  switch (kind) {
    case op_kind::none:
      return "none";
    case op_kind::load:
      return "load";
    case op_kind::store:
      return "store";
    case op_kind::read_modify_write:
      return "read-modify-write";
    case op_kind::compare_exchange:
      return "compare-exchange";
    case op_kind::lock:
      return "lock";
    case op_kind::lock_all:
      return "lock";
    case op_kind::try_lock:
      return "try_lock";
    case op_kind::unlock:
      return "unlock";
    case op_kind::wait:
      return "wait";
    case op_kind::wake:
      return "wake";
    case op_kind::atomic_wait:
      return "wait";
    case op_kind::atomic_notify_one:
      return "notify_one";
    case op_kind::atomic_notify_all:
      return "notify_all";
    case op_kind::notify_one:
      return "notify_one";
    case op_kind::notify_all:
      return "notify_all";
    case op_kind::sleep:
      return "sleep";
    case op_kind::yield:
      return "yield";
    case op_kind::join:
      return "join";
    case op_kind::read_clock:
      return "now";
    case op_kind::point:
      return "point";
    case op_kind::acquire:
      return "acquire";
    case op_kind::try_acquire:
      return "try_acquire";
    case op_kind::release:
      return "release";
    case op_kind::count_down:
      return "count_down";
    case op_kind::await_zero:
      return "wait";
    case op_kind::try_wait:
      return "try_wait";
    case op_kind::arrive:
      return "arrive";
    case op_kind::complete_phase:
      return "complete";
    case op_kind::await_phase:
      return "wait";
    case op_kind::lock_exclusive:
      return "lock";
    case op_kind::try_lock_exclusive:
      return "try_lock";
    case op_kind::unlock_exclusive:
      return "unlock";
    case op_kind::lock_shared:
      return "lock_shared";
    case op_kind::try_lock_shared:
      return "try_lock_shared";
    case op_kind::unlock_shared:
      return "unlock_shared";
    case op_kind::call:
      return "call";
    case op_kind::read:
      return "read";
    case op_kind::write:
      return "write";
    case op_kind::fence:
      return "fence";
  }
  return "unknown";
}

std::string_view name_of(const operation& op) noexcept {
  return op.call != nullptr ? op.call->name : to_string(op.kind);
}

}  // namespace sched
}  // namespace heddle
