// SPDX-License-Identifier: MIT
#include "perform.hpp"

#include "objects/condition.hpp"
#include "objects/mutex.hpp"
#include "permits.hpp"

// What operations do. Everything here runs on behalf of the acting thread, in one piece: no user
// code runs between the choice of a thread and the end of its operation.
namespace heddle::sched {

void execution::take_mutex(thread_record& thread, mutex_object& on, std::uint32_t levels,
                           location where) {
  const bool was_free = on.owner == no_thread;
  mutexes::take(on, thread.id, levels, where);
  acquire(thread, on.released);
  change(thread, on);
  if (was_free) update_pending(on);
}

// False: the thread does not own it, which has been reported; nothing has happened.
bool execution::give_up_mutex(thread_record& thread, mutex_object& on, std::uint32_t levels) {
  if (on.owner != thread.id && !(on.anyone_unlocks && on.owner != no_thread)) {
    misuse(thread, on,
           on.owner == no_thread ? "it unlocks a mutex that nobody holds"
                                 : "it unlocks a mutex that another thread holds",
           on.owner, on.acquired);
    return false;
  }
  change(thread, on);
  if (mutexes::give_back(on, levels)) {
    release(thread, on.released);
    update_pending(on);
  }
  return true;
}

bool execution::goes_wrong(thread_record& actor, std::uint32_t bound, whim& what) {
  if (what.used >= bound) what.left_out = true;
  if (what.used >= bound || running_out_ || livelock_.pumping()) return false;
  const execution_state state(*this);
  if (decide({choice_kind::value, 2, actor.id, true, &actor.pending, &state}) == 0) return false;
  ++what.used;
  return true;
}

bool execution::defers_async(location where) {
  thread_record& self = *running_;
  const operation before = self.pending;
  self.pending = {};
  self.pending.where = where;
  const bool defers = goes_wrong(self, limits_.shape.deferred_asyncs, deferred_async_);
  self.pending = before;
  return defers;
}

// One of the first `count` in the queue.
thread_record* execution::choose_waiter(thread_record& actor, const wait_queue& on,
                                        std::uint32_t count) {
  std::uint32_t index = 0;
  if (count > 1 && !running_out_ && !livelock_.pumping()) {
    const execution_state state(*this);
    index = decide({choice_kind::waiter, count, actor.id, true, &actor.pending, &state});
  }
  return conditions::waiter(on, index);
}

// Takes `waiter` out of the queue. Of a condition variable, it only needs its mutex from now on,
// and the condition variable may die. A notify orders nothing.
void execution::wake(thread_record& actor, thread_record& waiter, wait_queue& on) {
  conditions::dequeue(on, waiter);
  const bool in_two_steps = waiter.pending.kind != op_kind::atomic_wait &&
                            (waiter.pending.kind != op_kind::wake || waiter.pending.second == 0);
  if (waiter.pending.kind == op_kind::wake) waiter.pending.target = nullptr;
  update(waiter);
  if (!in_two_steps) tell_order(&actor, &waiter);
}

void execution::show_before(const thread_record& thread) {
  const thread_record& last = *threads_[last_];
  preempted_ = last_ != thread.id && runnable_.contains(last_) &&
               last.pending.kind != op_kind::yield && last.pending.kind != op_kind::sleep;
  if (thread.pending.target != nullptr) describe(*thread.pending.target);
  if (thread.pending.partner != nullptr) describe(*thread.pending.partner);
}

void execution::perform_on_others(thread_record& thread) {
  operation& op = thread.pending;
  effect done;
  bool futile = false;
  switch (op.kind) {
    case op_kind::atomic_wait:
      perform_atomic_wait(thread, done);
      break;
    case op_kind::atomic_notify_one:
    case op_kind::atomic_notify_all:
      perform_atomic_notify(thread, done);
      break;
    case op_kind::lock: {
      auto& on = static_cast<mutex_object&>(*op.target);
      if (mutexes::can_take(on, thread.id)) {
        take_mutex(thread, on, 1, op.where);
      } else {  // past its deadline
        if (on.owner == thread.id) {
          misuse(thread, on, "it waits for a non-recursive mutex that it already holds", on.owner,
                 on.acquired);
        }
        thread.success = false;
        futile = true;
      }
      break;
    }
    case op_kind::acquire:
    case op_kind::try_acquire:
    case op_kind::release:
      futile = perform_on_semaphore(thread);
      done.value = static_cast<semaphore_object&>(*op.target).count;
      break;
    case op_kind::count_down:
    case op_kind::await_zero:
    case op_kind::try_wait:
      futile = perform_on_latch(thread);
      done.value = static_cast<latch_object&>(*op.target).count;
      break;
    case op_kind::arrive:
    case op_kind::complete_phase:
    case op_kind::await_phase:
      futile = perform_on_barrier(thread);
      done.value = thread.value;
      break;
    case op_kind::lock_exclusive:
    case op_kind::try_lock_exclusive:
    case op_kind::unlock_exclusive:
    case op_kind::lock_shared:
    case op_kind::try_lock_shared:
    case op_kind::unlock_shared:
      futile = perform_on_shared_mutex(thread);
      break;
    case op_kind::lock_all:
      back_off_left_out_ = true;
      for (std::uint64_t i = 0; i < op.argument; ++i) take_mutex(thread, *op.all[i], 1, op.where);
      break;
    case op_kind::try_lock: {
      auto& on = static_cast<mutex_object&>(*op.target);
      if (mutexes::can_take(on, thread.id)) {
        thread.success = !fails_spuriously(thread);
        if (thread.success) take_mutex(thread, on, 1, op.where);
        break;
      }
      if (on.owner == thread.id) {
        misuse(thread, on, "it calls try_lock on a non-recursive mutex that it already holds",
               on.owner, on.acquired);
      }
      thread.success = false;
      futile = true;
      break;
    }
    case op_kind::unlock:
      thread.success = give_up_mutex(thread, static_cast<mutex_object&>(*op.target), 1);
      break;
    case op_kind::wait: {
      if (op.partner == nullptr) {
        done.value = goes_wrong(thread, limits_.shape.spurious, spurious_);
        if (done.value == 0) {
          conditions::enqueue(static_cast<condition_object&>(*op.target), thread);
        }
        break;
      }
      auto& with = static_cast<mutex_object&>(*op.partner);
      touch(with);
      thread.depth = with.depth;
      const auto& queue = static_cast<condition_object&>(*op.target);
      if (const thread_record* other = queue.first_waiter;
          other != nullptr && other->pending.partner != &with) {
        misuse(thread, queue,
               "it waits with a mutex other than the one with which another thread waits",
               other->id, other->pending.where);
        break;
      }
      thread.success = give_up_mutex(thread, with, with.depth);
      if (!thread.success) break;
      done.value = goes_wrong(thread, limits_.shape.spurious, spurious_);
      if (done.value != 0) break;  // nobody needs to wake it
      conditions::enqueue(static_cast<condition_object&>(*op.target), thread);
      break;
    }
    case op_kind::wake:
      if (thread.waiting) {
        conditions::dequeue(static_cast<condition_object&>(*op.target), thread);
        thread.success = false;
        futile = true;
      } else if (op.second != 0) {
        take_mutex(thread, static_cast<mutex_object&>(*op.partner), thread.depth, op.where);
      }
      break;
    case op_kind::notify_one: {
      auto& on = static_cast<condition_object&>(*op.target);
      done.value = on.waiters != 0;
      if (on.waiters != 0) {
        thread_record* woken = choose_waiter(thread, on, on.waiters);
        done.other = woken->id;
        wake(thread, *woken, on);
      }
      change(thread, on);
      break;
    }
    case op_kind::notify_all: {
      auto& on = static_cast<condition_object&>(*op.target);
      done.value = on.waiters;
      while (on.first_waiter != nullptr) wake(thread, *on.first_waiter, on);
      change(thread, on);
      break;
    }
    case op_kind::call:
      // The thread itself carries the effect out, and then concludes.
      thread.success = is_ready(op);
      return;
    case op_kind::read:  // with races::explore_all
      thread.success = futile = true;
      break;
    case op_kind::write:
      thread.success = true;
      change(thread, *thread.pending.target);
      break;
    case op_kind::read_clock:
      thread.value = done.value = clock_;
      futile = true;
      break;
    case op_kind::sleep:
    case op_kind::yield:
      futile = true;
      break;
    default:
      break;
  }
  conclude(thread, done, futile);
}

// The effect of a call has been carried out by its thread.
void execution::conclude_call(thread_record& thread, monitor_object& on, bool success,
                              std::uint64_t levels_before) {
  const monitor_call& call = *thread.pending.call;
  thread.success = success;
  thread.in_effect = false;
  thread.value = pack_levels(on.level);
  if (success) {
    if (call.acquires) acquire(thread, on.released);
    if (call.acquires && !call.reads) acquire(thread, on.released_by_readers);
    if (call.releases) {
      release_jointly(thread, call.reads ? on.released_by_readers : on.released);
    }
    if (has_daemons() && call.effect == custody::takes_permit) {
      permits::took(on.account, thread.id, unpack_level(levels_before, 0), thread.pending.where,
                    memory_);
    } else if (has_daemons() && call.effect == custody::gives_permit) {
      permits::gave(on.account, thread.id, on.level[0]);
    }
    if (!call.reads) {
      change(thread, on);
      update_pending(on);
      if (thread.pending.partner != nullptr) {
        auto& also = static_cast<monitor_object&>(*thread.pending.partner);
        release_jointly(thread, also.released);
        change(thread, also);
        update_pending(also);
      }
    }
  }
  effect done;
  done.value = thread.value;
  done.previous = levels_before;
  conclude(thread, done, !success || call.reads);
}

void execution::conclude_with_care(thread_record& thread, const effect& done, bool futile) {
  if (!parked_.empty()) unpark_after_step_of(thread);
  if (watching_ || wants_.steps || trace_ != nullptr) make_event(thread, done, futile);
  if (invariants_ != nullptr) check_invariants(thread);
}

// Somebody wants to hear of what was done.
void execution::make_event(thread_record& thread, const effect& done, bool futile) {
  const bool reports = wants_.steps && !running_out_;
  event& event = thread.performed;
  event.thread = thread.id;
  event.step = steps_ - 1;
  event.value = done.value;
  event.previous = done.previous;
  event.other = done.other;
  event.source = done.source;
  event.newest = done.newest;
  event.op = thread.pending;
  event.op.result = thread.success ? resolution::succeeded : resolution::failed;
  event.op.target = event.op.partner = nullptr;
  event.op.all = nullptr;
  thread.unreported = reports;
  if (watching_) watch_for_livelock(event, futile);
  const bool plain = !visible(thread.pending.kind);  // entered by plain_access()
  if (trace_ != nullptr && !plain && (!livelock_.pumping() || livelock_.rounds() == 0)) {
    trace_entry entry;
    entry.performed = event;
    entry.preempted = preempted_;
    trace_->entries.push_back(std::move(entry));
  }
}

}  // namespace heddle::sched
