// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <future>
#include <latch>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include <heddle/library/plain_var.hpp>

namespace heddle {

// The standard library as a template argument, for code that is written once:
//
//   template <class Library = heddle::real>
//   class mailbox { typename Library::mutex guard_; ... };
//
//   mailbox<> in production;  mailbox<heddle::controlled> in tests (<heddle/heddle.hpp>)
//
// Aliases and inline calls, nothing else; it needs no library of Heddle's.
struct real {
  // <thread>, <stop_token>, <mutex>, <shared_mutex>, <condition_variable>, <semaphore>, <latch>
  using thread = std::thread;
  using jthread = std::jthread;
  using stop_token = std::stop_token;
  using stop_source = std::stop_source;
  using mutex = std::mutex;
  using timed_mutex = std::timed_mutex;
  using recursive_mutex = std::recursive_mutex;
  using recursive_timed_mutex = std::recursive_timed_mutex;
  using shared_mutex = std::shared_mutex;
  using shared_timed_mutex = std::shared_timed_mutex;
  using condition_variable = std::condition_variable;
  using condition_variable_any = std::condition_variable_any;
  using once_flag = std::once_flag;
  using binary_semaphore = std::binary_semaphore;
  using latch = std::latch;
  using atomic_flag = std::atomic_flag;
  using cv_status = std::cv_status;
  using future_status = std::future_status;
  using future_error = std::future_error;
  using launch = std::launch;
  template <std::ptrdiff_t... LeastMax>
  using counting_semaphore = std::counting_semaphore<LeastMax...>;
  // <barrier>: with a completion function, which it names, or without
  template <class... Completion>
  using barrier = std::barrier<Completion...>;
  template <class... Mutexes>
  using scoped_lock = std::scoped_lock<Mutexes...>;
  // <atomic>, <future>, the guards
  template <class T>
  using atomic = std::atomic<T>;
  template <class T>
  using atomic_ref = std::atomic_ref<T>;
  template <class T>
  using lock_guard = std::lock_guard<T>;
  template <class T>
  using unique_lock = std::unique_lock<T>;
  template <class T>
  using shared_lock = std::shared_lock<T>;
  template <class T>
  using stop_callback = std::stop_callback<T>;
  template <class T>
  using promise = std::promise<T>;
  template <class T>
  using future = std::future<T>;
  template <class T>
  using shared_future = std::shared_future<T>;
  template <class T>
  using packaged_task = std::packaged_task<T>;
  // plain data that threads share, and one value for each thread
  template <class T>
  using var = plain_var<T>;
  // <chrono>
  using steady_clock = std::chrono::steady_clock;
  using system_clock = std::chrono::system_clock;
  using high_resolution_clock = std::chrono::high_resolution_clock;

  struct this_thread {
    [[nodiscard]] static thread::id get_id() noexcept { return std::this_thread::get_id(); }
    static void yield() { std::this_thread::yield(); }
    template <class Rep, class Period>
    static void sleep_for(const std::chrono::duration<Rep, Period>& time) {
      std::this_thread::sleep_for(time);
    }
    template <class Clock, class Duration>
    static void sleep_until(const std::chrono::time_point<Clock, Duration>& deadline) {
      std::this_thread::sleep_until(deadline);
    }
  };

  template <class... Lockables>
  static void lock(Lockables&... all) {
    std::lock(all...);
  }
  template <class... Lockables>
  [[nodiscard]] static int try_lock(Lockables&... all) {
    return std::try_lock(all...);
  }
  template <class... Args>
  static void call_once(once_flag& flag, Args&&... args) {
    std::call_once(flag, std::forward<Args>(args)...);
  }
  template <class... Args>
  [[nodiscard]] static auto async(Args&&... args) {
    return std::async(std::forward<Args>(args)...);
  }
  static void notify_all_at_thread_exit(condition_variable& on, unique_lock<mutex> lock) {
    std::notify_all_at_thread_exit(on, std::move(lock));
  }
  static void atomic_thread_fence(std::memory_order order) noexcept {
    std::atomic_thread_fence(order);
  }
};

}  // namespace heddle
