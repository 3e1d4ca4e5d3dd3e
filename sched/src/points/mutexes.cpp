// SPDX-License-Identifier: MIT
#include "../objects/mutex.hpp"
#include "begin.hpp"

namespace heddle::sched {

void lock(mutex_object& on, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    if (!mutexes::can_take(outside(on, mutexes::reset), outside_thread)) would_block("lock()");
    mutexes::take(on, outside_thread, 1, where);
    return;
  }
  announce(*now, on, op_kind::lock, where);
}

bool lock_until(mutex_object& on, virtual_time deadline, location where) {
  execution* now = execution::current();
  if (now == nullptr) return try_lock(on, where);
  return announce(*now, on, op_kind::lock, where, [&](operation& op) { op.deadline = deadline; })
      .success;
}

bool try_lock(mutex_object& on, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    if (!mutexes::can_take(outside(on, mutexes::reset), outside_thread)) return false;
    mutexes::take(on, outside_thread, 1, where);
    return true;
  }
  return announce(*now, on, op_kind::try_lock, where).success;
}

void lock_all(mutex_object* const* mutexes, std::uint32_t count, location where) {
  execution* now = execution::current();
  if (now == nullptr || count < 2) {
    for (std::uint32_t i = 0; i < count; ++i) lock(*mutexes[i], where);
    return;
  }
  thread_record& self = now->running();
  for (std::uint32_t i = 0; i < count; ++i) now->touch(*mutexes[i], where);
  operation& op = begin(self, op_kind::lock_all, mutexes[0], where);
  op.partner = mutexes[1];
  op.second = mutexes[1]->key;
  op.many = count > 2;
  op.all = mutexes;
  op.argument = count;
  now->announce(self);
}

std::uint32_t lock_back_offs() noexcept {
  const execution* now = execution::current();
  return now == nullptr ? 0 : now->lock_back_offs();
}

void unlock(mutex_object& on, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    if (outside(on, mutexes::reset).owner != outside_thread) {
      throw std::logic_error(
          "heddle: unlock() of a mutex that is not locked, outside an execution");
    }
    mutexes::give_back(on, 1);
    return;
  }
  announce(*now, on, op_kind::unlock, where);
}

void destroy(mutex_object& on) noexcept {
  if (!lives_in_execution(on) || on.owner == no_thread) return;
  destroyed_in_use(on, "it destroys a mutex that is still locked", on.owner, on.acquired);
}

}  // namespace heddle::sched
