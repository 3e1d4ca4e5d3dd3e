// SPDX-License-Identifier: MIT
#include <cstring>

#include "heddle/sched/memory_orders.hpp"
#include "objects/condition.hpp"
#include "perform.hpp"

// What operations on atomics do, and what memory orders mean for happens-before.
namespace heddle::sched {

// What lies there, as one load: a word that is put together in memory has to be waited for.
template <class T>
static std::uint64_t value_at(const void* cell) noexcept {
  T value;
  std::memcpy(&value, cell, sizeof value);
  return value;
}
static std::uint64_t value_at(const void* cell, std::uint32_t bytes) noexcept {
  switch (bytes) {
    case 1:
      return value_at<std::uint8_t>(cell);
    case 2:
      return value_at<std::uint16_t>(cell);
    case 4:
      return value_at<std::uint32_t>(cell);
    default:
      return value_at<std::uint64_t>(cell);
  }
}

// Code that is not under control may have written to the memory of the atomic meanwhile.
[[gnu::noinline]] void execution::read_cell(thread_record& actor, atomic_object& on) noexcept {
  const std::uint64_t value = value_at(on.cell, on.cell_bytes);
  if (value == on.value) return;
  on.value = value;
  on.newest = 0;  // what was stored before cannot be read any more
  change(actor, on);
}

void execution::write_cell(const atomic_object& on) noexcept {
  switch (on.cell_bytes) {
    case 4:
      std::memcpy(on.cell, &on.value, 4);
      break;
    case 8:
      std::memcpy(on.cell, &on.value, 8);
      break;
    default:
      std::memcpy(on.cell, &on.value, on.cell_bytes);
  }
}

void execution::take_other_orders(operation& op) {
  op.order = limits_.orders->order_at({op.kind, false, op.where, op.order});
  if (op.kind != op_kind::compare_exchange) return;
  op.failure_order = limits_.orders->order_at({op.kind, true, op.where, op.failure_order});
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

// --- with newest stores only: plain interleaving -----------------------------------------------

inline void execution::load_newest(thread_record& thread, atomic_object& on, effect& done) {
  thread.value = done.value = done.previous = on.value;
  acquire(thread, on.released, thread.pending.order);
}

inline void execution::store_newest(thread_record& thread, atomic_object& on, effect& done) {
  const operation& op = thread.pending;
  thread.value = done.previous = on.value;
  done.value = op.argument;
  if (releases(op.order)) {
    release(thread, on.released);
  } else {
    on.released = {};  // it starts a release sequence, or none
    publish_fence(thread, on);
  }
  if (op.argument == on.value) {
    ++thread.spins.progress;
    return;
  }
  on.value = op.argument;
  if (on.cell != nullptr) write_cell(on);
  change(thread, on);
}

// Returns whether the operation was in vain if it is repeated with the same result.
bool execution::modify_newest(thread_record& thread, atomic_object& on, effect& done) {
  const operation& op = thread.pending;
  const std::uint64_t before = on.value;
  thread.value = done.value = done.previous = before;
  std::uint64_t after = op.argument;
  if (op.kind == op_kind::compare_exchange) {
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
  } else {
    after = op.modify(before, op.argument);
  }
  acquire(thread, on.released, op.order);
  if (!releases(op.order)) {
    publish_fence(thread, on);
  } else if (on.released.width != 0 && !acquires(op.order)) {
    // It continues the release sequence it reads from.
    clocks::join(on.released, thread.clock, memory_);
    clocks::tick(thread.clock, thread.id, memory_);
  } else {
    release(thread, on.released);
  }
  if (after == before) return true;  // an exchange that found the lock taken: as good as a read
  done.value = on.value = after;
  if (on.cell != nullptr) write_cell(on);
  change(thread, on);
  return false;
}

// A relaxed write publishes what its thread's last release fence did.
void execution::publish_fence(thread_record& thread, atomic_object& on) {
  if (thread.fence_released.width != 0) clocks::join(on.released, thread.fence_released, memory_);
}

void execution::perform_on_atomic(thread_record& thread) {
  const operation& op = thread.pending;
  auto& on = static_cast<atomic_object&>(*op.target);
  effect done;
  bool futile = true;
  // One by one: they have just been stored so.
  weak_orders_ |= op.order != std::memory_order_seq_cst;
  weak_orders_ |= op.failure_order != std::memory_order_seq_cst;
  if (on.cell != nullptr) read_cell(thread, on);
  if (by_choice_) {
    futile = perform_by_choice(thread, done);
  } else if (op.kind == op_kind::load) {
    load_newest(thread, on, done);
  } else if (op.kind == op_kind::store) {
    store_newest(thread, on, done);
    futile = false;
  } else {
    futile = modify_newest(thread, on, done);
  }
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
  if (on.cell != nullptr) read_cell(thread, on);  // or nobody would be eligible
  std::uint32_t eligible = 0;                     // they are the first in the queue
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
