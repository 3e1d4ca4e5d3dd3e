// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

#include <heddle/sched/monitor.hpp>
#include <heddle/shim/threading/errors.hpp>

namespace heddle::threading {

// What counting a latch down below zero does.
enum class below_zero { ignored, error };

// Opens when it has been counted down to zero. Level 0: the count.
template <class Backend>
class basic_countdown_latch {
 public:
  explicit basic_countdown_latch(int count, below_zero rule = below_zero::ignored,
                                 location created = location::current())
      : monitor_(type, this, created), initial_(count), rule_(rule) {
    if (count < 0) throw usage_error("a latch with a negative count");
    monitor_.level[0] = count;
  }
  ~basic_countdown_latch() {
    Backend::destroy(monitor_, "it destroys a latch for which a thread still waits");
  }
  basic_countdown_latch(const basic_countdown_latch&) = delete;
  basic_countdown_latch& operator=(const basic_countdown_latch&) = delete;

  void count_down(location where = location::current()) { count_down(1, where); }
  void count_down(int by, location where = location::current()) {
    if (by < 0) throw usage_error("a latch is counted down by a negative number");
    typename Backend::section here(monitor_, count_down_call, where);
    if (by > monitor_.level[0] && rule_ == below_zero::error) {
      here.fail();
      throw usage_error("a latch is counted down below zero");
    }
    monitor_.level[0] -= by < monitor_.level[0] ? by : monitor_.level[0];
  }
  void wait(location where = location::current()) {
    typename Backend::section here(monitor_, wait_call, where, Backend::never, open);
  }
  // False: it did not open in time.
  template <class Rep, class Period>
  bool wait_for(const std::chrono::duration<Rep, Period>& time,
                location where = location::current()) {
    typename Backend::section here(monitor_, wait_call, where, Backend::in(time), open);
    return !here.timed_out();
  }
  [[nodiscard]] int count(location where = location::current()) {
    typename Backend::section here(monitor_, count_call, where);
    return monitor_.level[0];
  }
  // Of an open latch: closes it again. Throws usage_error while it is closed.
  void reset(int count, location where = location::current()) {
    if (count < 0) throw usage_error("a latch with a negative count");
    typename Backend::section here(monitor_, reset_call, where);
    if (monitor_.level[0] != 0) {
      here.fail();
      throw usage_error("reset of a latch that is not open");
    }
    monitor_.level[0] = count;
  }

  [[nodiscard]] auto& model() noexcept { return monitor_; }

 private:
  static constexpr sched::monitor_type type{"countdown_latch", [](sched::monitor_object& on) {
                                              on.level[0] = on.as<basic_countdown_latch>().initial_;
                                            }};
  static constexpr sched::level_range open{.most = 0};
  static constexpr sched::monitor_call count_down_call{"count_down"};
  static constexpr sched::monitor_call reset_call{"reset"};
  static constexpr sched::monitor_call wait_call{.name = "wait",
                                                 .reads = true,
                                                 .awaited = "counts it down to zero",
                                                 .in_short = "latch never opened"};
  static constexpr sched::monitor_call count_call{.name = "count", .reads = true};

  typename Backend::monitor monitor_;
  int initial_;
  below_zero rule_;
};

}  // namespace heddle::threading
