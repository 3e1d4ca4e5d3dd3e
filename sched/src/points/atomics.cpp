// SPDX-License-Identifier: MIT
#include "begin.hpp"

namespace heddle::sched {

std::uint64_t load(atomic_object& on, std::memory_order order, location where) {
  execution* now = execution::current();
  if (now == nullptr || now->observing()) return on.value;
  return announce(*now, on, op_kind::load, where,
                  [&](operation& op) {
                    op.order = order;
                    op.by_choice = now->reads_by_choice(on);
                    now->take_orders(op);
                  })
      .value;
}

void store(atomic_object& on, std::uint64_t value, std::memory_order order, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    on.value = value;
    return;
  }
  announce(*now, on, op_kind::store, where, [&](operation& op) {
    op.order = order;
    op.by_choice = now->reads_by_choice(on);
    now->take_orders(op);
    op.argument = value;
  });
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
  return announce(*now, on, op_kind::read_modify_write, where,
                  [&](operation& op) {
                    op.order = order;
                    op.by_choice = now->reads_by_choice(on);
                    now->take_orders(op);
                    op.argument = operand;
                    op.modify = function;
                  })
      .value;
}

bool compare_exchange(atomic_object& on, std::uint64_t& expected, std::uint64_t desired, bool weak,
                      std::memory_order success, std::memory_order failure, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    const bool equal = on.value == expected;
    (equal ? on.value : expected) = equal ? desired : on.value;
    return equal;
  }
  const thread_record& self =
      announce(*now, on, op_kind::compare_exchange, where, [&](operation& op) {
        op.order = success;
        op.failure_order = failure;
        op.by_choice = now->reads_by_choice(on);
        now->take_orders(op);
        op.weak = weak;
        op.argument = desired;
        op.expected = expected;
      });
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
