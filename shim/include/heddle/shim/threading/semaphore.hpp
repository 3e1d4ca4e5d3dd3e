// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

#include <heddle/sched/monitor.hpp>
#include <heddle/shim/threading/errors.hpp>

namespace heddle::threading {

// A counter of permits: acquire takes one and waits at zero, release adds. A bounded one throws
// usage_error where a release would raise it above its start value; a plain one may rise.
// Level 0: permits.
template <class Backend, bool Bounded>
class basic_semaphore {
 public:
  explicit basic_semaphore(int permits = 1, location created = location::current())
      : monitor_(type, this, created), initial_(permits) {
    if (permits < 0) throw usage_error("a semaphore with a negative number of permits");
    monitor_.level[0] = permits;
  }
  ~basic_semaphore() {
    Backend::destroy(monitor_, "it destroys a semaphore for which a thread still waits");
  }
  basic_semaphore(const basic_semaphore&) = delete;
  basic_semaphore& operator=(const basic_semaphore&) = delete;

  void acquire(location where = location::current()) {
    typename Backend::section here(monitor_, acquire_call, where, Backend::never, some);
    --monitor_.level[0];
  }
  bool try_acquire(location where = location::current()) {
    typename Backend::section here(monitor_, try_call, where);
    if (monitor_.level[0] == 0) return here.fail();
    --monitor_.level[0];
    return true;
  }
  template <class Rep, class Period>
  bool acquire_for(const std::chrono::duration<Rep, Period>& time,
                   location where = location::current()) {
    typename Backend::section here(monitor_, acquire_call, where, Backend::in(time), some);
    if (here.timed_out()) return false;
    --monitor_.level[0];
    return true;
  }
  void release(location where = location::current()) { release(1, where); }
  void release(int permits, location where = location::current()) {
    if (permits < 1) throw usage_error("release of less than one permit");
    typename Backend::section here(monitor_, release_call, where);
    if (Bounded && permits > initial_ - monitor_.level[0]) {
      here.fail();
      throw usage_error("a bounded semaphore is released more often than it was acquired");
    }
    monitor_.level[0] += permits;
  }
  // Of the moment: it may be another one before the caller looks at it.
  [[nodiscard]] int value(location where = location::current()) {
    typename Backend::section here(monitor_, value_call, where);
    return monitor_.level[0];
  }

  // Its place in the order in which guard_all takes locks.
  [[nodiscard]] std::uint64_t rank() noexcept { return Backend::rank(monitor_); }
  [[nodiscard]] auto& model() noexcept { return monitor_; }

 private:
  static constexpr sched::monitor_type type{
      Bounded ? "bounded_semaphore" : "semaphore",
      [](sched::monitor_object& on) { on.level[0] = on.as<basic_semaphore>().initial_; }};
  static constexpr sched::level_range some{.least = 1};
  static constexpr sched::monitor_call acquire_call{.name = "acquire",
                                                    .effect = sched::custody::takes_permit,
                                                    .awaited = "releases it",
                                                    .in_short = "semaphore never released"};
  static constexpr sched::monitor_call try_call{.name = "try_acquire",
                                                .effect = sched::custody::takes_permit};
  static constexpr sched::monitor_call release_call{.name = "release",
                                                    .effect = sched::custody::gives_permit};
  static constexpr sched::monitor_call value_call{.name = "value", .reads = true};

  typename Backend::monitor monitor_;
  int initial_;
};

}  // namespace heddle::threading
