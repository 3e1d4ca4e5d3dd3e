// SPDX-License-Identifier: MIT
//
// The same functions three times: WAY 0 in the words of the standard, 1 with heddle::real as a
// template argument, 2 through the macro. The test zero_cost compares what the compiler makes of
// them.
#if WAY == 0

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <thread>

using sync_mutex = std::mutex;
using sync_shared_mutex = std::shared_mutex;
using sync_condition = std::condition_variable;
using sync_semaphore = std::counting_semaphore<>;
template <class T>
using sync_atomic = std::atomic<T>;
template <class T>
using sync_var = T;
template <class M>
using sync_guard = std::lock_guard<M>;
template <class M>
using sync_unique = std::unique_lock<M>;
template <class M>
using sync_shared = std::shared_lock<M>;
template <class... M>
using sync_scoped = std::scoped_lock<M...>;
#define FENCE std::atomic_thread_fence
#define YIELD std::this_thread::yield
#define SLEEP std::this_thread::sleep_for
#define NOW std::chrono::steady_clock::now

#elif WAY == 1

#include <heddle/library/real.hpp>

template <class Library>
struct chosen {
  using mutex = typename Library::mutex;
};
using library = heddle::real;
using sync_mutex = chosen<library>::mutex;
using sync_shared_mutex = library::shared_mutex;
using sync_condition = library::condition_variable;
using sync_semaphore = library::counting_semaphore<>;
template <class T>
using sync_atomic = library::atomic<T>;
template <class T>
using sync_var = library::var<T>;
template <class M>
using sync_guard = library::lock_guard<M>;
template <class M>
using sync_unique = library::unique_lock<M>;
template <class M>
using sync_shared = library::shared_lock<M>;
template <class... M>
using sync_scoped = library::scoped_lock<M...>;
#define FENCE library::atomic_thread_fence
#define YIELD library::this_thread::yield
#define SLEEP library::this_thread::sleep_for
#define NOW library::steady_clock::now

#else

#include <heddle/standard.hpp>

namespace conc = HEDDLE_STD;
using sync_mutex = conc::mutex;
using sync_shared_mutex = conc::shared_mutex;
using sync_condition = conc::condition_variable;
using sync_semaphore = conc::counting_semaphore<>;
template <class T>
using sync_atomic = conc::atomic<T>;
template <class T>
using sync_var = HEDDLE_VAR<T>;
template <class M>
using sync_guard = conc::lock_guard<M>;
template <class M>
using sync_unique = conc::unique_lock<M>;
template <class M>
using sync_shared = conc::shared_lock<M>;
template <class... M>
using sync_scoped = conc::scoped_lock<M...>;
#define FENCE conc::atomic_thread_fence
#define YIELD conc::this_thread::yield
#define SLEEP conc::this_thread::sleep_for
#define NOW conc::chrono::steady_clock::now

#endif

extern "C" {

struct account;
int deposit(sync_mutex& guard, sync_var<int>& balance, int amount) {
  const sync_guard<sync_mutex> lock(guard);
  balance += amount;
  ++balance;
  return balance;
}

void transfer(sync_mutex& from, sync_mutex& to, sync_var<long>& a, sync_var<long>& b) {
  const sync_scoped<sync_mutex, sync_mutex> both(from, to);
  a -= 10;
  b += 10;
}

int take(sync_mutex& guard, sync_condition& filled, sync_var<int>& letters) {
  sync_unique<sync_mutex> lock(guard);
  while (letters == 0) filled.wait(lock);
  const int taken = letters;
  letters = 0;
  return taken;
}

int read_both(sync_shared_mutex& guard, const sync_var<int>& a, const sync_var<int>& b) {
  const sync_shared<sync_shared_mutex> lock(guard);
  return a + b;
}

int publish(sync_atomic<int>& flag, sync_var<int>& data) {
  data = 5;
  FENCE(std::memory_order_release);
  flag.store(1, std::memory_order_relaxed);
  int expected = 1;
  while (!flag.compare_exchange_weak(expected, 2, std::memory_order_acq_rel)) expected = 1;
  return flag.fetch_add(3);
}

long wait_a_little(sync_semaphore& gate) {
  YIELD();
  SLEEP(std::chrono::milliseconds(1));
  gate.release();
  gate.acquire();
  return NOW().time_since_epoch().count();
}

}  // extern "C"
