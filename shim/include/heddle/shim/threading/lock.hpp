// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <exception>

#include <heddle/sched/monitor.hpp>
#include <heddle/shim/threading/errors.hpp>

namespace heddle::threading {

// A lock without an owner: whoever likes may release it. Every call is one visible operation.
// Level 0: 1 while held.
template <class Backend>
class basic_lock {
 public:
  explicit basic_lock(location created = location::current()) : monitor_(type, this, created) {}
  ~basic_lock() {
    if (monitor_.level[0] != 0 && std::uncaught_exceptions() == 0) {
      Backend::leak("a lock was still held when it was destroyed", monitor_.acquired, monitor_);
    }
    Backend::destroy(monitor_, "it destroys a lock for which a thread still waits");
  }
  basic_lock(const basic_lock&) = delete;
  basic_lock& operator=(const basic_lock&) = delete;

  void acquire(location where = location::current()) {
    typename Backend::section here(monitor_, acquire_call, where, Backend::never, free);
    take(where);
  }
  // False: somebody holds it.
  bool try_acquire(location where = location::current()) {
    typename Backend::section here(monitor_, try_call, where);
    if (monitor_.level[0] != 0) return here.fail();
    take(where);
    return true;
  }
  // False: it was not free in time.
  template <class Rep, class Period>
  bool acquire_for(const std::chrono::duration<Rep, Period>& time,
                   location where = location::current()) {
    typename Backend::section here(monitor_, acquire_call, where, Backend::in(time), free);
    if (here.timed_out()) return false;
    take(where);
    return true;
  }
  // Throws usage_error if nobody holds it.
  void release(location where = location::current()) {
    typename Backend::section here(monitor_, release_call, where);
    if (monitor_.level[0] == 0) {
      here.fail();
      throw usage_error("release of a lock that nobody holds");
    }
    monitor_.level[0] = 0;
    monitor_.holder = Backend::nobody;
  }
  // True while somebody holds it. Asking first and acquiring then is a race.
  [[nodiscard]] bool locked(location where = location::current()) {
    typename Backend::section here(monitor_, locked_call, where);
    return monitor_.level[0] != 0;
  }

  // The words of the standard's guards.
  void lock(location where = location::current()) { acquire(where); }
  bool try_lock(location where = location::current()) { return try_acquire(where); }
  void unlock(location where = location::current()) { release(where); }

  // Its place in the order in which guard_all takes locks.
  [[nodiscard]] std::uint64_t rank() noexcept { return Backend::rank(monitor_); }
  [[nodiscard]] auto& model() noexcept { return monitor_; }

 private:
  void take(location where) noexcept {
    monitor_.level[0] = 1;
    monitor_.holder = Backend::self();
    monitor_.acquired = where;
  }
  static constexpr sched::monitor_type type{
      .name = "lock", .reset = [](sched::monitor_object& on) { on.level[0] = 0; }, .guards = true};
  static constexpr sched::level_range free{.most = 0};
  static constexpr sched::monitor_call acquire_call{.name = "acquire",
                                                    .effect = sched::custody::takes,
                                                    .awaited = "releases it",
                                                    .in_short = "lock never released"};
  static constexpr sched::monitor_call try_call{.name = "try_acquire",
                                                .effect = sched::custody::takes};
  static constexpr sched::monitor_call release_call{.name = "release",
                                                    .effect = sched::custody::gives};
  static constexpr sched::monitor_call locked_call{.name = "locked", .reads = true};

  typename Backend::monitor monitor_;
};

}  // namespace heddle::threading
