// SPDX-License-Identifier: MIT
//
// What is too much, and what is too little.
#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include "search.hpp"

namespace {

using namespace std::chrono_literals;
using heddle::failure_kind;

TEST(Limits, LetAnExecutionOfAMillionStepsPass) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::atomic<int> count{0};
    for (int i = 0; i < 1'000'000; ++i) count.fetch_add(1);
    heddle::check(count.load() == 1'000'000, "all were counted");
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(seen.steps, 1'000'001U);
}

TEST(Limits, LetAMillionStepsOfTwoThreadsPass) {
  heddle::options how = search::every_execution();
  how.explorer = "random";
  how.executions = 1;
  const auto seen = heddle::explore(how, [] {
    heddle::atomic<int> count{0};
    const auto work = [&] {
      for (int i = 0; i < 250'000; ++i) {
        count.load();
        count.fetch_add(1);
      }
    };
    heddle::thread other(work);
    work();
    other.join();
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.steps, 1'000'000U);
}

TEST(Limits, OfStepsCutTheExecutionAndTheReportSaysSoFirst) {
  heddle::options how = search::every_execution();
  how.steps = 100;
  const auto seen = heddle::explore(how, [] {
    for (int i = 0; i < 1'000; ++i) heddle::point();
  });
  EXPECT_FALSE(seen.passed());
  EXPECT_EQ(seen.cut, 1);
  EXPECT_EQ(seen.executions, 1);
  EXPECT_NE(seen.coverage, heddle::coverage::exhaustive);
  ASSERT_TRUE(seen.failure);
  EXPECT_EQ(seen.failure->kind, failure_kind::limit);
  EXPECT_NE(seen.failure->message.find("no execution completed"), std::string::npos);
  const std::string text = seen.text();
  EXPECT_LT(text.find("limit"), text.find('\n')) << text;
}

TEST(Limits, OfStepsAreTheLastStepThatIsAllowed) {
  heddle::options how = search::every_execution();
  how.steps = 100;
  const auto points = [&](int count) {
    return heddle::explore(how, [count] {
      for (int i = 0; i < count; ++i) heddle::point();
    });
  };
  EXPECT_EQ(points(99).complete, 1);
  EXPECT_EQ(points(100).complete, 1);
  EXPECT_EQ(points(101).cut, 1);
}

TEST(Limits, ThatCutSomeExecutionsOnlyBoundTheCoverage) {
  heddle::options how = search::every_execution();
  how.steps = 10;
  const auto seen = heddle::explore(how, [] {
    const auto points = heddle::choose(2) == 0 ? 5 : 50;
    for (int i = 0; i < points; ++i) heddle::point();
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.complete, 1);
  EXPECT_EQ(seen.cut, 1);
  EXPECT_EQ(seen.coverage, heddle::coverage::bounded);
}

TEST(Limits, OfThreadsCutTheExecution) {
  heddle::options how = search::every_execution();
  how.threads = 4;
  const auto spawn = [&](int count) {
    return heddle::explore(how, [count] {
      for (int i = 0; i < count; ++i) heddle::thread([] {}).join();
    });
  };
  EXPECT_TRUE(search::clean(spawn(3)));
  const auto seen = spawn(4);
  EXPECT_FALSE(seen.passed());
  EXPECT_EQ(seen.cut, 1);
  ASSERT_TRUE(seen.failure);
  EXPECT_EQ(seen.failure->kind, failure_kind::limit);
  EXPECT_NE(seen.failure->message.find("options.threads"), std::string::npos)
      << seen.failure->message;
}

TEST(Limits, LetTwoHundredThreadsPass) {
  heddle::options how = search::every_execution();
  how.explorer = "random";
  how.executions = 20;
  const auto seen = heddle::explore(how, [] {
    heddle::atomic<int> count{0};
    heddle::mutex guard;
    heddle::var<int> guarded{0};
    std::vector<heddle::thread> threads;
    for (int i = 0; i < 200; ++i) {
      threads.emplace_back([&] {
        count.fetch_add(1);
        const heddle::lock_guard lock(guard);
        guarded.store(guarded.load() + 1);
      });
    }
    for (heddle::thread& each : threads) each.join();
    heddle::check(count.load() == 200 && guarded.load() == 200, "all were counted");
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.complete, 20);
}

TEST(Limits, OfStackBytesAreForTheUserToRaise) {
  heddle::options how = search::every_execution();
  how.stack_bytes = 8 * 1024 * 1024;
  const auto seen = heddle::explore(how, [] {
    heddle::thread deep([] {
      volatile char large[4 * 1024 * 1024];
      large[0] = 1;
      heddle::point();
      large[sizeof large - 1] = large[0];
    });
    deep.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(Limits, OfExecutionsEndTheExploration) {
  heddle::options how = search::every_execution();
  how.executions = 7;
  const auto seen = heddle::explore(how, [] { heddle::choose(100); });
  EXPECT_TRUE(seen.passed());
  EXPECT_EQ(seen.executions, 7);
  EXPECT_EQ(seen.coverage, heddle::coverage::sampled);
}

TEST(Limits, OfTimeEndTheExploration) {
  heddle::options how = search::every_execution();
  how.time = 50ms;
  const auto started = std::chrono::steady_clock::now();
  const auto seen = heddle::explore(how, [] {
    for (int i = 0; i < 40; ++i) heddle::choose(100);
  });
  EXPECT_TRUE(seen.passed());
  EXPECT_EQ(seen.coverage, heddle::coverage::sampled);
  EXPECT_LT(std::chrono::steady_clock::now() - started, 5s);
}

}  // namespace
