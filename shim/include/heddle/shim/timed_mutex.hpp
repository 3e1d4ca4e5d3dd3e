// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

#include <heddle/shim/chrono.hpp>
#include <heddle/shim/mutex.hpp>

namespace heddle {

// std::timed_mutex and std::recursive_timed_mutex under control, in virtual time.
template <bool Recursive>
class basic_timed_mutex : public basic_mutex<Recursive> {
 public:
  basic_timed_mutex(location created = location::current()) noexcept
      : basic_mutex<Recursive>(created) {}
  template <class Rep, class Period>
  bool try_lock_for(const std::chrono::duration<Rep, Period>& time,
                    location where = location::current()) {
    return sched::lock_until(this->model(), detail::from_now(time), where);
  }
  template <class Clock, class Duration>
  bool try_lock_until(const std::chrono::time_point<Clock, Duration>& deadline,
                      location where = location::current()) {
    return sched::lock_until(this->model(), detail::to_virtual(deadline), where);
  }
};

using timed_mutex = basic_timed_mutex<false>;
using recursive_timed_mutex = basic_timed_mutex<true>;

}  // namespace heddle
