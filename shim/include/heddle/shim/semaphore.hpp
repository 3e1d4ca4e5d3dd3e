// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <limits>

#include <heddle/sched/point.hpp>
#include <heddle/shim/chrono.hpp>
#include <heddle/shim/precondition.hpp>

namespace heddle {

// std::counting_semaphore under control; every call is one visible operation. Releasing past the
// maximum, undefined behaviour in the standard, is reported as misuse.
template <std::ptrdiff_t LeastMax = std::numeric_limits<std::ptrdiff_t>::max()>
class counting_semaphore {
  static_assert(LeastMax >= 0);

 public:
  explicit counting_semaphore(std::ptrdiff_t permits, location created = location::current())
      : model_(static_cast<std::uint64_t>(permits), static_cast<std::uint64_t>(LeastMax), created) {
    detail::expect(0 <= permits && permits <= LeastMax, model_,
                   "it makes a semaphore with less than no permits or more than its maximum",
                   created);
  }
  ~counting_semaphore() { sched::destroy(model_); }
  counting_semaphore(const counting_semaphore&) = delete;
  counting_semaphore& operator=(const counting_semaphore&) = delete;

  [[nodiscard]] static constexpr std::ptrdiff_t max() noexcept { return LeastMax; }
  void release(std::ptrdiff_t permits = 1, location where = location::current()) {
    detail::expect(permits >= 0, model_, "it releases less than no permits", where);
    if (permits < 0) return;
    sched::release(model_, static_cast<std::uint64_t>(permits), where);
  }
  void acquire(location where = location::current()) {
    sched::acquire(model_, sched::no_deadline, where);
  }
  bool try_acquire(location where = location::current()) noexcept {
    return sched::try_acquire(model_, where);
  }
  template <class Rep, class Period>
  bool try_acquire_for(const std::chrono::duration<Rep, Period>& time,
                       location where = location::current()) {
    return sched::acquire(model_, detail::from_now(time), where);
  }
  template <class Clock, class Duration>
  bool try_acquire_until(const std::chrono::time_point<Clock, Duration>& deadline,
                         location where = location::current()) {
    return sched::acquire(model_, detail::to_virtual(deadline), where);
  }

  [[nodiscard]] sched::semaphore_object& model() noexcept { return model_; }

 private:
  sched::semaphore_object model_;
};

using binary_semaphore = counting_semaphore<1>;

}  // namespace heddle
