// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <utility>

#include <heddle/shim/standard.hpp>
#include <heddle/shim/var.hpp>

namespace heddle {

// Heddle as a template argument, beside heddle::real (<heddle/library/real.hpp>).
struct controlled {
  // <thread>, <stop_token>, <mutex>, <shared_mutex>, <condition_variable>, <semaphore>, <latch>
  using thread = heddle::thread;
  using jthread = heddle::jthread;
  using stop_token = heddle::stop_token;
  using stop_source = heddle::stop_source;
  using mutex = heddle::mutex;
  using timed_mutex = heddle::timed_mutex;
  using recursive_mutex = heddle::recursive_mutex;
  using recursive_timed_mutex = heddle::recursive_timed_mutex;
  using shared_mutex = heddle::shared_mutex;
  using shared_timed_mutex = heddle::shared_timed_mutex;
  using condition_variable = heddle::condition_variable;
  using condition_variable_any = heddle::condition_variable_any;
  using once_flag = heddle::once_flag;
  using binary_semaphore = heddle::binary_semaphore;
  using latch = heddle::latch;
  using atomic_flag = heddle::atomic_flag;
  using cv_status = heddle::cv_status;
  using future_status = heddle::future_status;
  using future_error = heddle::future_error;
  using launch = heddle::launch;
  template <std::ptrdiff_t... LeastMax>
  using counting_semaphore = heddle::counting_semaphore<LeastMax...>;
  // <barrier>: with a completion function, which it names, or without
  template <class... Completion>
  using barrier = heddle::barrier<Completion...>;
  template <class... Mutexes>
  using scoped_lock = heddle::scoped_lock<Mutexes...>;
  // <atomic>, <future>, the guards
  template <class T>
  using atomic = heddle::atomic<T>;
  template <class T>
  using atomic_ref = heddle::atomic_ref<T>;
  template <class T>
  using lock_guard = heddle::lock_guard<T>;
  template <class T>
  using unique_lock = heddle::unique_lock<T>;
  template <class T>
  using shared_lock = heddle::shared_lock<T>;
  template <class T>
  using stop_callback = heddle::stop_callback<T>;
  template <class T>
  using promise = heddle::promise<T>;
  template <class T>
  using future = heddle::future<T>;
  template <class T>
  using shared_future = heddle::shared_future<T>;
  template <class T>
  using packaged_task = heddle::packaged_task<T>;
  // plain data that threads share, and one value for each thread
  template <class T>
  using var = heddle::var<T>;
  // <chrono>
  using steady_clock = heddle::steady_clock;
  using system_clock = heddle::system_clock;
  using high_resolution_clock = heddle::high_resolution_clock;

  struct this_thread {
    [[nodiscard]] static thread::id get_id() noexcept { return heddle::this_thread::get_id(); }
    static void yield(location where = location::current()) { heddle::this_thread::yield(where); }
    template <class Rep, class Period>
    static void sleep_for(const std::chrono::duration<Rep, Period>& time,
                          location where = location::current()) {
      heddle::this_thread::sleep_for(time, where);
    }
    template <class Clock, class Duration>
    static void sleep_until(const std::chrono::time_point<Clock, Duration>& deadline,
                            location where = location::current()) {
      heddle::this_thread::sleep_until(deadline, where);
    }
  };

  template <class... Lockables>
  static void lock(Lockables&... all) {
    heddle::lock(all...);
  }
  template <class... Lockables>
  [[nodiscard]] static int try_lock(Lockables&... all) {
    return heddle::try_lock(all...);
  }
  template <class... Args>
  static void call_once(once_flag& flag, Args&&... args) {
    heddle::call_once(flag, std::forward<Args>(args)...);
  }
  template <class... Args>
  [[nodiscard]] static auto async(Args&&... args) {
    return heddle::async(std::forward<Args>(args)...);
  }
  static void notify_all_at_thread_exit(condition_variable& on, unique_lock<mutex> lock) {
    heddle::notify_all_at_thread_exit(on, std::move(lock));
  }
  static void atomic_thread_fence(std::memory_order order) noexcept {
    heddle::atomic_thread_fence(order);
  }
};

}  // namespace heddle
