// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include <heddle/shim/threading/barrier.hpp>
#include <heddle/shim/threading/condition.hpp>
#include <heddle/shim/threading/countdown_latch.hpp>
#include <heddle/shim/threading/counter.hpp>
#include <heddle/shim/threading/event.hpp>
#include <heddle/shim/threading/guard.hpp>
#include <heddle/shim/threading/guard_all.hpp>
#include <heddle/shim/threading/local.hpp>
#include <heddle/shim/threading/queue.hpp>
#include <heddle/shim/threading/semaphore.hpp>
#include <heddle/shim/threading/spin_lock.hpp>
#include <heddle/shim/threading/thread_pool.hpp>
#include <heddle/shim/threading/timer.hpp>

namespace heddle::threading {

// The toolkit on a backend, for code that takes it as a template parameter:
//   template <class Toolkit> void body() { typename Toolkit::event ready; ... }
template <class Backend>
struct toolkit {
  using backend = Backend;
  using lock = basic_lock<Backend>;
  using reentrant_lock = basic_reentrant_lock<Backend>;
  using spin_lock = basic_spin_lock<Backend>;
  using condition = basic_condition<Backend>;
  using semaphore = basic_semaphore<Backend, false>;
  using bounded_semaphore = basic_semaphore<Backend, true>;
  using event = basic_event<Backend>;
  using barrier = basic_barrier<Backend>;
  using countdown_latch = basic_countdown_latch<Backend>;
  using counter = basic_counter<Backend>;
  using thread = basic_thread<Backend>;
  using thread_view = basic_thread_view<Backend>;
  using timer = basic_timer<Backend>;
  using thread_pool = basic_thread_pool<Backend>;
  template <class T>
  using future = basic_future<Backend, T>;
  template <class T>
  using local = basic_local<Backend, T>;
  template <class T>
  using queue = basic_queue<Backend, T, fifo_order<T>>;
  template <class T>
  using lifo_queue = basic_queue<Backend, T, lifo_order<T>>;
  template <class T, class Less = std::less<T>>
  using priority_queue = basic_queue<Backend, T, priority_order<T, Less>>;
  using uncaught = threading::uncaught<Backend>;

  [[nodiscard]] static thread_view current_thread() {
    return thread_view(registry<Backend>::of_this_run().current());
  }
  [[nodiscard]] static thread_view main_thread() {
    return thread_view(registry<Backend>::of_this_run().main());
  }
  // Threads that are alive, the main one first.
  [[nodiscard]] static std::vector<thread_view> enumerate_threads(
      location where = location::current()) {
    auto& all = registry<Backend>::of_this_run();
    typename Backend::section here(all.monitor, enumerate_call, where);
    return all.alive();
  }
  [[nodiscard]] static int active_count(location where = location::current()) {
    return static_cast<int>(enumerate_threads(where).size());
  }
  // Told of every exception that a toolkit thread does not catch; null: back to the default, which
  // is a failure of the test. Holds until the end of the execution.
  static void set_exception_hook(std::function<void(const uncaught&)> hook) {
    registry<Backend>::of_this_run().set_hook(std::move(hook));
  }
  // Blocks at least as long as asked.
  template <class Rep, class Period>
  static void sleep(const std::chrono::duration<Rep, Period>& time,
                    location where = location::current()) {
    Backend::sleep_until(Backend::in(time), where);
  }
  static void yield(location where = location::current()) { Backend::yield(where); }

 private:
  static constexpr sched::monitor_call enumerate_call{.name = "enumerate", .reads = true};
};

}  // namespace heddle::threading
