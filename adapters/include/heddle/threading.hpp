// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/shim/threading/toolkit.hpp>

// Real where HEDDLE_REAL says so, or where <heddle/standard.hpp> was included before and is.
#if defined(HEDDLE_REAL) || \
    (defined(HEDDLE_STD) && !(defined(HEDDLE_CONTROLLED) && HEDDLE_CONTROLLED))
#define HEDDLE_TOOLKIT_BACKEND ::heddle::threading::real
#include <heddle/shim/threading/real.hpp>
#else
#define HEDDLE_TOOLKIT_BACKEND ::heddle::threading::controlled
#include <heddle/shim/threading/controlled.hpp>
#endif

// The threading toolkit of everyday textbooks. By default it is under control and belongs into the
// body of a test; with HEDDLE_REAL defined the same names stand on the standard library alone, need
// no library of Heddle's, and belong into the program that ships. docs/threading.md has the rules.
namespace heddle::threading {

using tools = toolkit<HEDDLE_TOOLKIT_BACKEND>;
#undef HEDDLE_TOOLKIT_BACKEND

using lock = tools::lock;
using reentrant_lock = tools::reentrant_lock;
using spin_lock = tools::spin_lock;
using condition = tools::condition;
using semaphore = tools::semaphore;
using bounded_semaphore = tools::bounded_semaphore;
using event = tools::event;
using timer = tools::timer;
using barrier = tools::barrier;
using countdown_latch = tools::countdown_latch;
using counter = tools::counter;
using thread = tools::thread;
using thread_view = tools::thread_view;
using thread_pool = tools::thread_pool;
using uncaught_exception = tools::uncaught;
template <class T>
using future = tools::future<T>;
template <class T>
using local = tools::local<T>;
template <class T>
using queue = tools::queue<T>;
template <class T>
using lifo_queue = tools::lifo_queue<T>;
template <class T, class Less = std::less<T>>
using priority_queue = tools::priority_queue<T, Less>;

[[nodiscard]] inline thread_view current_thread() { return tools::current_thread(); }
[[nodiscard]] inline thread_view main_thread() { return tools::main_thread(); }
[[nodiscard]] inline int active_count(location where = location::current()) {
  return tools::active_count(where);
}
[[nodiscard]] inline std::vector<thread_view> enumerate_threads(
    location where = location::current()) {
  return tools::enumerate_threads(where);
}
inline void set_exception_hook(std::function<void(const uncaught_exception&)> hook) {
  tools::set_exception_hook(std::move(hook));
}
template <class Rep, class Period>
void sleep(const std::chrono::duration<Rep, Period>& time, location where = location::current()) {
  tools::sleep(time, where);
}
inline void yield(location where = location::current()) { tools::yield(where); }

}  // namespace heddle::threading
