// SPDX-License-Identifier: MIT
//
// Wait loops: those that end, end in few executions; those that cannot are livelocks.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <set>

#include "search.hpp"

namespace {

using namespace std::chrono_literals;
using heddle::failure_kind;

bool is_livelock(const heddle::report& of) {
  return of.failure.has_value() && of.failure->kind == failure_kind::livelock;
}

TEST(Spinning, OnAFlagEnds) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::atomic<int> flag{0};
    heddle::thread setter([&] { flag.store(1); });
    while (flag.load() == 0) {
    }
    setter.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  // The store before the first, the second or the third read: where the third would be, T0 waits.
  EXPECT_EQ(seen.executions, 3);
}

TEST(Spinning, ForEverIsALivelockThatNamesTheLoop) {
  heddle::location loop;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::atomic<int> flag{0};
    while (loop = heddle::location::current(), flag.load() == 0) {
    }
  });
  ASSERT_TRUE(is_livelock(seen)) << seen.text();
  EXPECT_EQ(seen.executions, 1);
  EXPECT_EQ(seen.failure->cause.cycle.size(), 1U);
  EXPECT_EQ(seen.failure->cause.cycle.front().op.where.line, loop.line);
  EXPECT_NE(seen.failure->message.find(":" + std::to_string(loop.line)), std::string::npos)
      << seen.failure->message;
}

// Nobody ever sets the flag.
void a_bounded_retry_reaches_its_fallback(int rereads) {
  bool fallback = false;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::atomic<int> flag{0};
    for (int i = 0; i <= rereads; ++i) {
      if (flag.load() != 0) return;
    }
    fallback = true;
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_TRUE(fallback);
}

TEST(Spinning, ABoundedRetryOfThreeReReadsReachesItsFallback) {
  a_bounded_retry_reaches_its_fallback(3);
}
TEST(Spinning, ABoundedRetryOfFiftyReReadsReachesItsFallback) {
  a_bounded_retry_reaches_its_fallback(50);
}
TEST(Spinning, ABoundedRetryOfNineHundredReReadsReachesItsFallback) {
  a_bounded_retry_reaches_its_fallback(900);
}

TEST(Spinning, ABoundedRetryWithYieldsReachesItsFallback) {
  int fallbacks = 0;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::atomic<int> flag{0};
    heddle::atomic<int> other{0};
    heddle::thread elsewhere([&] { other.store(1); });
    bool found = false;
    for (int i = 0; i < 20 && !found; ++i) {
      found = flag.load() != 0;
      heddle::this_thread::yield();
    }
    if (!found) ++fallbacks;
    elsewhere.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(fallbacks, seen.executions);
}

// Both threads retry in vain; parked in turns, both give up in the end.
TEST(Spinning, TwoBoundedRetriesBothReachTheirFallbacks) {
  int fallbacks = 0;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::atomic<int> flag{0};
    const auto retry = [&] {
      for (int i = 0; i < 5; ++i) {
        if (flag.load() != 0) return;
      }
      ++fallbacks;
    };
    heddle::thread other(retry);
    retry();
    other.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(fallbacks, 2 * seen.executions);
}

TEST(Spinning, OnTwoLocationsWakesWhenEitherChanges) {
  std::set<int> seen_values;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::atomic<int> left{0};
    heddle::atomic<int> right{0};
    heddle::thread setter([&] { heddle::choose(2) == 0 ? left.store(1) : right.store(2); });
    int value = 0;
    while ((value = left.load() + right.load()) == 0) {
    }
    seen_values.insert(value);
    setter.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(seen_values, (std::set<int>{1, 2}));
  EXPECT_LT(seen.executions, 30);
}

TEST(Spinning, WithYieldsEnds) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::atomic<int> flag{0};
    heddle::thread setter([&] { flag.store(1); });
    while (flag.load() == 0) heddle::this_thread::yield();
    setter.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_LT(seen.executions, 20);
}

