// SPDX-License-Identifier: MIT
#include "../objects/condition.hpp"
#include "begin.hpp"

namespace heddle::sched {

bool wait(condition_object& on, mutex_object& with, virtual_time deadline, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    if (deadline == no_deadline) would_block("wait()");
    return false;
  }
  thread_record& self = now->running();
  now->touch(on, where);
  now->touch(with, where);
  operation& start = begin(self, op_kind::wait, &on, where);
  start.partner = &with;
  start.second = with.key;
  now->announce(self);
  if (!self.success) end_thread();  // misuse, reported: there is nothing to wait with
  operation& wake = begin(self, op_kind::wake, &on, where);
  wake.partner = &with;
  wake.second = with.key;
  wake.deadline = deadline;
  now->announce(self);
  if (self.success) return true;
  // Timed out: out of the queue, but the mutex must be had back like by anyone else.
  const std::uint32_t levels = self.depth;
  for (std::uint32_t level = 0; level < levels; ++level) {
    begin(self, op_kind::lock, &with, where);
    now->announce(self);
  }
  return false;
}

begun_wait begin_wait(condition_object& on, location where) {
  execution* now = execution::current();
  if (now == nullptr) would_block("wait()");
  announce(*now, on, op_kind::wait, where);
  return {&on, on.key};
}

bool end_wait(const begun_wait& of, virtual_time deadline, location where) {
  execution* now = execution::current();
  thread_record& self = now->running();
  begin(self, op_kind::wake, self.waiting ? of.on : nullptr, where).deadline = deadline;
  self.pending.object = of.key;  // notified, it may be dead
  now->announce(self);
  return self.success;
}

void notify_one(condition_object& on, location where) {
  execution* now = execution::current();
  if (now == nullptr) return;
  announce(*now, on, op_kind::notify_one, where);
}

void notify_all(condition_object& on, location where) {
  execution* now = execution::current();
  if (now == nullptr) return;
  announce(*now, on, op_kind::notify_all, where);
}

void destroy(condition_object& on) noexcept {
  if (!lives_in_execution(on) || on.waiters == 0) return;
  destroyed_in_use(on, "it destroys a condition variable on which a thread still waits",
                   on.first_waiter->id, on.first_waiter->pending.where);
}

}  // namespace heddle::sched
