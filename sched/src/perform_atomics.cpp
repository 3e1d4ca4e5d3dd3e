// SPDX-License-Identifier: MIT
#include <cstring>

#include "heddle/sched/memory_orders.hpp"
#include "objects/condition.hpp"
#include "perform.hpp"

// What operations on atomics do, and what memory orders mean for happens-before.
namespace heddle::sched {

// Code that is not under control may have written to the memory of the atomic meanwhile.
[[gnu::noinline]] void execution::read_cell(thread_record& actor, atomic_object& on) noexcept {
  std::uint64_t value = 0;
  std::memcpy(&value, on.cell, on.cell_bytes);
  if (value == on.value) return;
  on.value = value;
  on.newest = 0;  // what was stored before cannot be read any more
  change(actor, on);
}

void execution::write_cell(const atomic_object& on) noexcept {
  std::memcpy(on.cell, &on.value, on.cell_bytes);
}

// What a relaxed read has seen is acquired by its thread's next acquire fence.
void execution::acquire(thread_record& thread, const clock_storage& from, std::memory_order order) {
  if (from.width == 0) return;
  clocks::join(acquires(order) ? thread.clock : thread.fence_acquirable, from, memory_);
}

void execution::fence(std::memory_order order, location where) noexcept {
  thread_record& self = *running_;
  if (limits_.orders != nullptr) {
    order = limits_.orders->order_at({op_kind::fence, false, where, order});
  }
  if (trace_ != nullptr) {
    trace_entry entry;
    entry.performed.thread = self.id;
    entry.performed.step = steps_;
    entry.performed.op.kind = op_kind::fence;
    entry.performed.op.order = order;
    entry.performed.op.where = where;
    trace_->entries.push_back(std::move(entry));
  }
  weak_orders_ |= order != std::memory_order_seq_cst;
  tick(self);
  const bool seq_cst = by_choice_ && order == std::memory_order_seq_cst;
  if (seq_cst && stores_.full()) forget_stores();
  const node_set before = seq_cst ? stores_.strongly_before(self.id, self.clock) : node_set{};
  if (acquires(order) && self.fence_acquirable.width != 0) {
    clocks::join(self.clock, self.fence_acquirable, memory_);
  }
  if (seq_cst) enter_seq_cst_fence(self, before);
  if (releases(order)) {
    clocks::assign(self.fence_released, self.clock, memory_);
    clocks::tick(self.clock, self.id, memory_);
  }
}

// Returns whether the operation was in vain if it is repeated with the same result.
inline bool execution::access_newest(thread_record& thread, atomic_object& on, effect& done) {
  const operation& op = thread.pending;
  const std::uint64_t before = on.value;
  thread.value = done.value = done.previous = before;
  std::uint64_t after = before;
  weak_orders_ |= is_weak(op);
  switch (op.kind) {
    case op_kind::load:
      acquire(thread, on.released, op.order);
      return true;
    case op_kind::compare_exchange:
      if (before != op.expected) {
        thread.success = false;
        acquire(thread, on.released, op.failure_order);
        return true;
      }
      if (wants_.refusals && explorer_->refuses(execution_state(*this), thread.id)) {
        thread.success = false;
        acquire(thread, on.released, op.failure_order);
        return false;
      }
      if (op.weak && goes_wrong(thread, limits_.shape.weak_cas_failures, weak_cas_failure_)) {
        thread.success = false;
        if (acquires(op.failure_order)) acquire(thread, on.released);
        return false;
      }
      after = op.argument;
      break;
    case op_kind::store:
      after = op.argument;
      break;
    default:
      after = op.modify(before, op.argument);
      break;
  }
  const bool reads = op.kind != op_kind::store;
  if (reads) acquire(thread, on.released, op.order);
  if (releases(op.order)) {
    // A read-modify-write continues the release sequence it reads from; a store starts anew.
    if (reads && on.released.width != 0 && !acquires(op.order)) {
      clocks::join(on.released, thread.clock, memory_);
      clocks::tick(thread.clock, thread.id, memory_);
    } else {
      release(thread, on.released);
    }
  } else {
    if (!reads) on.released = {};
    // A relaxed write publishes what its thread's last release fence did.
    if (thread.fence_released.width != 0) {
      clocks::join(on.released, thread.fence_released, memory_);
    }
  }
  done.value = on.value = after;
  if (after != before) {
    if (on.cell != nullptr) write_cell(on);
    change(thread, on);
  } else if (reads) {
    return true;  // an exchange that found the lock taken: as good as a read
  } else {
    ++thread.spins.progress;
  }
  return false;
}

void execution::perform_on_atomic(thread_record& thread) {
  auto& on = static_cast<atomic_object&>(*thread.pending.target);
  effect done;
  if (on.cell != nullptr) read_cell(thread, on);
  const bool futile =
      by_choice_ ? perform_by_choice(thread, done) : access_newest(thread, on, done);
  conclude(thread, done, futile);
}

void execution::perform_atomic_wait(thread_record& thread, effect& done) {
  const operation& op = thread.pending;
  auto& on = static_cast<atomic_object&>(*op.target);
  if (thread.waiting) {  // past its deadline
    conditions::dequeue(on, thread);
    thread.success = false;
    done.value = thread.value = on.value;
    return;
  }
  if (on.cell != nullptr) read_cell(thread, on);
  done.value = thread.value = on.value;
  weak_orders_ |= op.order != std::memory_order_seq_cst;
  if (by_choice_) {
    read_newest(thread, on);
  } else {
    acquire(thread, on.released, op.order);
  }
  thread.success = on.value != op.expected;
  if (thread.success) return;
  thread.seen = on.version;
  conditions::enqueue(on, thread);
}

void execution::perform_atomic_notify(thread_record& thread, effect& done) {
  auto& on = static_cast<atomic_object&>(*thread.pending.target);
  std::uint32_t eligible = 0;  // they are the first in the queue
  for (const thread_record* at = on.first_waiter; at != nullptr && at->seen != on.version;
       at = at->next_waiter) {
    ++eligible;
  }
  if (eligible != 0 && thread.pending.kind == op_kind::atomic_notify_one) {
    thread_record* woken = choose_waiter(thread, on, eligible);
    done.other = woken->id;
    wake(thread, *woken, on);
    eligible = 1;
  } else {
    for (std::uint32_t i = 0; i < eligible; ++i) wake(thread, *on.first_waiter, on);
  }
  done.value = eligible;
}

}  // namespace heddle::sched
