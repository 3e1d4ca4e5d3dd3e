// SPDX-License-Identifier: MIT
#include "begin.hpp"

namespace heddle::sched {

virtual_time now(location where) {
  execution* current = execution::current();
  if (current == nullptr) return 0;
  thread_record& self = current->running();
  begin(self, op_kind::read_clock, nullptr, where);
  current->announce(self);
  return self.value;
}

virtual_time peek_now() noexcept {
  const execution* now = execution::current();
  return now == nullptr ? 0 : now->now();
}

void sleep_until(virtual_time deadline, location where) {
  execution* now = execution::current();
  if (now == nullptr) return;
  thread_record& self = now->running();
  begin(self, op_kind::sleep, nullptr, where).deadline = deadline;
  now->announce(self);
}

void yield(location where) {
  execution* now = execution::current();
  if (now == nullptr) return;
  thread_record& self = now->running();
  begin(self, op_kind::yield, nullptr, where);
  now->announce(self);
}

}  // namespace heddle::sched
