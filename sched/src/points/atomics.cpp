// SPDX-License-Identifier: MIT
#include "begin.hpp"

namespace heddle::sched {

namespace {

// The operation that the running thread announces next. What only operations of other kinds have
// is as good as new already after an access.
inline operation& begin_access(thread_record& self, op_kind kind, atomic_object& on,
                               location where) {
  operation& op = self.pending;
  if (op.kind > op_kind::compare_exchange) op = {};
  op.kind = kind;
  op.result = resolution::pending;
  op.weak = false;
  op.order = op.failure_order = std::memory_order_seq_cst;
  op.where = where;
  op.object = on.key;
  op.argument = op.expected = 0;
  op.modify = nullptr;
  op.target = &on;
  return op;
}

inline void announce_access(execution& now, thread_record& self, const atomic_object& on) {
  self.pending.by_choice = now.reads_by_choice(on);
  now.take_orders(self);
  now.announce(self);
}

}  // namespace

// Each of the first four starts over where `on` has to be made ready for this execution first: what
// comes later then needs to keep nothing meanwhile.

std::uint64_t load(atomic_object& on, std::memory_order order, location where) {
  execution* now = execution::current();
  if (now == nullptr || now->observing()) return on.value;
  if (!now->knows(on)) {
    now->touch(on, where);
    return load(on, order, where);
  }
  thread_record& self = now->running();
  begin_access(self, op_kind::load, on, where).order = order;
  announce_access(*now, self, on);
  return self.value;
}

void store(atomic_object& on, std::uint64_t value, std::memory_order order, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    on.value = value;
    return;
  }
  if (!now->knows(on)) {
    now->touch(on, where);
    return store(on, value, order, where);
  }
  thread_record& self = now->running();
  operation& op = begin_access(self, op_kind::store, on, where);
  op.order = order;
  op.argument = value;
  announce_access(*now, self, on);
}

std::uint64_t modify(atomic_object& on, std::uint64_t operand,
                     std::uint64_t (*function)(std::uint64_t, std::uint64_t),
                     std::memory_order order, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    const std::uint64_t before = on.value;
    on.value = function(before, operand);
    return before;
  }
  if (!now->knows(on)) {
    now->touch(on, where);
    return modify(on, operand, function, order, where);
  }
  thread_record& self = now->running();
  operation& op = begin_access(self, op_kind::read_modify_write, on, where);
  op.order = order;
  op.argument = operand;
  op.modify = function;
  announce_access(*now, self, on);
  return self.value;
}

bool compare_exchange(atomic_object& on, std::uint64_t& expected, std::uint64_t desired, bool weak,
                      std::memory_order success, std::memory_order failure, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    const bool equal = on.value == expected;
    (equal ? on.value : expected) = equal ? desired : on.value;
    return equal;
  }
  if (!now->knows(on)) {
    now->touch(on, where);
    return compare_exchange(on, expected, desired, weak, success, failure, where);
  }
  thread_record& self = now->running();
  operation& op = begin_access(self, op_kind::compare_exchange, on, where);
  op.order = success;
  op.failure_order = failure;
  op.weak = weak;
  op.argument = desired;
  op.expected = expected;
  announce_access(*now, self, on);
  if (!self.success) expected = self.value;
  return self.success;
}

void atomic_wait(atomic_object& on, std::uint64_t old, std::memory_order order, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    if (on.value == old) would_block("wait()");
    return;
  }
  const auto wait = [&](operation& op) {
    op.order = order;
    op.expected = old;
  };
  while (!announce(*now, on, op_kind::atomic_wait, where, wait).success) {
  }
}

atomic_wait_end atomic_wait_until(atomic_object& on, std::uint64_t old, virtual_time deadline,
                                  location where) {
  execution* now = execution::current();
  if (now == nullptr) would_block("a wait on an atomic");
  thread_record& self = now->running();
  for (bool entered = false;; entered = true) {
    now->touch(on, where);
    operation& op = begin(self, op_kind::atomic_wait, &on, where);
    op.expected = old;
    op.deadline = deadline;
    now->announce(self);
    if (self.success) return entered ? atomic_wait_end::notified : atomic_wait_end::differs;
    if (!self.waiting) return atomic_wait_end::timed_out;
  }
}

static void notify(atomic_object& on, op_kind kind, location where) {
  execution* now = execution::current();
  if (now == nullptr) return;
  announce(*now, on, kind, where);
}
void atomic_notify_one(atomic_object& on, location where) {
  notify(on, op_kind::atomic_notify_one, where);
}
void atomic_notify_all(atomic_object& on, location where) {
  notify(on, op_kind::atomic_notify_all, where);
}

}  // namespace heddle::sched
