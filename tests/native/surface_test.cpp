// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <heddle/gtest.hpp>

#include "hashing.hpp"

// Ordinary C++ of the standard library. Every body is correct, so every exploration stays silent;
// what is wrong in them is in bugs_test.cpp.
namespace {

using namespace std::chrono_literals;

heddle::options quick() {
  heddle::options made;
  made.executions = 300;
  made.time = std::chrono::seconds(3);
  return made;
}

template <class F>
void in_two_threads(F f) {
  std::thread a(f);
  std::thread b(f);
  a.join();
  b.join();
}

HEDDLE_HASHED_TEST(NativeSurface, Thread, quick()) {
  int result = 0;
  std::thread a([&] { result = 42; });
  EXPECT_NE(a.get_id(), std::this_thread::get_id());
  EXPECT_TRUE(a.joinable());
  a.join();
  EXPECT_EQ(result, 42);
}

HEDDLE_HASHED_TEST(NativeSurface, Mutex, quick()) {
  int count = 0;
  std::mutex mutex;
  in_two_threads([&] {
    const std::lock_guard lock(mutex);
    ++count;
  });
  EXPECT_EQ(count, 2);
}

HEDDLE_HASHED_TEST(NativeSurface, RecursiveMutex, quick()) {
  int count = 0;
  std::recursive_mutex mutex;
  in_two_threads([&] {
    const std::lock_guard outer(mutex);
    const std::lock_guard inner(mutex);
    ++count;
  });
  EXPECT_EQ(count, 2);
}

HEDDLE_HASHED_TEST(NativeSurface, TimedMutex, quick()) {
  int count = 0;
  std::timed_mutex mutex;
  in_two_threads([&] {
    if (mutex.try_lock_for(1s)) {
      ++count;
      mutex.unlock();
    }
  });
  EXPECT_GE(count, 1);
}

HEDDLE_HASHED_TEST(NativeSurface, TryLock, quick()) {
  std::mutex mutex;
  int count = 0;
  in_two_threads([&] {
    const std::unique_lock lock(mutex, std::try_to_lock);
    if (lock) ++count;
  });
  EXPECT_GE(count, 1);
}

HEDDLE_HASHED_TEST(NativeSurface, ScopedLockOfTwo, quick()) {
  std::mutex first;
  std::mutex second;
  int count = 0;
  std::thread a([&] {
    const std::scoped_lock lock(first, second);
    ++count;
  });
  std::thread b([&] {
    const std::scoped_lock lock(second, first);
    ++count;
  });
  a.join();
  b.join();
  EXPECT_EQ(count, 2);
}

HEDDLE_HASHED_TEST(NativeSurface, SharedMutex, quick()) {
  std::shared_mutex mutex;
  int value = 0;
  std::thread writer([&] {
    const std::unique_lock lock(mutex);
    value = 1;
  });
  in_two_threads([&] {
    const std::shared_lock lock(mutex);
    EXPECT_LE(value, 1);
  });
  writer.join();
}

HEDDLE_HASHED_TEST(NativeSurface, ConditionVariable, quick()) {
  std::mutex mutex;
  std::condition_variable changed;
  bool ready = false;
  std::thread waiter([&] {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return ready; });
  });
  {
    const std::lock_guard lock(mutex);
    ready = true;
  }
  changed.notify_one();
  waiter.join();
}

HEDDLE_HASHED_TEST(NativeSurface, ConditionVariableAny, quick()) {
  std::shared_mutex mutex;
  std::condition_variable_any changed;
  bool ready = false;
  std::thread waiter([&] {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return ready; });
  });
  {
    const std::lock_guard lock(mutex);
    ready = true;
  }
  changed.notify_all();
  waiter.join();
}

HEDDLE_HASHED_TEST(NativeSurface, TimedWait, quick()) {
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(never.wait_for(lock, 1h), std::cv_status::timeout);
  EXPECT_GE(std::chrono::steady_clock::now() - before, 1h);
}

HEDDLE_HASHED_TEST(NativeSurface, SleepsAndClocks, quick()) {
  const auto steady = std::chrono::steady_clock::now();
  const auto system = std::chrono::system_clock::now();
  std::thread a([] { std::this_thread::sleep_for(24h); });
  a.join();
  EXPECT_GE(std::chrono::steady_clock::now() - steady, 24h);
  EXPECT_GE(std::chrono::system_clock::now() - system, 24h);
}

