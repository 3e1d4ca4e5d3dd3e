// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <barrier>
#include <chrono>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include <heddle/gtest.hpp>

// The rest of what the standard library has for waiting for each other, and the rarer functions of
// what surface_test.cpp begins with. Every body is correct.
namespace {

using namespace std::chrono_literals;

heddle::options quick() {
  heddle::options made;
  made.executions = 200;
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

HEDDLE_TEST(NativeSurface, RecursiveTimedMutex, quick()) {
  std::recursive_timed_mutex mutex;
  int count = 0;
  in_two_threads([&] {
    const std::unique_lock outer(mutex, 1h);
    if (!outer) return;
    EXPECT_TRUE(mutex.try_lock());
    EXPECT_TRUE(mutex.try_lock_until(std::chrono::steady_clock::now() + 1h));
    ++count;
    mutex.unlock();
    mutex.unlock();
  });
  EXPECT_GE(count, 1);
}

HEDDLE_TEST(NativeSurface, TimedMutexByBothClocks, quick()) {
  std::timed_mutex mutex;
  const std::lock_guard taken(mutex);
  std::thread other([&] {
    const auto before = std::chrono::steady_clock::now();
    EXPECT_FALSE(mutex.try_lock_until(std::chrono::steady_clock::now() + 1h));
    EXPECT_FALSE(mutex.try_lock_until(std::chrono::system_clock::now() + 1h));
    EXPECT_FALSE(mutex.try_lock());
    EXPECT_GE(std::chrono::steady_clock::now() - before, 2h);
  });
  other.join();
}

HEDDLE_TEST(NativeSurface, SharedTimedMutex, quick()) {
  std::shared_timed_mutex mutex;
  int value = 0;
  std::thread writer([&] {
    const std::unique_lock lock(mutex, std::defer_lock);
    const std::unique_lock in_time(mutex, 1h);
    if (in_time) value = 1;
  });
  std::thread reader([&] {
    const std::shared_lock lock(mutex, 1h);
    if (lock) {
      EXPECT_LE(value, 1);
    }
  });
  {
    std::shared_lock lock(mutex, std::try_to_lock);
    if (lock) {
      EXPECT_LE(value, 1);
    }
  }
  writer.join();
  reader.join();
}

HEDDLE_TEST(NativeSurface, TryLockOfASharedMutex, quick()) {
  std::shared_mutex mutex;
  int value = 0;
  in_two_threads([&] {
    if (mutex.try_lock()) {
      ++value;
      mutex.unlock();
    } else if (mutex.try_lock_shared()) {
      EXPECT_EQ(value, 1);
      mutex.unlock_shared();
    }
  });
  EXPECT_GE(value, 1);
}

HEDDLE_TEST(NativeSurface, LockOfSeveral, quick()) {
  std::mutex first;
  std::recursive_mutex second;
  std::timed_mutex third;
  int count = 0;
  std::thread a([&] {
    std::lock(first, second, third);
    const std::lock_guard one(first, std::adopt_lock);
    const std::lock_guard two(second, std::adopt_lock);
    const std::lock_guard three(third, std::adopt_lock);
    ++count;
  });
  std::thread b([&] {
    const std::scoped_lock all(third, second, first);
    ++count;
  });
  a.join();
  b.join();
  EXPECT_EQ(count, 2);
}

HEDDLE_TEST(NativeSurface, TryLockOfSeveral, quick()) {
  std::mutex first;
  std::mutex second;
  int count = 0;
  in_two_threads([&] {
    const int taken = std::try_lock(first, second);
    if (taken != -1) {
      EXPECT_LE(taken, 1);
      return;
    }
    ++count;
    second.unlock();
    first.unlock();
  });
  EXPECT_GE(count, 1);
}

HEDDLE_TEST(NativeSurface, LocksThatMove, quick()) {
  std::mutex mutex;
  int count = 0;
  in_two_threads([&] {
    std::unique_lock lock(mutex);
    std::unique_lock<std::mutex> mine(std::move(lock));
    ++count;
    mine.unlock();
    mine.lock();
    ++count;
    mine.release()->unlock();
  });
  EXPECT_EQ(count, 4);
}

HEDDLE_TEST(NativeSurface, WaitOfAnyLockUntilStopped, quick()) {
  std::mutex mutex;
  std::condition_variable_any changed;
  std::jthread waiter([&](std::stop_token stop) {
    std::unique_lock lock(mutex);
    EXPECT_FALSE(changed.wait(lock, stop, [] { return false; }));
  });
}

HEDDLE_TEST(NativeSurface, TimedWaitsOfAnyLock, quick()) {
  std::timed_mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(never.wait_for(lock, 1h), std::cv_status::timeout);
  EXPECT_FALSE(never.wait_until(lock, std::chrono::system_clock::now() + 1h, [] { return false; }));
  EXPECT_GE(std::chrono::steady_clock::now() - before, 2h);
}

HEDDLE_TEST(NativeSurface, NotifyAtThreadExit, quick()) {
  std::mutex mutex;
  std::condition_variable over;
  bool done = false;
  std::thread worker([&] {
    std::unique_lock lock(mutex);
    done = true;
    std::notify_all_at_thread_exit(over, std::move(lock));
  });
  {
    std::unique_lock lock(mutex);
    over.wait(lock, [&] { return done; });
  }
  worker.join();
}

HEDDLE_TEST(NativeSurface, StopCallbacks, quick()) {
  std::stop_source source;
  int calls = 0;
  {
    std::thread stopper([&] { source.request_stop(); });
    const std::stop_callback callback(source.get_token(), [&] { ++calls; });
    stopper.join();
    EXPECT_TRUE(source.get_token().stop_requested());
  }
  EXPECT_EQ(calls, 1);
}

HEDDLE_TEST(NativeSurface, SemaphoresThatTry, quick()) {
  std::binary_semaphore gate(0);
  int tries = 0;
  std::thread other([&] { gate.release(); });
  while (!gate.try_acquire_for(1h)) ++tries;
  EXPECT_LE(tries, 1);
  EXPECT_FALSE(gate.try_acquire());
  EXPECT_FALSE(gate.try_acquire_until(std::chrono::steady_clock::now() + 1h));
  other.join();
}

HEDDLE_TEST(NativeSurface, WideSemaphore, quick()) {
  std::counting_semaphore<> places(2);
  in_two_threads([&] {
    places.acquire();
    places.release(1);
  });
  places.acquire();
  places.acquire();
  EXPECT_FALSE(places.try_acquire());
}

HEDDLE_TEST(NativeSurface, LatchOfWhichEachPartWaits, quick()) {
  std::latch all(3);
  int parts[2] = {0, 0};
  const auto work = [&](int who) {
    parts[who] = 1;
    all.arrive_and_wait();
    EXPECT_EQ(parts[0] + parts[1], 2);
  };
  std::thread a(work, 0);
  std::thread b(work, 1);
  EXPECT_FALSE(all.try_wait());
  all.count_down();
  a.join();
  b.join();
  EXPECT_TRUE(all.try_wait());
}

HEDDLE_TEST(NativeSurface, BarrierThatIsLeft, quick()) {
  int phases = 0;
  std::barrier meeting(2, [&]() noexcept { ++phases; });
  std::thread other([&] {
    meeting.arrive_and_wait();
    meeting.arrive_and_drop();
  });
  meeting.arrive_and_wait();
  meeting.wait(meeting.arrive());
  other.join();
  EXPECT_EQ(phases, 2);
  meeting.arrive_and_wait();
  EXPECT_EQ(phases, 3);
}

}  // namespace
