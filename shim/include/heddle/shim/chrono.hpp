// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <ctime>
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
  [[nodiscard]] static time_point now(location where = location::current()) noexcept {
    return time_point(duration(static_cast<rep>(sched::now(where))));
  }
};

// The same time as a date: every execution starts on 1 January 2000, 00:00 UTC. Nobody sets this
// clock while a test runs.
struct system_clock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<system_clock>;
  static constexpr bool is_steady = false;
  static constexpr std::chrono::seconds start{946'684'800};  // since 1970
  [[nodiscard]] static time_point now(location where = location::current()) noexcept {
    return time_point(start + duration(static_cast<rep>(sched::now(where))));
  }
  [[nodiscard]] static std::time_t to_time_t(const time_point& of) noexcept {
    return static_cast<std::time_t>(
        std::chrono::duration_cast<std::chrono::seconds>(of.time_since_epoch()).count());
  }
  [[nodiscard]] static time_point from_time_t(std::time_t of) noexcept {
    return time_point(std::chrono::seconds(of));
  }
};

using high_resolution_clock = steady_clock;

// For code that writes std::chrono through a namespace alias: everything of std::chrono, with the
// clocks of Heddle.
namespace chrono {
using namespace std::chrono;
using heddle::high_resolution_clock;
using heddle::steady_clock;
using heddle::system_clock;
}  // namespace chrono

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

// Nanoseconds since the start of the execution; what lies before it is now.
template <class Duration>
sched::virtual_time since_start(const Duration& time) {
  if (time <= time.zero()) return 0;
  const auto wide =
      std::chrono::duration_cast<std::chrono::duration<long double, std::nano>>(time).count();
  if (!(wide < 9.2e18L)) return sched::no_deadline;
  return static_cast<sched::virtual_time>(
      std::chrono::ceil<std::chrono::nanoseconds>(time).count());
}

// Instants of the virtual clocks are taken as they are, those of others as a distance from now.
template <class Clock, class Duration>
sched::virtual_time to_virtual(const std::chrono::time_point<Clock, Duration>& deadline) {
  if constexpr (std::is_same_v<Clock, steady_clock>) {
    return since_start(deadline.time_since_epoch());
  } else if constexpr (std::is_same_v<Clock, system_clock>) {
    if (deadline.time_since_epoch() <= system_clock::start) return 0;
    return since_start(deadline.time_since_epoch() - system_clock::start);
  } else {
    return from_now(deadline - Clock::now());
  }
}

}  // namespace detail
}  // namespace heddle
