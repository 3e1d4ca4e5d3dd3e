// SPDX-License-Identifier: MIT
#include "objects/barrier.hpp"
#include "objects/latch.hpp"
#include "objects/semaphore.hpp"
#include "objects/shared_mutex.hpp"
#include "perform.hpp"
#include "permits.hpp"

// What operations on semaphores, latches, barriers and shared mutexes do. Each returns whether it
// was in vain if it is repeated with the same result.
namespace heddle::sched {

void execution::misuse(thread_record& thread, const object& on, const char* what, thread_id other,
                       location other_where) {
  failure_record failure{failure_kind::misuse, what, thread.id, thread.pending.where};
  failure.object = on.key;
  failure.other = other;
  failure.other_where = other_where;
  fail(std::move(failure));
  thread.success = false;
}

// Adds what the thread has done to a clock that several threads release to.
void execution::release_jointly(thread_record& thread, clock_storage& to) {
  tick(thread);
  clocks::join(to, thread.clock, memory_);
  clocks::tick(thread.clock, thread.id, memory_);
}

bool execution::perform_on_semaphore(thread_record& thread) {
  const operation& op = thread.pending;
  auto& on = static_cast<semaphore_object&>(*op.target);
  if (op.kind == op_kind::release) {
    if (op.argument > on.max - on.count) {
      misuse(thread, on, "it releases a semaphore past its maximum");
      return false;
    }
    on.count += op.argument;
    if (has_daemons()) permits::gave(on.account, thread.id, static_cast<std::int64_t>(on.count));
    release_jointly(thread, on.released);
  } else {
    if (on.count == 0) {
      thread.success = false;
      return true;
    }
    if (op.kind == op_kind::try_acquire && fails_spuriously(thread)) {
      thread.success = false;
      return false;
    }
    if (has_daemons()) {
      permits::took(on.account, thread.id, static_cast<std::int64_t>(on.count), op.where, memory_);
    }
    --on.count;
    acquire(thread, on.released);
  }
  change(thread, on);
  update_pending(on);
  return false;
}

bool execution::perform_on_latch(thread_record& thread) {
  const operation& op = thread.pending;
  auto& on = static_cast<latch_object&>(*op.target);
  if (op.kind != op_kind::count_down) {
    thread.success = on.count == 0;
    if (thread.success) acquire(thread, on.released);
    return true;
  }
  if (op.argument > on.count) {
    misuse(thread, on, "it counts a latch down below zero");
    return false;
  }
  on.count -= op.argument;
  release_jointly(thread, on.released);
  change(thread, on);
  if (on.count == 0) update_pending(on);
  return false;
}

bool execution::perform_on_barrier(thread_record& thread) {
  const operation& op = thread.pending;
  auto& on = static_cast<barrier_object&>(*op.target);
  thread.value = on.phase;
  switch (op.kind) {
    case op_kind::await_phase:
      if (op.argument + 1 < on.phase) {
        misuse(thread, on, "it waits at a barrier for a phase that is long over");
      }
      acquire(thread, on.completed);
      return false;
    case op_kind::arrive: {
      const bool drops = op.expected != 0;
      if (op.argument > on.missing || (drops && on.expected == 0)) {
        misuse(thread, on, "more threads arrive at a barrier than it expects");
        return false;
      }
      on.missing -= op.argument;
      if (drops) --on.expected;
      release_jointly(thread, on.arrived);
      thread.success = on.missing == 0;  // the last
      if (!thread.success || on.has_completion) {
        if (thread.success) acquire(thread, on.arrived);
        change(thread, on);
        return false;
      }
      break;
    }
    default:  // complete_phase
      release_jointly(thread, on.arrived);
      break;
  }
  clocks::assign(on.completed, on.arrived, memory_);
  on.arrived = {};
  barriers::end_phase(on);
  change(thread, on);
  update_pending(on);
  return false;
}

bool execution::perform_on_shared_mutex(thread_record& thread) {
  const operation& op = thread.pending;
  auto& on = static_cast<shared_mutex_object&>(*op.target);
  switch (op.kind) {
    case op_kind::lock_exclusive:
    case op_kind::try_lock_exclusive:
      if (!shared_mutexes::is_free(on)) {
        const bool held = on.owner == thread.id || shared_mutexes::reads(on, thread.id);
        if (held && op.kind == op_kind::try_lock_exclusive) {
          misuse(thread, on, "it calls try_lock on a shared mutex that it already holds", thread.id,
                 on.acquired);
        }
        thread.success = false;
        return true;
      }
      if (op.kind == op_kind::try_lock_exclusive && fails_spuriously(thread)) {
        thread.success = false;
        return false;
      }
      on.owner = thread.id;
      on.acquired = op.where;
      acquire(thread, on.released);
      acquire(thread, on.released_shared);
      break;
    case op_kind::lock_shared:
    case op_kind::try_lock_shared:
      if (on.owner != no_thread) {
        if (on.owner == thread.id && op.kind == op_kind::try_lock_shared) {
          misuse(thread, on, "it calls try_lock_shared on a shared mutex that it already holds",
                 thread.id, on.acquired);
        }
        thread.success = false;
        return true;
      }
      if (shared_mutexes::reads(on, thread.id)) {
        misuse(thread, on, "it takes shared ownership of a shared mutex that it already holds",
               thread.id, on.acquired);
        thread.success = true;
      }
      if (op.kind == op_kind::try_lock_shared && fails_spuriously(thread)) {
        thread.success = false;
        return false;
      }
      if (on.reader_count == 0) on.acquired = op.where;
      shared_mutexes::add_reader(on, thread.id, memory_);
      acquire(thread, on.released);
      break;
    case op_kind::unlock_exclusive:
      if (on.owner != thread.id) {
        misuse(thread, on, "it unlocks a shared mutex that it does not own", on.owner, on.acquired);
        return false;
      }
      on.owner = no_thread;
      release(thread, on.released);
      break;
    default:  // unlock_shared
      if (!shared_mutexes::reads(on, thread.id)) {
        misuse(thread, on, "it gives up a shared lock that it does not hold", on.owner,
               on.acquired);
        return false;
      }
      shared_mutexes::remove_reader(on, thread.id);
      release_jointly(thread, on.released_shared);
      break;
  }
  change(thread, on);
  update_pending(on);
  return false;
}

}  // namespace heddle::sched
