// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include <heddle/sched/monitor.hpp>
#include <heddle/shim/threading/errors.hpp>

namespace heddle::threading {

// A meeting point, cycle after cycle. The last of `parties` to arrive trips it: it runs the action,
// if there is one, before anybody is released. A timeout, abort(), an action that throws, or
// reset() while others wait breaks it: everyone who waits gets a broken_barrier_error, later waits
// get it at once, and reset() repairs it.
// Level 0: arrived in this cycle. Level 1: cycles that have ended, one way or the other.
template <class Backend>
class basic_barrier {
 public:
  using duration = std::chrono::nanoseconds;

  explicit basic_barrier(int parties, location created = location::current())
      : basic_barrier(parties, {}, {}, created) {}
  // `timeout`: of every wait that names none.
  basic_barrier(int parties, std::function<void()> action,
                std::optional<duration> timeout = std::nullopt,
                location created = location::current())
      : monitor_(type, this, created),
        parties_(parties),
        action_(std::move(action)),
        timeout_(timeout) {
    if (parties < 1) throw usage_error("a barrier for less than one party");
  }
  ~basic_barrier() {
    Backend::destroy(monitor_, "it destroys a barrier at which a thread still waits");
  }
  basic_barrier(const basic_barrier&) = delete;
  basic_barrier& operator=(const basic_barrier&) = delete;

  // The number of parties that were still missing when the calling thread arrived: parties - 1 for
  // the first, 0 for the last, each number once per cycle. Throws broken_barrier_error.
  int wait(location where = location::current()) {
    return wait_until(timeout_ ? Backend::in(*timeout_) : Backend::never, where);
  }
  template <class Rep, class Period>
  int wait_for(const std::chrono::duration<Rep, Period>& time,
               location where = location::current()) {
    return wait_until(Backend::in(time), where);
  }
  // Back to the empty, unbroken state; whoever waits gets a broken_barrier_error.
  void reset(location where = location::current()) {
    typename Backend::section here(monitor_, reset_call, where);
    end_cycle(true);
    broken_ = false;
  }
  void abort(location where = location::current()) {
    typename Backend::section here(monitor_, abort_call, where);
    end_cycle(true);
    broken_ = true;
  }
  [[nodiscard]] int parties() const noexcept { return parties_; }
  [[nodiscard]] int n_waiting(location where = location::current()) {
    typename Backend::section here(monitor_, n_waiting_call, where);
    return monitor_.level[0] == parties_ ? 0 : monitor_.level[0];
  }
  [[nodiscard]] bool broken(location where = location::current()) {
    typename Backend::section here(monitor_, broken_call, where);
    return broken_;
  }

  [[nodiscard]] auto& model() noexcept { return monitor_; }

 private:
  struct arrival {  // of a thread that waits, on its stack
    bool broken = false;
  };

  int wait_until(typename Backend::moment deadline, location where) {
    arrival mine;
    std::int32_t cycle = 0;
    int missing = 0;
    {
      // While the action of the last cycle runs, nobody enters the next one.
      typename Backend::section here(monitor_, arrive_call, where, deadline,
                                     {.most = parties_ - 1});
      if (here.timed_out()) {
        break_it(here);
        throw broken_barrier_error();
      }
      if (broken_) {
        here.fail();
        throw broken_barrier_error();
      }
      cycle = monitor_.level[1];
      missing = parties_ - ++monitor_.level[0];
      if (missing == 0 && !action_) {
        end_cycle(false);
        return 0;
      }
      if (missing != 0) waiting_.push_back(&mine);
    }
    if (missing == 0) {
      trip(cycle, where);
      return 0;
    }
    {
      typename Backend::section here(monitor_, await_call, where, deadline,
                                     {.which = 1, .least = cycle + 1});
      if (here.timed_out()) {
        break_it(here);
        mine.broken = true;
      }
    }
    if (mine.broken) throw broken_barrier_error();
    return missing;
  }

  void trip(std::int32_t cycle, location where) {
    try {
      action_();
    } catch (...) {
      {
        typename Backend::section here(monitor_, abort_call, where);
        if (monitor_.level[1] == cycle) end_cycle(true);
        broken_ = true;
      }
      throw;
    }
    bool in_time = false;
    {
      typename Backend::section here(monitor_, trip_call, where);
      in_time = monitor_.level[1] == cycle;  // nobody has broken it meanwhile
      if (in_time) end_cycle(false);
    }
    if (!in_time) throw broken_barrier_error();
  }
  void break_it(typename Backend::section& late) {
    late.take_effect();
    end_cycle(true);
    broken_ = true;
  }
  void end_cycle(bool breaks) {
    for (arrival* at : waiting_) at->broken = breaks;
    waiting_.clear();
    monitor_.level[0] = 0;
    ++monitor_.level[1];
  }
  void forget() noexcept {
    waiting_.clear();
    broken_ = false;
    monitor_.level[0] = 0;
  }

  static constexpr sched::monitor_type type{
      "barrier", [](sched::monitor_object& on) { on.as<basic_barrier>().forget(); },
      [](const sched::monitor_object& on) {  // cycles are no state that anybody can see
        return static_cast<std::uint64_t>(on.level[0]) << 1 |
               static_cast<std::uint64_t>(on.as<basic_barrier>().broken_);
      }};
  static constexpr sched::monitor_call arrive_call{.name = "wait",
                                                   .awaited = "ends the action of its last cycle",
                                                   .in_short = "action of a barrier never ends"};
  static constexpr sched::monitor_call await_call{.name = "wait for the others",
                                                  .awaited = "arrives as the last party",
                                                  .in_short = "barrier short of a party"};
  static constexpr sched::monitor_call trip_call{"release the others"};
  static constexpr sched::monitor_call reset_call{"reset"};
  static constexpr sched::monitor_call abort_call{"abort"};
  static constexpr sched::monitor_call n_waiting_call{.name = "n_waiting", .reads = true};
  static constexpr sched::monitor_call broken_call{.name = "broken", .reads = true};

  typename Backend::monitor monitor_;
  int parties_;
  std::function<void()> action_;
  std::optional<duration> timeout_;
  std::vector<arrival*> waiting_;
  bool broken_ = false;
};

}  // namespace heddle::threading
