// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

#include <heddle/sched/monitor.hpp>

namespace heddle::threading {

// A flag that threads wait for. set() wakes everyone who waits at that moment, even if clear()
// follows at once; therefore a wait that finds it unset is two operations: to begin to wait, and to
// go on. Level 0: 1 while set. Level 1: how often it was set.
template <class Backend>
class basic_event {
 public:
  explicit basic_event(location created = location::current()) : monitor_(type, this, created) {}
  ~basic_event() {
    Backend::destroy(monitor_, "it destroys an event for which a thread still waits");
  }
  basic_event(const basic_event&) = delete;
  basic_event& operator=(const basic_event&) = delete;

  void set(location where = location::current()) {
    typename Backend::section here(monitor_, set_call, where);
    if (monitor_.level[0] == 0) ++monitor_.level[1];
    monitor_.level[0] = 1;
  }
  void clear(location where = location::current()) {
    typename Backend::section here(monitor_, clear_call, where);
    monitor_.level[0] = 0;
  }
  [[nodiscard]] bool is_set(location where = location::current()) {
    typename Backend::section here(monitor_, is_set_call, where);
    return monitor_.level[0] != 0;
  }
  void wait(location where = location::current()) { wait_until(Backend::never, where); }
  // Returns whether it was set.
  template <class Rep, class Period>
  bool wait_for(const std::chrono::duration<Rep, Period>& time,
                location where = location::current()) {
    return wait_until(Backend::in(time), where);
  }

  [[nodiscard]] auto& model() noexcept { return monitor_; }

 private:
  bool wait_until(typename Backend::moment deadline, location where) {
    std::int32_t seen = 0;
    {
      typename Backend::section here(monitor_, begin_call, where);
      if (monitor_.level[0] != 0) return true;
      seen = monitor_.level[1];
    }
    typename Backend::section here(monitor_, wait_call, where, deadline,
                                   {.which = 1, .least = seen + 1});
    return !here.timed_out();
  }
  // How often it was set is no state that anybody can see.
  static constexpr sched::monitor_type type{
      "event", [](sched::monitor_object& on) { on.level[0] = 0; },
      [](const sched::monitor_object& on) { return static_cast<std::uint64_t>(on.level[0]); }};
  static constexpr sched::monitor_call set_call{"set"};
  static constexpr sched::monitor_call clear_call{"clear"};
  static constexpr sched::monitor_call is_set_call{.name = "is_set", .reads = true};
  static constexpr sched::monitor_call begin_call{.name = "wait", .reads = true};
  static constexpr sched::monitor_call wait_call{
      .name = "wait for set", .reads = true, .awaited = "sets it", .in_short = "event never set"};

  typename Backend::monitor monitor_;
};

}  // namespace heddle::threading