TEST(Spinning, WithYieldsForEverIsALivelock) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::atomic<int> flag{0};
    while (flag.load() == 0) heddle::this_thread::yield();
  });
  EXPECT_TRUE(is_livelock(seen)) << seen.text();
}

TEST(Spinning, OnAFailingCompareExchangeWaitsForTheHolder) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::atomic<bool> held{false};
    heddle::var<int> guarded{0};
    const auto add_one = [&] {
      bool expected = false;
      while (!held.compare_exchange_strong(expected, true)) expected = false;
      guarded.store(guarded.load() + 1);
      held.store(false);
    };
    heddle::thread other(add_one);
    add_one();
    other.join();
    heddle::check(guarded.load() == 2, "both were counted");
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_LT(seen.executions, 100);
}

TEST(Spinning, OnALockThatIsNeverGivenBackIsALivelock) {
  const auto seen = heddle::explore(search::until_a_failure(), [] {
    heddle::atomic<bool> held{false};
    const auto lock = [&] {
      bool expected = false;
      while (!held.compare_exchange_strong(expected, true)) expected = false;
    };
    heddle::thread other(lock);
    lock();
    other.join();
  });
  EXPECT_TRUE(is_livelock(seen)) << seen.text();
}

TEST(Spinning, OnTryLockWaitsForTheOwner) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::var<int> guarded{0};
    const auto add_one = [&] {
      while (!guard.try_lock()) {
      }
      guarded.store(guarded.load() + 1);
      guard.unlock();
    };
    heddle::thread other(add_one);
    add_one();
    other.join();
    heddle::check(guarded.load() == 2, "both were counted");
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_LT(seen.executions, 100);
}

TEST(Spinning, OnTryLockOfAMutexNobodyUnlocksIsALivelock) {
  const auto seen = heddle::explore(search::until_a_failure(), [] {
    heddle::mutex guard;
    guard.lock();
    heddle::thread other([&] {
      while (!guard.try_lock()) {
      }
    });
    other.join();
    guard.unlock();
  });
  EXPECT_TRUE(is_livelock(seen)) << seen.text();
}

TEST(Spinning, WithSleepsEnds) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::atomic<int> flag{0};
    heddle::thread setter([&] {
      heddle::this_thread::sleep_for(10ms);
      flag.store(1);
    });
    while (flag.load() == 0) heddle::this_thread::sleep_for(1ms);
    setter.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(Spinning, WithSleepsForEverIsALivelock) {
  const auto seen = heddle::explore(search::until_a_failure(), [] {
    heddle::atomic<int> flag{0};
    while (flag.load() == 0) heddle::this_thread::sleep_for(1ms);
  });
  EXPECT_TRUE(is_livelock(seen)) << seen.text();
}

