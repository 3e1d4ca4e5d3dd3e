// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <utility>

#include <heddle/shim/threading/thread.hpp>

namespace heddle::threading {

// A thread that does something later: `work` after `interval`, counted from the moment at which the
// thread runs, once. cancel() before that prevents it, afterwards it does nothing; which of the two
// comes first is decided in one operation.
template <class Backend>
class basic_timer {
 public:
  template <class Rep, class Period, class F, class... Args>
  basic_timer(const std::chrono::duration<Rep, Period>& interval, F&& work, Args&&... args)
      : shared_(std::make_shared<shared>()),
        thread_(thread_options{},
                [interval, on = shared_,
                 go = detail::bind_work(std::forward<F>(work), std::forward<Args>(args)...)] {
                  if (on->passes(Backend::in(interval))) go();
                }) {}

  void start(location where = location::current()) { thread_.start(where); }
  void cancel(location where = location::current()) {
    typename Backend::section here(shared_->monitor, cancel_call, where);
    shared_->monitor.level[0] = 1;
  }
  void join(location where = location::current()) { thread_.join(where); }
  template <class Rep, class Period>
  bool join_for(const std::chrono::duration<Rep, Period>& time,
                location where = location::current()) {
    return thread_.join_for(time, where);
  }
  [[nodiscard]] bool is_alive(location where = location::current()) const {
    return thread_.is_alive(where);
  }
  [[nodiscard]] const std::string& name() const noexcept { return thread_.name(); }
  void set_name(std::string to) { thread_.set_name(std::move(to)); }
  void set_daemon(bool to) { thread_.set_daemon(to); }

  [[nodiscard]] auto& model() noexcept { return shared_->monitor; }

 private:
  struct shared {  // outlives the timer where its thread does. Level 0: 1 once cancelled.
    shared() : monitor(type, this, {}) {}
    // False: cancelled before.
    bool passes(typename Backend::moment deadline) {
      typename Backend::section here(monitor, wait_call, {}, deadline, {.least = 1});
      if (!here.timed_out()) return false;
      here.take_effect();
      return true;
    }
    typename Backend::monitor monitor;
  };
  static constexpr sched::monitor_type type{"timer"};
  static constexpr sched::monitor_call wait_call{"wait for the time"};
  static constexpr sched::monitor_call cancel_call{"cancel"};

  std::shared_ptr<shared> shared_;
  basic_thread<Backend> thread_;
};

}  // namespace heddle::threading
