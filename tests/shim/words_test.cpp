// SPDX-License-Identifier: MIT
//
// choose, assume, check, note, point: what a test author says to Heddle.
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sched/search.hpp"

namespace {

using heddle::failure_kind;

TEST(Choose, YieldsEveryValueOnce) {
  std::vector<std::uint32_t> values;
  const auto seen =
      heddle::explore(search::every_execution(), [&] { values.push_back(heddle::choose(5)); });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(values, (std::vector<std::uint32_t>{0, 1, 2, 3, 4}));
}

TEST(Choose, CombinesWithItself) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    const std::uint32_t first = heddle::choose(3);
    pairs.emplace(first, heddle::choose(first + 1));  // 1 + 2 + 3
  });
  EXPECT_EQ(seen.executions, 6) << seen.text();
  EXPECT_EQ(pairs.size(), 6U);
}

TEST(Choose, OfOneIsNoChoice) {
  const auto seen = heddle::explore(search::every_execution(), [&] {
    for (int i = 0; i < 100; ++i) heddle::check(heddle::choose(1) == 0);
  });
  EXPECT_EQ(seen.executions, 1);
}

TEST(Choose, OfNothingThrows) {
  const auto seen = heddle::explore(search::every_execution(),
                                    [] { EXPECT_THROW(heddle::choose(0), std::invalid_argument); });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_THROW(heddle::choose(0), std::invalid_argument);
}

TEST(Assume, BlocksTheExecutionsThatAreOfNoInterest) {
  const auto seen =
      heddle::explore(search::every_execution(), [] { heddle::assume(heddle::choose(10) < 3); });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.complete, 3);
  EXPECT_EQ(seen.blocked, 7);
  EXPECT_EQ(seen.coverage, heddle::coverage::exhaustive);
}

TEST(Assume, ThatNeverHoldsIsNoPass) {
  const auto seen = heddle::explore(search::every_execution(), [] { heddle::assume(false); });
  EXPECT_FALSE(seen.passed());
  EXPECT_EQ(seen.blocked, 1);
  ASSERT_TRUE(seen.failure);
  EXPECT_EQ(seen.failure->kind, failure_kind::limit);
}

TEST(Assume, EndsItsThreadAndNotTheOthers) {
  int others = 0;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::thread other([&] {
      heddle::point();
      ++others;
    });
    heddle::thread ends([] {
      heddle::assume(false);
      std::abort();  // not reached
    });
    ends.join();
    other.join();
  });
  EXPECT_EQ(seen.blocked, seen.executions) << seen.text();
  EXPECT_EQ(others, seen.executions);
}

TEST(Assume, HidesNoFailureOfAnotherThread) {
  const auto seen = heddle::explore(search::until_a_failure(), [] {
    heddle::thread fails([] {
      heddle::point();
      heddle::check(false, "real");
    });
    fails.detach();
    heddle::assume(false);
  });
  ASSERT_TRUE(seen.failure) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::failed_check);
}

TEST(Check, FailsWithItsReasonAndPlace) {
  heddle::location line;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::check(true, "not this");
    line = heddle::location::current();
    heddle::check(heddle::choose(2) == 0, "the reason");
  });
  EXPECT_EQ(seen.complete, 1);
  ASSERT_EQ(seen.failed, 1) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::failed_check);
  EXPECT_NE(seen.failure->message.find("the reason"), std::string::npos);
  EXPECT_EQ(seen.failure->cause.where.line, line.line + 1);
}

TEST(Check, EndsItsThreadAndNotTheOthers) {
  int others = 0;
  const auto seen = heddle::explore(search::until_a_failure(), [&] {
    heddle::thread fails([] {
      heddle::check(false);
      std::abort();  // not reached
    });
    fails.join();
    ++others;
  });
  EXPECT_EQ(seen.failure->kind, failure_kind::failed_check) << seen.text();
  EXPECT_EQ(others, 2);  // the execution and the final run
}

TEST(Check, OfSeveralThreadsReportsTheFirstInScheduleOrder) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::thread first([] {
      heddle::point();
      heddle::check(false, "first");
    });
    heddle::thread second([] {
      heddle::point();
      heddle::check(false, "second");
    });
    first.join();
    second.join();
  });
  ASSERT_EQ(seen.failures.size(), 2U) << seen.text();
  EXPECT_NE(seen.failures[0].cause.message, seen.failures[1].cause.message);
}

TEST(Note, AppearsInTheTraceOfAFailure) {
  const auto seen = heddle::explore(search::until_a_failure(), [] {
    heddle::note("half way");
    heddle::check(false);
  });
  ASSERT_TRUE(seen.failure);
  bool found = false;
  for (const auto& each : seen.failure->trace.entries) {
    found |= each.what == heddle::sched::trace_entry::kind::note && each.text == "half way";
  }
  EXPECT_TRUE(found);
  EXPECT_NE(seen.text().find("half way"), std::string::npos) << seen.text();
}

TEST(Note, IsNoSchedulingPoint) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::thread other([] { heddle::note("a"); });
    heddle::note("b");
    other.join();
  });
  EXPECT_EQ(seen.executions, 1);
  EXPECT_EQ(seen.steps, 0U);
}

// n threads of k points, all spawned before any of them runs: (nk)! / (k!)^n. For (2,2):
//
//   aabb abab abba baab baba bbaa
TEST(Point, OfThreadsIsInterleavedInEveryWay) {
  struct row {
    int threads;
    int points;
    std::int64_t executions;
  };
  for (const row& r : std::vector<row>{{1, 5, 1},
                                       {2, 1, 2},
                                       {2, 2, 6},
                                       {2, 3, 20},
                                       {3, 1, 6},
                                       {3, 2, 90},
                                       {3, 3, 1680},
                                       {4, 1, 24},
                                       {2, 5, 252},
                                       {4, 2, 2520},
                                       {6, 1, 720}}) {
    std::set<std::string> orders;
    const auto seen = heddle::explore(search::every_execution(), [&] {
      std::string order;
      std::vector<heddle::thread> threads;
      for (int t = 0; t < r.threads; ++t) {
        threads.emplace_back([&order, t, points = r.points] {
          for (int p = 0; p < points; ++p) {
            heddle::point();
            order += static_cast<char>('a' + t);
          }
        });
      }
      for (heddle::thread& each : threads) each.join();
      orders.insert(order);
    });
    EXPECT_TRUE(search::clean(seen)) << seen.text();
    EXPECT_EQ(seen.executions, r.executions) << r.threads << " threads of " << r.points;
    EXPECT_EQ(orders.size(), static_cast<std::size_t>(r.executions));  // none came twice
  }
}

TEST(Point, CarriesItsNameIntoTheReport) {
  const auto seen = heddle::explore(search::until_a_failure(), [] {
    heddle::point("a name of my own");
    heddle::check(false);
  });
  EXPECT_NE(seen.text().find("a name of my own"), std::string::npos) << seen.text();
}

TEST(Name, OfAnObjectAppearsInTheReport) {
  const auto seen = heddle::explore(search::until_a_failure(), [] {
    heddle::mutex guard;
    heddle::name(guard, "the vault");
    heddle::name_this_thread("the thief");
    guard.lock();
    guard.lock();
  });
  EXPECT_NE(seen.failure->message.find("the vault"), std::string::npos) << seen.text();
  EXPECT_NE(seen.failure->message.find("the thief"), std::string::npos) << seen.text();
}

}  // namespace
