// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <utility>

#include <heddle/sched/thread_hooks.hpp>
#include <heddle/shim/condition_variable.hpp>

namespace heddle {

// As std::notify_all_at_thread_exit: takes the lock over, and when the thread has ended and its
// thread-specific values have been destroyed, unlocks and notifies.
inline void notify_all_at_thread_exit(condition_variable& on, unique_lock<mutex> lock,
                                      location where = location::current()) {
  struct later {
    condition_variable* on;
    unique_lock<mutex> lock;
    location where;
  };
  if (!lock.owns_lock()) {
    sched::fail(failure_kind::misuse, "notify_all_at_thread_exit with a lock that is not owned",
                where);
  }
  sched::at_thread_exit(
      sched::exit_phase::signals,
      [](void* given) {
        const std::unique_ptr<later> at(static_cast<later*>(given));
        at->lock.unlock(at->where);
        at->on->notify_all(at->where);
      },
      new later{&on, std::move(lock), where});
}

}  // namespace heddle