HEDDLE_HASHED_TEST(NativeSurface, Atomics, quick()) {
  std::atomic<int> whole{0};
  std::atomic<bool> flag{false};
  std::atomic<std::uint8_t> small{250};
  std::atomic<long> wide{0};
  in_two_threads([&] {
    whole.fetch_add(1, std::memory_order_relaxed);
    small += 3;
    wide -= 5;
    flag.store(true, std::memory_order_release);
  });
  EXPECT_EQ(whole, 2);
  EXPECT_EQ(small, 0);
  EXPECT_EQ(wide, -10);
  EXPECT_TRUE(flag);
}

HEDDLE_HASHED_TEST(NativeSurface, CompareExchange, quick()) {
  std::atomic<int> count{0};
  in_two_threads([&] {
    int seen = count.load();
    while (!count.compare_exchange_weak(seen, seen + 1)) {
    }
  });
  EXPECT_EQ(count, 2);
}

struct large {
  long a, b, c;
  bool operator==(const large&) const = default;
};
HEDDLE_HASHED_TEST(NativeSurface, LargeAtomic, quick()) {
  std::atomic<large> value{large{0, 0, 0}};
  in_two_threads([&] {
    large seen = value.load();
    while (!value.compare_exchange_strong(seen, large{seen.a + 1, seen.b + 1, seen.c + 1})) {
    }
  });
  EXPECT_EQ(value.load(), (large{2, 2, 2}));
}

HEDDLE_HASHED_TEST(NativeSurface, Publication, quick()) {
  int data = 0;
  std::atomic<bool> ready{false};
  std::thread writer([&] {
    data = 7;
    ready.store(true, std::memory_order_release);
  });
  if (ready.load(std::memory_order_acquire)) {
    EXPECT_EQ(data, 7);
  }
  writer.join();
}

HEDDLE_HASHED_TEST(NativeSurface, Fences, quick()) {
  int data = 0;
  std::atomic<bool> ready{false};
  std::thread writer([&] {
    data = 7;
    std::atomic_thread_fence(std::memory_order_release);
    ready.store(true, std::memory_order_relaxed);
  });
  if (ready.load(std::memory_order_relaxed)) {
    std::atomic_thread_fence(std::memory_order_acquire);
    EXPECT_EQ(data, 7);
  }
  writer.join();
}

HEDDLE_HASHED_TEST(NativeSurface, AtomicWait, quick()) {
  std::atomic<int> stage{0};
  int data = 0;
  std::thread waiter([&] {
    stage.wait(0);
    EXPECT_EQ(data, 1);
  });
  data = 1;
  stage.store(1);
  stage.notify_all();
  waiter.join();
}

HEDDLE_HASHED_TEST(NativeSurface, PromiseAndFuture, quick()) {
  std::promise<int> promise;
  std::future<int> future = promise.get_future();
  std::thread setter([&] { promise.set_value(3); });
  EXPECT_EQ(future.get(), 3);
  setter.join();
}

HEDDLE_HASHED_TEST(NativeSurface, FutureThatTimesOut, quick()) {
  std::promise<int> promise;
  std::future<int> future = promise.get_future();
  EXPECT_EQ(future.wait_for(1h), std::future_status::timeout);
  promise.set_value(1);
  EXPECT_EQ(future.wait_for(0s), std::future_status::ready);
}

HEDDLE_HASHED_TEST(NativeSurface, Async, quick()) {
  auto a = std::async(std::launch::async, [] { return 1; });
  auto b = std::async(std::launch::async, [] { return 2; });
  EXPECT_EQ(a.get() + b.get(), 3);
}

HEDDLE_HASHED_TEST(NativeSurface, AsyncException, quick()) {
  auto failing = std::async(std::launch::async, []() -> int { throw std::runtime_error("no"); });
  EXPECT_THROW(failing.get(), std::runtime_error);
}

HEDDLE_HASHED_TEST(NativeSurface, Semaphore, quick()) {
  std::counting_semaphore<2> places(1);
  int count = 0;
  in_two_threads([&] {
    places.acquire();
    ++count;
    places.release();
  });
  EXPECT_EQ(count, 2);
}

