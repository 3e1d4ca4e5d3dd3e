// SPDX-License-Identifier: MIT
#include "../objects/barrier.hpp"

#include "begin.hpp"

namespace heddle::sched {

std::uint64_t arrive(barrier_object& on, std::uint64_t arrivals, bool drop, bool& last,
                     location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    outside(on, barriers::reset);
    const std::uint64_t phase = on.phase;
    on.missing -= arrivals;
    on.expected -= drop;
    last = on.missing == 0;
    if (last && !on.has_completion) barriers::end_phase(on);
    return phase;
  }
  const thread_record& self = announce(*now, on, op_kind::arrive, where, [&](operation& op) {
    op.argument = arrivals;
    op.expected = drop;
  });
  last = self.success;
  return self.value;
}

void complete_phase(barrier_object& on, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    barriers::end_phase(on);
    return;
  }
  thread_record& self = now->running();
  begin(self, op_kind::complete_phase, &on, where);
  now->announce(self);
}

void await_phase(barrier_object& on, std::uint64_t phase, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    if (on.phase == phase) would_block("wait()");
    return;
  }
  announce(*now, on, op_kind::await_phase, where, [&](operation& op) { op.argument = phase; });
}

void destroy(barrier_object& on) noexcept {
  destroy_awaited(on, "it destroys a barrier for which a thread still waits");
}

}  // namespace heddle::sched
