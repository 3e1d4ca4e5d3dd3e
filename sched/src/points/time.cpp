// SPDX-License-Identifier: MIT
#include "begin.hpp"

namespace heddle::sched {

virtual_time now(location where) {
  execution* current = execution::current();
  if (current == nullptr) return 0;
  if (current->observing()) return current->now();
  return announce(*current, op_kind::read_clock, where).value;
}

virtual_time peek_now() noexcept {
  const execution* now = execution::current();
  return now == nullptr ? 0 : now->now();
}

void sleep_until(virtual_time deadline, location where) {
  execution* now = execution::current();
  if (now == nullptr) return;
  announce(*now, op_kind::sleep, where, [&](operation& op) { op.deadline = deadline; });
}

void yield(location where) {
  execution* now = execution::current();
  if (now == nullptr) return;
  announce(*now, op_kind::yield, where);
}

}  // namespace heddle::sched
