// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <heddle/gtest.hpp>
#include <heddle/library/real.hpp>
#include <string>

#include "hashing.hpp"

// The same bodies, written once, through both doors: the results must be the same, and where the
// operations are the same, so must the number of executions be.
namespace {

using heddle::controlled;
using heddle::real;

heddle::options every(const char* name) {
  heddle::options made;
  made.name = name;
  made.explorer = "dfs";
  made.executions = 20'000;
  made.time = std::chrono::seconds(20);
  made.races = heddle::races::off;
  return made;
}

// `body` is a template over the library; the executions are counted where `same_operations`.
template <class Body>
void expect_same(const char* name, Body body, bool same_operations = true) {
  if (hashes::wanted()) {
    hashes::print(name, [&] { static_cast<void>(body(real{})); });
    return;
  }
  const auto source = heddle::outcomes(every(name), [&] { return body(controlled{}); });
  const auto native = heddle::outcomes(every(name), [&] { return body(real{}); });
  EXPECT_EQ(source.values(), native.values());
  EXPECT_GT(source.size(), 0u);
  EXPECT_EQ(source.report.deadlocked != 0, native.report.deadlocked != 0);
  EXPECT_EQ(source.report.failed != 0, native.report.failed != 0) << native.report.text();
  if (same_operations) {
    EXPECT_EQ(source.report.executions, native.report.executions);
    EXPECT_EQ(source.report.deadlocked, native.report.deadlocked);
  } else {
    EXPECT_GT(native.report.executions, 1);
  }
}

TEST(NativeDoors, LostUpdateOfAnAtomic) {
  expect_same("lost update", [](auto library) {
    using lib = decltype(library);
    typename lib::template atomic<int> count{0};
    const auto add = [&] { count.store(count.load() + 1); };
    typename lib::thread a(add);
    typename lib::thread b(add);
    a.join();
    b.join();
    return count.load();
  });
}

TEST(NativeDoors, FetchAddAndExchange) {
  expect_same("fetch_add", [](auto library) {
    using lib = decltype(library);
    typename lib::template atomic<int> count{0};
    int seen = 0;
    typename lib::thread a([&] { count.fetch_add(1); });
    typename lib::thread b([&] { seen = count.exchange(5); });
    a.join();
    b.join();
    return seen * 10 + count.load();
  });
}

TEST(NativeDoors, StoreBuffering) {
  expect_same("store buffering", [](auto library) {
    using lib = decltype(library);
    typename lib::template atomic<int> x{0};
    typename lib::template atomic<int> y{0};
    int a = 0;
    int b = 0;
    typename lib::thread first([&] {
      x.store(1);
      a = y.load();
    });
    typename lib::thread second([&] {
      y.store(1);
      b = x.load();
    });
    first.join();
    second.join();
    return a * 2 + b;
  });
}

TEST(NativeDoors, CompareExchange) {
  expect_same("compare_exchange", [](auto library) {
    using lib = decltype(library);
    typename lib::template atomic<int> owner{0};
    int winners = 0;
    const auto claim = [&](int who) {
      int nobody = 0;
      if (owner.compare_exchange_strong(nobody, who)) winners = winners * 10 + who;
    };
    typename lib::thread a(claim, 1);
    typename lib::thread b(claim, 2);
    a.join();
    b.join();
    return winners;
  });
}

TEST(NativeDoors, MutexOrder) {
  expect_same("mutex", [](auto library) {
    using lib = decltype(library);
    typename lib::mutex mutex;
    std::string order;
    const auto enter = [&](char who) {
      const typename lib::template lock_guard<typename lib::mutex> lock(mutex);
      order += who;
    };
    typename lib::thread a(enter, 'a');
    typename lib::thread b(enter, 'b');
    a.join();
    b.join();
    return order;
  });
}

TEST(NativeDoors, LockOrder) {
  expect_same("lock order", [](auto library) {
    using lib = decltype(library);
    using guard = typename lib::template lock_guard<typename lib::mutex>;
    typename lib::mutex first;
    typename lib::mutex second;
    typename lib::thread a([&] {
      const guard one(first);
      const guard two(second);
    });
    typename lib::thread b([&] {
      const guard one(second);
      const guard two(first);
    });
    a.join();
    b.join();
    return 0;
  });
}

TEST(NativeDoors, TryLock) {
  expect_same("try_lock", [](auto library) {
    using lib = decltype(library);
    typename lib::mutex mutex;
    int entered = 0;
    const auto enter = [&](int who) {
      if (!mutex.try_lock()) return;
      entered = entered * 10 + who;
      mutex.unlock();
    };
    typename lib::thread a(enter, 1);
    typename lib::thread b(enter, 2);
    a.join();
    b.join();
    return entered;
  });
}

TEST(NativeDoors, RecursiveMutex) {
  expect_same("recursive mutex", [](auto library) {
    using lib = decltype(library);
    typename lib::recursive_mutex mutex;
    std::string order;
    const auto enter = [&](char who) {
      mutex.lock();
      mutex.lock();
      order += who;
      mutex.unlock();
      mutex.unlock();
    };
    typename lib::thread a(enter, 'a');
    typename lib::thread b(enter, 'b');
    a.join();
    b.join();
    return order;
  });
}

TEST(NativeDoors, SharedMutex) {
  expect_same("shared mutex", [](auto library) {
    using lib = decltype(library);
    typename lib::shared_mutex mutex;
    int value = 0;
    int seen = 0;
    typename lib::thread writer([&] {
      mutex.lock();
      value = 1;
      mutex.unlock();
    });
    typename lib::thread reader([&] {
      mutex.lock_shared();
      seen = value;
      mutex.unlock_shared();
    });
    writer.join();
    reader.join();
    return seen;
  });
}

TEST(NativeDoors, MissedNotification) {
  expect_same("missed notification", [](auto library) {
    using lib = decltype(library);
    typename lib::mutex mutex;
    typename lib::condition_variable changed;
    typename lib::thread waiter([&] {
      typename lib::template unique_lock<typename lib::mutex> lock(mutex);
      changed.wait(lock);
    });
    changed.notify_one();
    waiter.join();
    return 0;
  });
}

TEST(NativeDoors, WhoIsWoken) {
  expect_same("notify_one", [](auto library) {
    using lib = decltype(library);
    typename lib::mutex mutex;
    typename lib::condition_variable changed;
    int tickets = 0;
    std::string order;
    const auto wait = [&](char who) {
      typename lib::template unique_lock<typename lib::mutex> lock(mutex);
      changed.wait(lock, [&] { return tickets != 0; });
      --tickets;
      order += who;
    };
    typename lib::thread a(wait, 'a');
    typename lib::thread b(wait, 'b');
    {
      const typename lib::template lock_guard<typename lib::mutex> lock(mutex);
      tickets = 2;
    }
    changed.notify_one();
    changed.notify_one();
    a.join();
    b.join();
    return order;
  });
}

TEST(NativeDoors, TimedWait) {
  expect_same(
      "timed wait",
      [](auto library) {
        using lib = decltype(library);
        typename lib::mutex mutex;
        typename lib::condition_variable changed;
        bool ready = false;
        bool seen = false;
        typename lib::thread waiter([&] {
          typename lib::template unique_lock<typename lib::mutex> lock(mutex);
          seen = changed.wait_for(lock, std::chrono::seconds(1), [&] { return ready; });
        });
        {
          const typename lib::template lock_guard<typename lib::mutex> lock(mutex);
          ready = true;
        }
        changed.notify_one();
        waiter.join();
        return seen;
      },
      false);
}

// Library code between the call and the operation: more operations, the same results.
TEST(NativeDoors, CallOnce) {
  expect_same("call_once", [](auto library) {
    using lib = decltype(library);
    typename lib::once_flag once;
    int winner = 0;
    const auto call = [&](int who) { lib::call_once(once, [&] { winner = who; }); };
    typename lib::thread a(call, 1);
    typename lib::thread b(call, 2);
    a.join();
    b.join();
    return winner;
  });
}

TEST(NativeDoors, Futures) {
  expect_same(
      "future",
      [](auto library) {
        using lib = decltype(library);
        typename lib::template promise<int> promise;
        auto future = promise.get_future();
        typename lib::thread setter([&] { promise.set_value(7); });
        const int value = future.get();
        setter.join();
        return value;
      },
      false);
}

TEST(NativeDoors, Semaphore) {
  expect_same(
      "semaphore",
      [](auto library) {
        using lib = decltype(library);
        typename lib::binary_semaphore free(1);
        std::string order;
        const auto enter = [&](char who) {
          free.acquire();
          order += who;
          free.release();
        };
        typename lib::thread a(enter, 'a');
        typename lib::thread b(enter, 'b');
        a.join();
        b.join();
        return order;
      },
      false);
}

TEST(NativeDoors, AtomicWait) {
  expect_same(
      "atomic wait",
      [](auto library) {
        using lib = decltype(library);
        typename lib::template atomic<int> stage{0};
        int seen = 0;
        typename lib::thread waiter([&] {
          stage.wait(0);
          seen = stage.load();
        });
        stage.store(1);
        stage.notify_one();
        waiter.join();
        return seen;
      },
      false);
}

}  // namespace
