// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/shim/condition_variable.hpp>
#include <heddle/shim/stop_token.hpp>

namespace heddle {

// std::condition_variable_any under control: works with any lock. A wait is four visible
// operations: beginning to wait, the lock's unlock, being woken, the lock's lock. Whoever notifies
// between the first and the second wakes the thread, as one who comes after both.
class condition_variable_any {
 public:
  explicit condition_variable_any(location created = location::current()) : model_(created) {}
  ~condition_variable_any() { sched::destroy(model_); }
  condition_variable_any(const condition_variable_any&) = delete;
  condition_variable_any& operator=(const condition_variable_any&) = delete;

  void notify_one(location where = location::current()) noexcept {
    sched::notify_one(model_, where);
  }
  void notify_all(location where = location::current()) noexcept {
    sched::notify_all(model_, where);
  }

  template <class Lock>
  void wait(Lock& lock, location where = location::current()) {
    wait_until_virtual(lock, sched::no_deadline, where);
  }
  template <class Lock, detail::wait_predicate Predicate>
  void wait(Lock& lock, Predicate until, location where = location::current()) {
    while (!until()) wait(lock, where);
  }
  template <class Lock, class Clock, class Duration>
  cv_status wait_until(Lock& lock, const std::chrono::time_point<Clock, Duration>& deadline,
                       location where = location::current()) {
    return wait_until_virtual(lock, detail::to_virtual(deadline), where);
  }
  template <class Lock, class Clock, class Duration, detail::wait_predicate Predicate>
  bool wait_until(Lock& lock, const std::chrono::time_point<Clock, Duration>& deadline,
                  Predicate until, location where = location::current()) {
    while (!until()) {
      if (wait_until(lock, deadline, where) == cv_status::timeout) return until();
    }
    return true;
  }
  template <class Lock, class Rep, class Period>
  cv_status wait_for(Lock& lock, const std::chrono::duration<Rep, Period>& time,
                     location where = location::current()) {
    return wait_until_virtual(lock, detail::from_now(time), where);
  }
  template <class Lock, class Rep, class Period, detail::wait_predicate Predicate>
  bool wait_for(Lock& lock, const std::chrono::duration<Rep, Period>& time, Predicate until,
                location where = location::current()) {
    const sched::virtual_time deadline = detail::from_now(time);
    while (!until()) {
      if (wait_until_virtual(lock, deadline, where) == cv_status::timeout) return until();
    }
    return true;
  }

  // These end early when a stop is requested; they return what the predicate says then.
  template <class Lock, detail::wait_predicate Predicate>
  bool wait(Lock& lock, stop_token stop, Predicate until, location where = location::current()) {
    return wait_stoppable(lock, std::move(stop), sched::no_deadline, until, where);
  }
  template <class Lock, class Clock, class Duration, detail::wait_predicate Predicate>
  bool wait_until(Lock& lock, stop_token stop,
                  const std::chrono::time_point<Clock, Duration>& deadline, Predicate until,
                  location where = location::current()) {
    return wait_stoppable(lock, std::move(stop), detail::to_virtual(deadline), until, where);
  }
  template <class Lock, class Rep, class Period, detail::wait_predicate Predicate>
  bool wait_for(Lock& lock, stop_token stop, const std::chrono::duration<Rep, Period>& time,
                Predicate until, location where = location::current()) {
    return wait_stoppable(lock, std::move(stop), detail::from_now(time), until, where);
  }

  [[nodiscard]] sched::condition_object& model() noexcept { return model_; }

 private:
  template <class Lock>
  cv_status wait_until_virtual(Lock& lock, sched::virtual_time deadline, location where) {
    if (!sched::in_execution() && deadline != sched::no_deadline) return cv_status::timeout;
    const sched::begun_wait begun = sched::begin_wait(model_, where);
    detail::unlock_at(lock, where);
    const bool notified = sched::end_wait(begun, deadline, where);
    detail::lock_at(lock, where);
    return notified ? cv_status::no_timeout : cv_status::timeout;
  }
  template <class Lock, class Predicate>
  bool wait_stoppable(Lock& lock, stop_token stop, sched::virtual_time deadline, Predicate& until,
                      location where) {
    const auto notify = [this, where] { notify_all(where); };
    const stop_callback<decltype(notify)> on_stop(stop, notify, where);
    while (!stop.stop_requested(where)) {
      if (until()) return true;
      if (!sched::in_execution() && deadline != sched::no_deadline) return false;
      const sched::begun_wait begun = sched::begin_wait(model_, where);
      if (stop.stop_requested(where)) {  // perhaps before this thread could be notified
        sched::end_wait(begun, 0, where);
        break;
      }
      detail::unlock_at(lock, where);
      const bool notified = sched::end_wait(begun, deadline, where);
      detail::lock_at(lock, where);
      if (!notified) break;
    }
    return until();
  }
  sched::condition_object model_;
};

}  // namespace heddle
