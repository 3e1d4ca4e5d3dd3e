// SPDX-License-Identifier: MIT
#pragma once

#include <time.h>

#include <cstdint>

#include <heddle/sched/point.hpp>

// Virtual time as the C library tells it. CLOCK_REALTIME starts on 1 January 2000, every other
// clock an hour after zero, so that a program may subtract from it.
namespace heddle::native {

inline constexpr std::uint64_t second = 1'000'000'000;

[[nodiscard]] constexpr std::uint64_t start_of(clockid_t clock) noexcept {
  const bool date = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
  return date ? 946'684'800 * second : 3'600 * second;
}
[[nodiscard]] constexpr bool is_valid(const timespec& time) noexcept {
  return time.tv_nsec >= 0 && time.tv_nsec < static_cast<long>(second);
}
[[nodiscard]] constexpr timespec to_timespec(std::uint64_t nanoseconds) noexcept {
  return {static_cast<time_t>(nanoseconds / second), static_cast<long>(nanoseconds % second)};
}
// Too far away means never.
[[nodiscard]] constexpr sched::virtual_time length_of(const timespec& time) noexcept {
  if (time.tv_sec < 0) return 0;
  if (time.tv_sec > 9'000'000'000) return sched::no_deadline;
  return static_cast<std::uint64_t>(time.tv_sec) * second +
         static_cast<std::uint64_t>(time.tv_nsec);
}
// Of a deadline on `clock`; what has passed is now.
[[nodiscard]] constexpr sched::virtual_time deadline_of(const timespec& time,
                                                        clockid_t clock) noexcept {
  const sched::virtual_time since_zero = length_of(time);
  if (since_zero == sched::no_deadline) return since_zero;
  return since_zero <= start_of(clock) ? 0 : since_zero - start_of(clock);
}
// Of a duration from now on.
[[nodiscard]] inline sched::virtual_time deadline_after(const timespec& time) noexcept {
  const sched::virtual_time length = length_of(time);
  return length == sched::no_deadline ? length : sched::peek_now() + length;
}

}  // namespace heddle::native
