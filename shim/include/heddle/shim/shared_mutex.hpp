// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

#include <heddle/sched/point.hpp>
#include <heddle/shim/chrono.hpp>
#include <heddle/shim/shared_lock.hpp>

namespace heddle {

// std::shared_mutex and std::shared_timed_mutex under control. Which of several waiting readers and
// writers goes first is explored, not laid down. Giving up what one does not hold is misuse.
class shared_mutex {
 public:
  shared_mutex(location created = location::current()) noexcept : model_(created) {}
  ~shared_mutex() { sched::destroy(model_); }
  shared_mutex(const shared_mutex&) = delete;
  shared_mutex& operator=(const shared_mutex&) = delete;

  void lock(location where = location::current()) {
    sched::lock_exclusive(model_, sched::no_deadline, where);
  }
  bool try_lock(location where = location::current()) {
    return sched::try_lock_exclusive(model_, where);
  }
  void unlock(location where = location::current()) { sched::unlock_exclusive(model_, where); }
  void lock_shared(location where = location::current()) {
    sched::lock_shared(model_, sched::no_deadline, where);
  }
  bool try_lock_shared(location where = location::current()) {
    return sched::try_lock_shared(model_, where);
  }
  void unlock_shared(location where = location::current()) { sched::unlock_shared(model_, where); }

  [[nodiscard]] sched::shared_mutex_object& model() noexcept { return model_; }

 private:
  sched::shared_mutex_object model_;
};

class shared_timed_mutex : public shared_mutex {
 public:
  shared_timed_mutex(location created = location::current()) noexcept
      : shared_mutex(created) {}
  template <class Rep, class Period>
  bool try_lock_for(const std::chrono::duration<Rep, Period>& time,
                    location where = location::current()) {
    return sched::lock_exclusive(model(), detail::from_now(time), where);
  }
  template <class Clock, class Duration>
  bool try_lock_until(const std::chrono::time_point<Clock, Duration>& deadline,
                      location where = location::current()) {
    return sched::lock_exclusive(model(), detail::to_virtual(deadline), where);
  }
  template <class Rep, class Period>
  bool try_lock_shared_for(const std::chrono::duration<Rep, Period>& time,
                           location where = location::current()) {
    return sched::lock_shared(model(), detail::from_now(time), where);
  }
  template <class Clock, class Duration>
  bool try_lock_shared_until(const std::chrono::time_point<Clock, Duration>& deadline,
                             location where = location::current()) {
    return sched::lock_shared(model(), detail::to_virtual(deadline), where);
  }
};

}  // namespace heddle
