// SPDX-License-Identifier: MIT
#include "heddle/sched/supervision.hpp"

#include <stdexcept>
#include <utility>

#include "execution.hpp"

// Invariants, and regions that are not interrupted.
namespace heddle::sched {

void add_invariant(bool (*holds)(void*), void* argument, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    throw std::logic_error(
        "heddle: an invariant was given outside an execution; give it inside the body given to "
        "heddle::explore or HEDDLE_TEST");
  }
  now->add_invariant(holds, argument, where);
}

void begin_uninterrupted() noexcept {
  if (execution* now = execution::current()) now->begin_uninterrupted();
}
void end_uninterrupted() noexcept {
  if (execution* now = execution::current()) now->end_uninterrupted();
}

void execution::add_invariant(bool (*holds)(void*), void* argument, location where) {
  expect_action_allowed(where);
  auto* made = memory_.allocate_array<supervised>(1);
  *made = {holds, argument, where, running_->id, invariants_};
  invariants_ = made;
  quick_ = false;
  observed_ = true;
  check_invariants(*running_);
}

void execution::end_invariants_of(thread_id thread) noexcept {
  for (supervised** at = &invariants_; *at != nullptr;) {
    if ((*at)->by == thread) {
      *at = (*at)->next;
    } else {
      at = &(*at)->next;
    }
  }
}

// After an operation of `actor`. The first that does not hold is the failure; the threads go on.
void execution::check_invariants(const thread_record& actor) noexcept {
  if (std::exchange(observing_, true)) return;
  for (const supervised* at = invariants_; at != nullptr && !failure_; at = at->next) {
    try {
      if (at->holds(at->argument)) continue;
      fail({failure_kind::failed_check, "an invariant does not hold", actor.id, at->where});
    } catch (const thread_ended&) {  // a check inside it failed, which has been reported
      running_->ending = false;
    } catch (...) {
      fail({failure_kind::failed_check, "an invariant throws an exception", actor.id, at->where});
    }
  }
  observing_ = false;
}

void execution::forbid_action(location where) {
  fail({failure_kind::misuse,
        "an invariant does more than look: only loads of atomics, reads of plain data and of the "
        "clock are allowed in it",
        running_->id, where});
  throw thread_ended{};
}

void execution::begin_uninterrupted() noexcept {
  ++running_->uninterrupted;
  has_regions_ = true;
  quick_ = false;
}
void execution::end_uninterrupted() noexcept { --running_->uninterrupted; }

// The thread that goes on without being asked, because it must not be interrupted; null: none.
thread_record* execution::uninterrupted() const noexcept {
  thread_record& last = *threads_[last_];
  const op_kind next = last.pending.kind;
  const bool lets_others = next == op_kind::yield || next == op_kind::sleep;
  return last.uninterrupted != 0 && runnable_.contains(last_) && !lets_others ? &last : nullptr;
}

}  // namespace heddle::sched
