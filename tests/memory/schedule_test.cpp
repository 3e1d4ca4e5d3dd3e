// SPDX-License-Identifier: MIT
//
// Weak memory in schedules, budgets and claims.
#include <gtest/gtest.h>

#include <heddle/sched/schedule.hpp>

#include "runner.hpp"

namespace litmus {
namespace {

constexpr auto relaxed = heddle::memory_order_relaxed;

void store_buffering() {
  heddle::atomic<int> x{0};
  heddle::atomic<int> y{0};
  int found[2] = {};
  heddle::thread one([&] {
    x.store(1, relaxed);
    found[0] = y.load(relaxed);
  });
  heddle::thread two([&] {
    y.store(1, relaxed);
    found[1] = x.load(relaxed);
  });
  one.join();
  two.join();
  heddle::check(found[0] + found[1] != 0, "both read 0");
}

TEST(WeakSchedules, AreReplayedWithWhatTheySay) {
  for (const char* explorer : {"auto", "dpor", "source_dpor", "dfs", "bounded", "delay", "random",
                               "pct", "pos", "urw", "surw"}) {
    heddle::options how = every_execution(explorer);
    how.executions = 10'000;
    const heddle::report found = heddle::explore(how, store_buffering);
    ASSERT_TRUE(found.failure) << explorer;
    const auto schedule = heddle::sched::schedule::parse(found.failure->schedule);
    EXPECT_EQ(schedule.shape.memory, heddle::memory::cxx) << explorer;
    EXPECT_EQ(schedule.token(), found.failure->schedule);
    how.memory = heddle::memory::sc;
    const heddle::report again = heddle::replay(found.failure->schedule, store_buffering, how);
    ASSERT_TRUE(again.failure) << explorer << "\n" << again.text();
    EXPECT_EQ(again.failure->message, found.failure->message);
    EXPECT_EQ(again.failure->schedule, found.failure->schedule);
  }
}

TEST(WeakSchedules, OfNewestStoresAreThoseOfSequentialConsistency) {
  heddle::options how = every_execution("dfs");
  const auto body = [] {
    heddle::atomic<int> x{0};
    heddle::thread one([&] { x.store(1); });
    const int seen = x.load();
    one.join();
    heddle::check(seen == 0);
  };
  const heddle::report weak = heddle::explore(how, body);
  how.memory = heddle::memory::sc;
  const heddle::report strong = heddle::explore(how, body);
  ASSERT_TRUE(weak.failure && strong.failure);
  EXPECT_EQ(weak.failure->schedule, strong.failure->schedule);
  EXPECT_EQ(weak.executions, strong.executions);
}

TEST(WeakMemory, SaysWhichStoreWasReadAndWhy) {
  heddle::options how = every_execution("auto");
  const heddle::report found = heddle::explore(how, store_buffering);
  ASSERT_TRUE(found.failure);
  EXPECT_EQ(found.failure->situation, "stale read");
  const std::string text = found.text();
  EXPECT_NE(text.find("the initial value; the newest store was 1 by T1 at"), std::string::npos)
      << text;
  EXPECT_NE(text.find("nothing makes that one happen before this load"), std::string::npos) << text;
}

TEST(WeakMemory, ABoundThatIsUsedUpIsTold) {
  heddle::options how = every_execution("dfs");
  const program test("W x 1 rlx; W x 2 rlx || R x rlx; R x rlx");
  how.stale_reads = 1;
  const auto some = explore(test, how);
  EXPECT_EQ(some.report.coverage, heddle::coverage::bounded);
  EXPECT_NE(some.report.text().find("at most 1 times"), std::string::npos) << some.report.text();
  how.stale_reads = 0;
  const auto none = explore(test, how);
  EXPECT_EQ(none.report.coverage, heddle::coverage::exhaustive);
  EXPECT_NE(none.report.text().find("behave as seq_cst"), std::string::npos) << none.report.text();
}

// More seq_cst operations than are kept apart, and more stores.
TEST(WeakMemory, ForgetsWhatIsLongAgo) {
  heddle::options how = every_execution("random");
  how.executions = 20;
  how.stale_reads = 2;
  const heddle::report found = heddle::explore(how, [] {
    heddle::atomic<int> x{0};
    heddle::atomic<int> y{0};
    const auto count = [&] {
      for (int i = 0; i < 3'000; ++i) {
        x.fetch_add(1, relaxed);
        if (i % 10 == 0) y.fetch_add(1);
      }
    };
    heddle::thread one(count);
    heddle::thread two(count);
    one.join();
    two.join();
    heddle::check(x.load(relaxed) == 6'000 && y.load(relaxed) == 600, "nothing is lost");
  });
  EXPECT_TRUE(found.passed()) << found.text();
  EXPECT_NE(found.text().find("stores of long ago"), std::string::npos) << found.text();
}

}  // namespace
}  // namespace litmus
