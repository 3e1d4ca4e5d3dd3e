// SPDX-License-Identifier: MIT
#include "execution.hpp"
#include "objects/mutex.hpp"
#include "objects/shared_mutex.hpp"

// Who may go on: whether pending operations can be performed now, kept up to date by the changes of
// the objects that they need.
namespace heddle::sched {

namespace {

bool needs_target(const operation& op) noexcept {
  const op_kind kind = op.kind;
  if (kind == op_kind::call) return !op.need.everything();
  return kind == op_kind::lock || kind == op_kind::acquire || kind == op_kind::await_zero ||
         kind == op_kind::await_phase || kind == op_kind::lock_exclusive ||
         kind == op_kind::lock_shared;
}

// The object whose changes can enable or disable an operation, if there is one.
object* needed_by(const operation& op) noexcept {
  if (op.kind == op_kind::wake) return op.partner;
  return needs_target(op) ? op.target : nullptr;
}

}  // namespace

bool execution::is_ready(const operation& op) noexcept {
  return op.need.contains(static_cast<const monitor_object&>(*op.target).level[op.need.which]);
}

inline bool execution::enabled(const thread_record& thread) const noexcept {
  const operation& op = thread.pending;
  if (op.kind != op_kind::wake && op.deadline != no_deadline && clock_ >= op.deadline) return true;
  if (op.target == nullptr && op.object != 0 && op.kind != op_kind::wake &&
      op.kind != op_kind::point) {
    return false;  // it has died
  }
  switch (op.kind) {
    case op_kind::none:
    case op_kind::join:
    case op_kind::sleep:
      return false;
    case op_kind::lock:
      return mutexes::can_take(static_cast<const mutex_object&>(*op.target), thread.id);
    case op_kind::lock_all:
      return mutexes::can_take_all(op.all, op.argument, thread.id);
    case op_kind::wake:
      if (thread.waiting) return clock_ >= op.deadline;
      if (op.second == 0)
        return true;  // of a condition_variable_any: the lock is the shim's affair
      return op.partner != nullptr &&
             mutexes::can_take(static_cast<const mutex_object&>(*op.partner), thread.id);
    case op_kind::acquire:
      return static_cast<const semaphore_object&>(*op.target).count != 0;
    case op_kind::await_zero:
      return static_cast<const latch_object&>(*op.target).count == 0;
    case op_kind::await_phase:
      return static_cast<const barrier_object&>(*op.target).phase != op.argument;
    case op_kind::lock_exclusive:
      return shared_mutexes::is_free(static_cast<const shared_mutex_object&>(*op.target));
    case op_kind::lock_shared:
      return static_cast<const shared_mutex_object&>(*op.target).owner == no_thread;
    case op_kind::atomic_wait:
      return !thread.waiting;
    case op_kind::call:
      return is_ready(op);
    default:
      return true;
  }
}

void execution::leave_list(thread_record& thread) noexcept {
  if (thread.status == thread_status::timed) std::erase(timed_, &thread);
  if (thread.status == thread_status::parked) std::erase(parked_, &thread);
}

void execution::update(thread_record& thread) noexcept {
  if (!quick_) leave_list(thread);
  if (enabled(thread)) {
    thread.status = thread_status::enabled;
    thread.last_enabled = steps_;
    runnable_.insert(thread.id);
    if (thread.spins.repeated) park_if_futile(thread);
    return;
  }
  runnable_.erase(thread.id);
  const bool may_time_out = thread.pending.deadline != no_deadline &&
                            (thread.pending.kind != op_kind::wake || thread.waiting);
  thread.status = may_time_out ? thread_status::timed : thread_status::blocked;
  if (may_time_out) {
    timed_.push_back(&thread);
    timed_ever_ = true;
    quick_ = false;
  }
}

void execution::update_pending(object& on) noexcept {
  for (thread_record* at = on.pending; at != nullptr; at = at->next_pending) {
    const bool locks = at->pending.kind == op_kind::lock && at->pending.deadline == no_deadline;
    if (!locks || !quick_) {
      update(*at);
    } else if (mutexes::can_take(static_cast<const mutex_object&>(on), at->id)) {
      at->status = thread_status::enabled;
      at->last_enabled = steps_;
      runnable_.insert(at->id);
    } else {
      at->status = thread_status::blocked;
      runnable_.erase(at->id);
    }
  }
  for (thread_record* at : wanting_all_) update(*at);
}

void execution::link_pending(thread_record& thread) noexcept {
  if (thread.pending.kind == op_kind::lock_all) wanting_all_.push_back(&thread);
  object* on = needed_by(thread.pending);
  if (on == nullptr) return;
  thread.previous_pending = nullptr;
  thread.next_pending = on->pending;
  if (on->pending != nullptr) on->pending->previous_pending = &thread;
  on->pending = &thread;
}

void execution::unlink_pending(thread_record& thread) noexcept {
  if (thread.pending.kind == op_kind::lock_all) std::erase(wanting_all_, &thread);
  object* on = needed_by(thread.pending);
  if (on == nullptr) return;
  (thread.previous_pending != nullptr ? thread.previous_pending->next_pending : on->pending) =
      thread.next_pending;
  if (thread.next_pending != nullptr) {
    thread.next_pending->previous_pending = thread.previous_pending;
  }
  thread.next_pending = thread.previous_pending = nullptr;
}

}  // namespace heddle::sched