// The setter comes long after two thousand rounds of the loop: it must be waited for.
TEST(Spinning, WaitsForASleeperOutsideTheLoop) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::atomic<int> flag{0};
    heddle::thread setter([&] {
      heddle::this_thread::sleep_for(1h);
      flag.store(1);
    });
    while (flag.load() == 0) {
    }
    setter.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(Spinning, WaitsForASleeperOutsideALoopThatSleeps) {
  heddle::options how = search::every_execution();
  how.early_timeouts = 0;
  const auto seen = heddle::explore(how, [] {
    heddle::atomic<int> flag{0};
    heddle::thread setter([&] {
      heddle::this_thread::sleep_for(1h);
      flag.store(1);
    });
    while (flag.load() == 0) heddle::this_thread::sleep_for(1ms);
    setter.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

// Two threads keep each other busy, so that neither is ever parked; only time ends it.
TEST(Spinning, OfTwoBusyThreadsIsNoLivelockWhileSomebodySleeps) {
  heddle::options how = search::every_execution();
  how.explorer = "random";
  how.executions = 20;
  how.early_timeouts = 0;
  const auto seen = heddle::explore(how, [] {
    heddle::atomic<int> flag{0};
    heddle::atomic<int> beat{0};
    const auto busy = [&] {
      while (flag.load() == 0) {
        beat.store(1);
        beat.store(0);
      }
    };
    heddle::thread setter([&] {
      heddle::this_thread::sleep_for(1h);
      flag.store(1);
    });
    heddle::thread other(busy);
    busy();
    other.join();
    setter.join();
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.complete, 20);
}

TEST(Spinning, OnTheClockEnds) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    const auto end = heddle::steady_clock::now() + 2s;
    while (heddle::steady_clock::now() < end) {
    }
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(Spinning, OfTwoThreadsThatWaitForEachOtherIsALivelock) {
  const auto seen = heddle::explore(search::until_a_failure(), [] {
    heddle::atomic<int> first{0};
    heddle::atomic<int> second{0};
    heddle::thread other([&] {
      while (first.load() == 0) heddle::this_thread::yield();
      second.store(1);
    });
    while (second.load() == 0) heddle::this_thread::yield();
    first.store(1);
    other.join();
  });
  ASSERT_TRUE(is_livelock(seen)) << seen.text();
  std::set<heddle::sched::thread_id> who;
  for (const auto& at : seen.failure->cause.cycle) who.insert(at.thread);
  EXPECT_EQ(who.size(), 2U);
}

// Counting is work, not waiting: nothing is parked, and the report makes no such assumption.
TEST(Spinning, IsNotTakenForALoopThatMakesProgress) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::atomic<int> count{0};
    while (count.load() < 50) count.fetch_add(1);
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  for (const std::string& each : seen.assumptions) {
    EXPECT_EQ(each.find("unchanged"), std::string::npos) << each;
  }
}

// A loop under a lock looks like a round for ever that the one who waits for the lock has no part
// in. It could take part: the lock is free once in every round. The numbers were counted by hand.
TEST(Spinning, UnderALockLeavesItToWhoWaits) {
  const auto turns = [] {
    constexpr int rounds = 4;
    heddle::mutex guard;
    heddle::var<bool> full{false};
    heddle::var<int> first{0};
    heddle::var<int> next{0};
    std::array<heddle::var<int>, rounds> items;
    heddle::thread put([&] {
      for (int i = 0; i < rounds; ++i) {
        const heddle::lock_guard hold(guard);
        if (full) continue;
        items[static_cast<std::size_t>(next++)] = i;
        full = true;
      }
    });
    heddle::thread take([&] {
      for (int i = 0; i < rounds; ++i) {
        const heddle::lock_guard hold(guard);
        if (!full) continue;
        heddle::check(items[static_cast<std::size_t>(first++)] == i);
        full = false;
      }
    });
    put.join();
    take.join();
  };
  for (const heddle::races races : {heddle::races::report, heddle::races::explore_all}) {
    for (const char* explorer : {"dfs", "dpor", "source_dpor"}) {
      heddle::options how = search::every_execution();
      how.explorer = explorer;
      how.races = races;
      how.stop_at_first_failure = false;
      const auto seen = heddle::explore(how, turns);
      EXPECT_EQ(seen.complete, 16) << explorer << '\n' << seen.text();
      EXPECT_EQ(seen.failed, 27) << explorer;
      EXPECT_EQ(seen.redundant, 0) << explorer;
    }
  }
}

// A thousand of its rounds are only a minute; and it ends after an hour.
TEST(Spinning, ThatSleepsALittleUntilALateDeadlineEnds) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::atomic<int> flag{0};
    const auto deadline = heddle::steady_clock::now() + 1h;
    while (flag.load() == 0 && heddle::steady_clock::now() < deadline) {
      heddle::this_thread::sleep_for(50ms);
    }
    heddle::check(heddle::steady_clock::now() >= deadline);
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(Spinning, ThatWasCutShortIsAnAssumptionOfTheReport) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::atomic<int> flag{0};
    heddle::thread setter([&] { flag.store(1); });
    while (flag.load() == 0) {
    }
    setter.join();
  });
  bool said = false;
  for (const std::string& each : seen.assumptions)
    said |= each.find("unchanged") != std::string::npos;
  EXPECT_TRUE(said) << seen.text();
}

}  // namespace
