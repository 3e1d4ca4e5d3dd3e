// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <limits>

#include <heddle/sched/point.hpp>
#include <heddle/shim/precondition.hpp>

namespace heddle {

// std::latch under control. Counting below zero, undefined behaviour in the standard, is reported
// as misuse. arrive_and_wait is two visible operations, as the standard defines it.
class latch {
 public:
  explicit latch(std::ptrdiff_t expected, location created = location::current())
      : model_(static_cast<std::uint64_t>(expected), created) {
    detail::expect(expected >= 0, model_, "it makes a latch that expects less than nobody", created);
  }
  ~latch() { sched::destroy(model_); }
  latch(const latch&) = delete;
  latch& operator=(const latch&) = delete;

  [[nodiscard]] static constexpr std::ptrdiff_t max() noexcept {
    return std::numeric_limits<std::ptrdiff_t>::max();
  }
  void count_down(std::ptrdiff_t by = 1, location where = location::current()) {
    detail::expect(by >= 0, model_, "it counts a latch up", where);
    if (by < 0) return;
    sched::count_down(model_, static_cast<std::uint64_t>(by), where);
  }
  [[nodiscard]] bool try_wait(location where = location::current()) const noexcept {
    return sched::try_wait(model_, where);
  }
  void wait(location where = location::current()) const {
    sched::await_zero(model_, sched::no_deadline, where);
  }
  void arrive_and_wait(std::ptrdiff_t by = 1, location where = location::current()) {
    count_down(by, where);
    wait(where);
  }

  [[nodiscard]] sched::latch_object& model() const noexcept { return model_; }

 private:
  mutable sched::latch_object model_;
};

}  // namespace heddle
