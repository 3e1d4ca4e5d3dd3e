// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <ratio>

#include <heddle/sched/point.hpp>

namespace heddle {

// Virtual time. It starts at the same instant in every execution, stands still while any thread can
// run, and jumps to the next deadline when none can. now() is a visible read of the clock.
struct steady_clock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<steady_clock>;
  static constexpr bool is_steady = true;
  static time_point now(location where = location::current()) {
    return time_point(duration(static_cast<rep>(sched::now(where))));
  }
};

namespace detail {

// A deadline `time` from now; too far away, or not a number of nanoseconds, means never.
template <class Rep, class Period>
sched::virtual_time from_now(const std::chrono::duration<Rep, Period>& time) noexcept {
  using namespace std::chrono;
  const sched::virtual_time now = sched::peek_now();
  if (time <= time.zero()) return now;
  const auto wide = duration_cast<duration<long double, std::nano>>(time).count();
  if (!(wide < 9.2e18L)) return sched::no_deadline;
  return now + static_cast<sched::virtual_time>(ceil<nanoseconds>(time).count());
}

// Instants of the virtual clock are taken as they are, those of others as a distance from now.
template <class Clock, class Duration>
sched::virtual_time to_virtual(const std::chrono::time_point<Clock, Duration>& deadline) {
  if constexpr (std::is_same_v<Clock, steady_clock>) {
    const auto nanos =
        std::chrono::ceil<std::chrono::nanoseconds>(deadline.time_since_epoch()).count();
    return nanos <= 0 ? 0 : static_cast<sched::virtual_time>(nanos);
  } else {
    return from_now(deadline - Clock::now());
  }
}

}  // namespace detail
}  // namespace heddle