HEDDLE_HASHED_TEST(NativeSurface, Latch, quick()) {
  std::latch both(2);
  int data[2] = {0, 0};
  std::thread a([&] {
    data[0] = 1;
    both.count_down();
  });
  std::thread b([&] {
    data[1] = 1;
    both.count_down();
  });
  both.wait();
  EXPECT_EQ(data[0] + data[1], 2);
  a.join();
  b.join();
}

HEDDLE_HASHED_TEST(NativeSurface, Barrier, quick()) {
  int sum = 0;
  int parts[2] = {0, 0};
  std::barrier meeting(2, [&]() noexcept { sum = parts[0] + parts[1]; });
  std::thread other([&] {
    parts[1] = 2;
    meeting.arrive_and_wait();
    EXPECT_EQ(sum, 3);
  });
  parts[0] = 1;
  meeting.arrive_and_wait();
  EXPECT_EQ(sum, 3);
  other.join();
}

HEDDLE_HASHED_TEST(NativeSurface, CallOnce, quick()) {
  std::once_flag once;
  int calls = 0;
  in_two_threads([&] {
    std::call_once(once, [&] { ++calls; });
    EXPECT_EQ(calls, 1);
  });
}

HEDDLE_HASHED_TEST(NativeSurface, CallOnceThatThrows, quick()) {
  std::once_flag once;
  int calls = 0;
  in_two_threads([&] {
    try {
      std::call_once(once, [&] {
        if (++calls == 1) throw 1;
      });
    } catch (int) {
    }
  });
  EXPECT_EQ(calls, 2);
}

thread_local int of_this_thread = 5;
HEDDLE_HASHED_TEST(NativeSurface, ThreadLocal, quick()) {
  in_two_threads([] {
    EXPECT_EQ(of_this_thread, 5);
    ++of_this_thread;
    std::this_thread::yield();
    EXPECT_EQ(of_this_thread, 6);
  });
  EXPECT_EQ(of_this_thread, 5);
}

int destroyed = 0;
struct counts_its_end {
  ~counts_its_end() { ++destroyed; }
};
HEDDLE_HASHED_TEST(NativeSurface, ThreadLocalDestructors, quick()) {
  destroyed = 0;
  std::thread a([] { [[maybe_unused]] static thread_local counts_its_end mine; });
  a.join();
  EXPECT_EQ(destroyed, 1);
}

const std::string& lazily_made() {
  static const std::string text = "a string that does not fit into the object itself";
  return text;
}
HEDDLE_HASHED_TEST(NativeSurface, FunctionLocalStatic, quick()) {
  in_two_threads([] { EXPECT_EQ(lazily_made().size(), 49u); });
}

HEDDLE_HASHED_TEST(NativeSurface, SharedPointer, quick()) {
  auto shared = std::make_shared<int>(1);
  std::thread a([copy = shared] { EXPECT_EQ(*copy, 1); });
  std::thread b([copy = shared] { EXPECT_EQ(*copy, 1); });
  shared.reset();
  a.join();
  b.join();
}

HEDDLE_HASHED_TEST(NativeSurface, ExceptionsCrossSwitches, quick()) {
  in_two_threads([] {
    try {
      throw std::runtime_error("first");
    } catch (const std::runtime_error&) {
      std::this_thread::yield();
      try {
        throw;
      } catch (const std::exception& error) {
        EXPECT_STREQ(error.what(), "first");
      }
    }
  });
}

HEDDLE_HASHED_TEST(NativeSurface, Streams, quick()) {
  in_two_threads([] {
    std::ostringstream text;
    text << "pi is about " << 3.14 << " and the answer " << 42;
    EXPECT_EQ(text.str(), "pi is about 3.14 and the answer 42");
  });
}

HEDDLE_HASHED_TEST(NativeSurface, JThreadAndStopToken, quick()) {
  std::atomic<int> rounds{0};
  {
    std::jthread worker([&](std::stop_token stop) {
      while (!stop.stop_requested()) {
        ++rounds;
        std::this_thread::yield();
      }
    });
  }
  SUCCEED();
}

HEDDLE_HASHED_TEST(NativeSurface, DetachedThread, quick()) {
  auto done = std::make_shared<std::atomic<bool>>(false);
  std::thread([done] { done->store(true); }).detach();
  static_cast<void>(done->load());
}

}  // namespace
