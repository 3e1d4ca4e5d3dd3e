// SPDX-License-Identifier: MIT
//
// Weak memory among everything else that threads do: reduction sees what a depth-first search sees.
#include <gtest/gtest.h>

#include <array>
#include <heddle/heddle.hpp>
#include <memory>

#include "runner.hpp"

namespace litmus {
namespace {

using heddle::atomic;
using heddle::thread;
constexpr auto relaxed = heddle::memory_order_relaxed;
constexpr auto acquire = heddle::memory_order_acquire;
constexpr auto release = heddle::memory_order_release;

using results = std::array<int, 3>;

template <class Body>
std::set<results> same_under_both(Body body) {
  heddle::options how = every_execution("dfs");
  how.rereads = 2;
  how.early_timeouts = 0;
  const auto every = heddle::outcomes(how, body);
  EXPECT_EQ(every.report.coverage, heddle::coverage::exhaustive) << every.report.text();
  how.explorer = "dpor";
  const auto reduced = heddle::outcomes(how, body);
  EXPECT_TRUE(reduced.report.passed()) << reduced.report.text();
  EXPECT_EQ(reduced.values(), every.values());
  EXPECT_EQ(reduced.report.distinct, every.report.distinct);
  EXPECT_LE(reduced.report.executions, every.report.executions);
  return every.values();
}

TEST(MixedWithWeakMemory, AMutex) {
  const auto seen = same_under_both([] {
    heddle::mutex lock;
    atomic<int> x{0};
    atomic<int> y{0};
    results found{};
    thread one([&] {
      y.store(1, relaxed);
      heddle::lock_guard guard(lock);
      x.store(1, relaxed);
    });
    thread two([&] {
      heddle::lock_guard guard(lock);
      found[0] = x.load(relaxed);
      found[1] = y.load(relaxed);
    });
    one.join();
    two.join();
    return found;
  });
  EXPECT_EQ(seen, (std::set<results>{{0, 0, 0}, {0, 1, 0}, {1, 1, 0}}));
}

TEST(MixedWithWeakMemory, StoreBufferingAroundAMutex) {
  same_under_both([] {
    heddle::mutex lock;
    atomic<int> x{0};
    atomic<int> y{0};
    results found{};
    thread one([&] {
      x.store(1, relaxed);
      found[2] += lock.try_lock() ? 1 : 0;
      found[0] = y.load(relaxed);
      if (found[2] == 1) lock.unlock();
    });
    thread two([&] {
      y.store(1, relaxed);
      lock.lock();
      found[1] = x.load(relaxed);
      lock.unlock();
    });
    one.join();
    two.join();
    return found;
  });
}

TEST(MixedWithWeakMemory, AConditionVariable) {
  same_under_both([] {
    heddle::mutex lock;
    heddle::condition_variable ready;
    atomic<int> data{0};
    atomic<int> other{0};
    bool flag = false;
    results found{};
    thread one([&] {
      data.store(1, relaxed);
      other.store(1, relaxed);
      {
        heddle::lock_guard guard(lock);
        flag = true;
      }
      ready.notify_one();
      data.store(2, relaxed);
    });
    thread two([&] {
      found[2] = other.load(relaxed);
      heddle::unique_lock guard(lock);
      ready.wait(guard, [&] { return flag; });
      found[0] = data.load(relaxed);
    });
    one.join();
    two.join();
    return found;
  });
}

TEST(MixedWithWeakMemory, AtomicWaits) {
  same_under_both([] {
    atomic<int> flag{0};
    atomic<int> data{0};
    results found{};
    thread one([&] {
      data.store(1, relaxed);
      flag.store(1, relaxed);
      flag.notify_one();
    });
    thread two([&] {
      flag.wait(0, relaxed);
      found[0] = data.load(relaxed);
      found[1] = flag.load(relaxed);
    });
    one.join();
    two.join();
    return found;
  });
}

TEST(MixedWithWeakMemory, SemaphoresAndChoices) {
  same_under_both([] {
    heddle::counting_semaphore<2> permits{0};
    atomic<int> x{0};
    atomic<int> y{0};
    results found{};
    thread one([&] {
      x.store(1 + static_cast<int>(heddle::choose(2)), relaxed);
      permits.release();
      y.store(1, relaxed);
    });
    thread two([&] {
      found[0] = y.load(relaxed);
      permits.acquire();
      found[1] = x.load(relaxed);
      found[2] = y.load(relaxed);
    });
    one.join();
    two.join();
    return found;
  });
}

// Both are objects of one order of seq_cst operations, although one of them reads newest values
// only.
TEST(MixedWithWeakMemory, AtomicSharedPointers) {
  const auto seen = same_under_both([] {
    atomic<std::shared_ptr<int>> x;
    atomic<int> y{0};
    results found{};
    thread one([&] {
      x.store(std::make_shared<int>(1));
      found[0] = y.load();
    });
    thread two([&] {
      y.store(1);
      found[1] = x.load() != nullptr ? 1 : 0;
      y.store(2, relaxed);
    });
    one.join();
    two.join();
    return found;
  });
  for (const results& at : seen) EXPECT_FALSE(at[0] == 0 && at[1] == 0);
}

// The object itself holds the last of the modification order in the end.
TEST(MixedWithWeakMemory, AtomicReferences) {
  const auto seen = same_under_both([] {
    int x = 0;
    atomic<int> y{0};
    results found{};
    thread one([&] {
      heddle::atomic_ref<int>(x).store(1, relaxed);
      y.store(2, relaxed);
    });
    thread two([&] {
      y.store(1, relaxed);
      heddle::atomic_ref<int>(x).store(2, relaxed);
    });
    one.join();
    two.join();
    found[0] = x;
    found[1] = y.load(relaxed);
    return found;
  });
  EXPECT_EQ(seen, (std::set<results>{{1, 1, 0}, {1, 2, 0}, {2, 1, 0}, {2, 2, 0}}));
}

TEST(MixedWithWeakMemory, ThreadsStartedInBetween) {
  const auto seen = same_under_both([] {
    atomic<int> x{0};
    atomic<int> y{0};
    results found{};
    x.store(1, relaxed);
    thread one([&] {
      found[0] = x.load(relaxed);
      y.store(1, relaxed);
    });
    x.store(2, relaxed);
    found[1] = y.load(relaxed);
    one.join();
    found[2] = y.load(relaxed);
    return found;
  });
  EXPECT_EQ(seen, (std::set<results>{{1, 0, 1}, {1, 1, 1}, {2, 0, 1}, {2, 1, 1}}));
}

// A wait loop ends, and a lost race is seen, whatever is read meanwhile.
TEST(MixedWithWeakMemory, WaitLoops) {
  heddle::options how = every_execution("auto");
  how.rereads = 2;
  how.stale_reads = 2;
  how.executions = 2'000;
  const auto found = heddle::outcomes(how, [] {
    atomic<int> flag{0};
    atomic<int> data{0};
    thread one([&] {
      data.store(1, relaxed);
      flag.store(1, release);
    });
    while (flag.load(acquire) == 0) {
    }
    const int seen = data.load(relaxed);
    one.join();
    return seen;
  });
  EXPECT_TRUE(found.report.passed()) << found.report.text();
  EXPECT_EQ(found.values(), std::set<int>{1});
}

}  // namespace
}  // namespace litmus
