// SPDX-License-Identifier: MIT
#include "../objects/latch.hpp"
#include "../objects/semaphore.hpp"
#include "begin.hpp"

// Semaphores and latches.
namespace heddle::sched {

bool acquire(semaphore_object& on, virtual_time deadline, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    if (outside(on, semaphores::reset).count == 0) {
      if (deadline == no_deadline) would_block("acquire()");
      return false;
    }
    --on.count;
    return true;
  }
  return announce(*now, on, op_kind::acquire, where, [&](operation& op) { op.deadline = deadline; })
      .success;
}

bool try_acquire(semaphore_object& on, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    if (outside(on, semaphores::reset).count == 0) return false;
    --on.count;
    return true;
  }
  return announce(*now, on, op_kind::try_acquire, where).success;
}

void release(semaphore_object& on, std::uint64_t permits, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    outside(on, semaphores::reset).count += permits;
    return;
  }
  announce(*now, on, op_kind::release, where, [&](operation& op) { op.argument = permits; });
}

void count_down(latch_object& on, std::uint64_t by, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    outside(on, latches::reset).count -= by;
    return;
  }
  announce(*now, on, op_kind::count_down, where, [&](operation& op) { op.argument = by; });
}

bool await_zero(latch_object& on, virtual_time deadline, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    if (outside(on, latches::reset).count == 0) return true;
    if (deadline == no_deadline) would_block("wait()");
    return false;
  }
  return announce(*now, on, op_kind::await_zero, where,
                  [&](operation& op) { op.deadline = deadline; })
      .success;
}

bool try_wait(latch_object& on, location where) {
  execution* now = execution::current();
  if (now == nullptr) return outside(on, latches::reset).count == 0;
  return announce(*now, on, op_kind::try_wait, where).success;
}

void destroy(semaphore_object& on) noexcept {
  destroy_awaited(on, "it destroys a semaphore for which a thread still waits");
}
void destroy(latch_object& on) noexcept {
  destroy_awaited(on, "it destroys a latch for which a thread still waits");
}

}  // namespace heddle::sched
