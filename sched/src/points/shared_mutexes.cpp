// SPDX-License-Identifier: MIT
#include "../objects/shared_mutex.hpp"

#include "begin.hpp"

namespace heddle::sched {

namespace {

// Announces and returns whether it succeeded; outside an execution `act` does it for the only
// thread.
template <class Act>
bool perform(shared_mutex_object& on, op_kind kind, virtual_time deadline, location where,
             Act&& act) {
  execution* now = execution::current();
  if (now == nullptr) return act(outside(on, shared_mutexes::reset));
  return announce(*now, on, kind, where, [&](operation& op) { op.deadline = deadline; }).success;
}

bool take(shared_mutex_object& on) {
  if (!shared_mutexes::is_free(on)) return false;
  on.owner = outside_thread;
  return true;
}
bool take_shared(shared_mutex_object& on) {
  if (on.owner != no_thread) return false;
  ++on.reader_count;
  return true;
}

}  // namespace

bool lock_exclusive(shared_mutex_object& on, virtual_time deadline, location where) {
  return perform(on, op_kind::lock_exclusive, deadline, where, [&](auto& at) {
    if (take(at)) return true;
    if (deadline == no_deadline) would_block("lock()");
    return false;
  });
}
bool try_lock_exclusive(shared_mutex_object& on, location where) {
  return perform(on, op_kind::try_lock_exclusive, no_deadline, where,
                 [](auto& at) { return take(at); });
}
void unlock_exclusive(shared_mutex_object& on, location where) {
  perform(on, op_kind::unlock_exclusive, no_deadline, where, [](auto& at) {
    at.owner = no_thread;
    return true;
  });
}
bool lock_shared(shared_mutex_object& on, virtual_time deadline, location where) {
  return perform(on, op_kind::lock_shared, deadline, where, [&](auto& at) {
    if (take_shared(at)) return true;
    if (deadline == no_deadline) would_block("lock_shared()");
    return false;
  });
}
bool try_lock_shared(shared_mutex_object& on, location where) {
  return perform(on, op_kind::try_lock_shared, no_deadline, where,
                 [](auto& at) { return take_shared(at); });
}
void unlock_shared(shared_mutex_object& on, location where) {
  perform(on, op_kind::unlock_shared, no_deadline, where, [](auto& at) {
    if (at.reader_count != 0) --at.reader_count;
    return true;
  });
}

void destroy(shared_mutex_object& on) noexcept {
  if (!lives_in_execution(on) || shared_mutexes::is_free(on)) return;
  destroyed_in_use(on, "it destroys a shared mutex that is still locked",
                   on.owner != no_thread ? on.owner : on.readers[0], on.acquired);
}

}  // namespace heddle::sched
