// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "shim/counted.hpp"

// What the standard allows to go wrong without cause: choices, each with its bound per execution.
namespace {

using counted::every_execution;
using counted::in_threads;

bool mentions(const heddle::report& of, std::string_view words) {
  for (const std::string& line : of.assumptions) {
    if (line.find(words) != std::string::npos) return true;
  }
  return false;
}

// A wait without a loop over its predicate is wrong: found with one spurious wake-up, not without.
TEST(Spurious, AWaitWithoutALoopIsFoundOut) {
  const auto body = [] {
    heddle::mutex guard;
    heddle::condition_variable ready;
    bool done = false;
    heddle::thread other([&] {
      heddle::lock_guard hold(guard);
      done = true;
      ready.notify_one();
    });
    {
      heddle::unique_lock hold(guard);
      if (!done) ready.wait(hold);
      heddle::check(done, "woken too early");
    }
    other.join();
  };
  heddle::options how = every_execution();
  const auto without = heddle::explore(how, body);
  EXPECT_TRUE(without.passed()) << without.text();
  EXPECT_TRUE(mentions(without, "no condition variable wakes up spuriously"));
  how.spurious = 1;
  const auto with = heddle::explore(how, body);
  ASSERT_TRUE(with.failure);
  EXPECT_NE(with.text().find("wakes up spuriously"), std::string::npos) << with.text();
  how.explorer = "dpor";
  EXPECT_FALSE(heddle::explore(how, body).passed());
  EXPECT_TRUE(heddle::replay(with.failure->schedule, body, how).failure);
}

// ... and with a loop it is right, however often it wakes.
TEST(Spurious, AWaitWithALoopIsClean) {
  heddle::options how = every_execution();
  how.spurious = 3;
  for (const char* explorer : {"dfs", "dpor"}) {
    how.explorer = explorer;
    const auto seen = heddle::explore(how, [] {
      heddle::mutex guard;
      heddle::condition_variable ready;
      bool done = false;
      heddle::thread other([&] {
        heddle::lock_guard hold(guard);
        done = true;
        ready.notify_one();
      });
      {
        heddle::unique_lock hold(guard);
        ready.wait(hold, [&] { return done; });
        heddle::check(done);
      }
      other.join();
    });
    EXPECT_TRUE(seen.passed()) << explorer << seen.text();
    EXPECT_EQ(seen.coverage, heddle::coverage::exhaustive) << explorer;
  }
}

// Alone: it succeeds, or fails once and then succeeds.
TEST(Spurious, AWeakCompareExchangeFailsAsOftenAsItsBound) {
  for (const char* explorer : {"dfs", "dpor"}) {
    for (int bound = 0; bound < 4; ++bound) {
      heddle::options how = every_execution();
      how.explorer = explorer;
      how.weak_cas_failures = bound;
      const auto found = heddle::outcomes(how, [] {
        heddle::atomic<int> value{0};
        int failed = 0;
        int expected = 0;
        while (!value.compare_exchange_weak(expected, 1)) {
          heddle::check(expected == 0, "a spurious failure leaves the value as expected");
          ++failed;
        }
        return failed;
      });
      EXPECT_EQ(found.values().size(), static_cast<std::size_t>(bound + 1)) << explorer;
      EXPECT_EQ(found.report.complete, bound + 1) << explorer;
    }
  }
}

TEST(Spurious, AStrongCompareExchangeDoesNot) {
  heddle::options how = every_execution();
  how.weak_cas_failures = 5;
  const auto seen = heddle::explore(how, [] {
    heddle::atomic<int> value{0};
    int expected = 0;
    heddle::check(value.compare_exchange_strong(expected, 1));
  });
  EXPECT_TRUE(seen.passed());
  EXPECT_EQ(seen.executions, 1);
}

TEST(Spurious, ATryLockOfAFreeLockMayFail) {
  for (const char* explorer : {"dfs", "dpor"}) {
    heddle::options how = every_execution();
    how.explorer = explorer;
    how.try_lock_failures = 1;
    const auto found = heddle::outcomes(how, [] {
      heddle::mutex a;
      heddle::shared_mutex b;
      heddle::binary_semaphore c(1);
      int taken = 0;
      if (a.try_lock()) taken += 1, a.unlock();
      if (b.try_lock()) taken += 2, b.unlock();
      if (b.try_lock_shared()) taken += 4, b.unlock_shared();
      if (c.try_acquire()) taken += 8;
      return taken;
    });
    EXPECT_EQ(found.values(), (std::set<int>{15, 14, 13, 11, 7})) << explorer;
    EXPECT_EQ(found.report.complete, 5) << explorer;
  }
}

}  // namespace
