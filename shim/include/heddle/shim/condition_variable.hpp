// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <utility>

#include <heddle/shim/chrono.hpp>
#include <heddle/shim/lock.hpp>
#include <heddle/shim/mutex.hpp>

namespace heddle {

using std::cv_status;

namespace detail {
template <class P>
concept wait_predicate = requires(P& until) {
  static_cast<bool>(until());
};
}  // namespace detail

// std::condition_variable under control. A wait is two visible operations: giving the mutex up and
// starting to wait, in one step; and, once woken, taking the mutex back. Whom notify_one wakes is a
// choice. A notify that finds nobody waiting is remembered by nobody.
class condition_variable {
 public:
  condition_variable(location created = location::current()) noexcept : model_(created) {}
  ~condition_variable() { sched::destroy(model_); }
  condition_variable(const condition_variable&) = delete;
  condition_variable& operator=(const condition_variable&) = delete;

  void notify_one(location where = location::current()) noexcept {
    sched::notify_one(model_, where);
  }
  void notify_all(location where = location::current()) noexcept {
    sched::notify_all(model_, where);
  }

  void wait(unique_lock<mutex>& lock, location where = location::current()) {
    wait_until_virtual(lock, sched::no_deadline, where);
  }
  template <detail::wait_predicate Predicate>
  void wait(unique_lock<mutex>& lock, Predicate until, location where = location::current()) {
    while (!until()) wait(lock, where);
  }

  template <class Clock, class Duration>
  cv_status wait_until(unique_lock<mutex>& lock,
                       const std::chrono::time_point<Clock, Duration>& deadline,
                       location where = location::current()) {
    return wait_until_virtual(lock, detail::to_virtual(deadline), where);
  }
  template <class Clock, class Duration, detail::wait_predicate Predicate>
  bool wait_until(unique_lock<mutex>& lock,
                  const std::chrono::time_point<Clock, Duration>& deadline, Predicate until,
                  location where = location::current()) {
    while (!until()) {
      if (wait_until(lock, deadline, where) == cv_status::timeout) return until();
    }
    return true;
  }
  template <class Rep, class Period>
  cv_status wait_for(unique_lock<mutex>& lock, const std::chrono::duration<Rep, Period>& time,
                     location where = location::current()) {
    return wait_until_virtual(lock, detail::from_now(time), where);
  }
  template <class Rep, class Period, detail::wait_predicate Predicate>
  bool wait_for(unique_lock<mutex>& lock, const std::chrono::duration<Rep, Period>& time,
                Predicate until, location where = location::current()) {
    const sched::virtual_time deadline = detail::from_now(time);
    while (!until()) {
      if (wait_until_virtual(lock, deadline, where) == cv_status::timeout) return until();
    }
    return true;
  }

  [[nodiscard]] sched::condition_object& model() noexcept { return model_; }

 private:
  cv_status wait_until_virtual(unique_lock<mutex>& lock, sched::virtual_time deadline,
                               location where) {
    if (lock.mutex() == nullptr) {
      sched::fail(failure_kind::misuse, "wait with a unique_lock that has no mutex", where);
    }
    return sched::wait(model_, lock.mutex()->model(), deadline, where) ? cv_status::no_timeout
                                                                       : cv_status::timeout;
  }
  sched::condition_object model_;
};

}  // namespace heddle
