// SPDX-License-Identifier: MIT
#pragma once

#include "execution.hpp"
#include "heddle/sched/memory_orders.hpp"

// What operations of all kinds are made of. Inline: some of it runs for each.
namespace heddle::sched {

inline void execution::acquire(thread_record& thread, const clock_storage& from) {
  if (from.width == 0) return;
  tick(thread);
  clocks::join(thread.clock, from, memory_);
}

// What a relaxed read has seen is acquired by its thread's next acquire fence.
inline void execution::acquire(thread_record& thread, const clock_storage& from,
                               std::memory_order order) {
  if (from.width == 0) return;
  clocks::join(acquires(order) ? thread.clock : thread.fence_acquirable, from, memory_);
}

inline void execution::release(thread_record& thread, clock_storage& to) {
  tick(thread);
  clocks::assign(to, thread.clock, memory_);
  clocks::tick(thread.clock, thread.id, memory_);
}

// `on` is not what it was: whoever re-reads it in vain has something to see.
inline void execution::change(thread_record& actor, object& on) noexcept {
  ++on.version;
  ++actor.spins.progress;
  if (!quick_ && !parked_.empty()) unpark_watchers(on.key, &actor);
}

inline void execution::perform(thread_record& thread) {
  const operation& op = thread.pending;
  if (may_wait(op.kind)) unlink_pending(thread);
  if (op.target != nullptr) touch(*op.target);
  if (!quick_ && trace_ != nullptr) show_before(thread);
  thread.status = thread_status::starting;
  thread.success = true;
  if (op.kind <= op_kind::compare_exchange) {
    perform_on_atomic(thread);
  } else {
    perform_on_others(thread);
  }
}

}  // namespace heddle::sched
