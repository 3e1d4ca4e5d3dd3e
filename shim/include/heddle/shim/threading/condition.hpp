// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <type_traits>

#include <heddle/shim/threading/reentrant_lock.hpp>
#include <heddle/shim/threading/work.hpp>

namespace heddle::threading {

// A condition with its own reentrant lock, or with the caller's. It is itself acquired and
// released. Waiting or notifying without holding the lock throws usage_error. wait() gives up every
// level of the lock and takes them all back; it may return for no reason, and somebody else may
// have been faster: wait in a loop over a predicate, or with wait(predicate).
template <class Backend>
class basic_condition {
 public:
  using lock_type = basic_reentrant_lock<Backend>;

  explicit basic_condition(location created = location::current())
      : own_(std::make_unique<lock_type>(created)), lock_(*own_), waiters_(created) {}
  // `with` must live longer.
  explicit basic_condition(lock_type& with, location created = location::current())
      : lock_(with), waiters_(created) {}
  basic_condition(const basic_condition&) = delete;
  basic_condition& operator=(const basic_condition&) = delete;

  void acquire(location where = location::current()) { lock_.acquire(where); }
  bool try_acquire(location where = location::current()) { return lock_.try_acquire(where); }
  template <class Rep, class Period>
  bool acquire_for(const std::chrono::duration<Rep, Period>& time,
                   location where = location::current()) {
    return lock_.acquire_for(time, where);
  }
  void release(location where = location::current()) { lock_.release(where); }

  void wait(location where = location::current()) {
    demand_lock("wait");
    waiters_.wait(lock_.lock_, Backend::never, where);
  }
  // False: nobody notified it in time.
  template <class Rep, class Period>
  bool wait_for(const std::chrono::duration<Rep, Period>& time,
                location where = location::current()) {
    demand_lock("wait_for");
    return waiters_.wait(lock_.lock_, Backend::in(time), where);
  }
  template <detail::callable Predicate>
  void wait(Predicate predicate, location where = location::current()) {
    demand_lock("wait");
    while (!predicate()) waiters_.wait(lock_.lock_, Backend::never, where);
  }
  // What the predicate says in the end. The time is for all rounds together.
  template <class Rep, class Period, detail::callable Predicate>
  bool wait_for(const std::chrono::duration<Rep, Period>& time, Predicate predicate,
                location where = location::current()) {
    demand_lock("wait_for");
    const auto deadline = Backend::in(time);
    while (!predicate()) {
      if (!waiters_.wait(lock_.lock_, deadline, where)) return predicate();
    }
    return true;
  }
  // Wakes up to `count` of those who wait; which ones is not known.
  void notify(unsigned count = 1, location where = location::current()) {
    demand_lock("notify");
    for (unsigned i = 0; i < count; ++i) waiters_.wake_one(where);
  }
  void notify_all(location where = location::current()) {
    demand_lock("notify_all");
    waiters_.wake_all(where);
  }

  [[nodiscard]] auto& model() noexcept { return waiters_.model(); }

 private:
  void demand_lock(const char* call) const {
    if (!lock_.is_owned()) {
      throw usage_error(std::string(call) + " on a condition without holding its lock");
    }
  }
  std::unique_ptr<lock_type> own_;
  lock_type& lock_;
  typename Backend::waiters waiters_;
};

}  // namespace heddle::threading
