// SPDX-License-Identifier: MIT
#include "heddle/explorers/depth_first.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "quiet_options.hpp"

namespace {

// `threads` threads of `operations` visible operations each.
heddle::report interleave(int threads, int operations) {
  return heddle::explore(quiet(), [=] {
    heddle::atomic<int> shared{0};
    std::vector<heddle::thread> running;
    for (int t = 0; t < threads; ++t) {
      running.emplace_back([&] {
        for (int i = 0; i < operations; ++i) shared.fetch_add(1);
      });
    }
    for (auto& each : running) each.join();
  });
}

TEST(DepthFirst, VisitsEveryInterleavingOnce) {
  EXPECT_EQ(interleave(2, 1).executions, 2);
  EXPECT_EQ(interleave(2, 2).executions, 6);
  EXPECT_EQ(interleave(2, 3).executions, 20);
  EXPECT_EQ(interleave(3, 2).executions, 90);
  EXPECT_EQ(interleave(4, 1).executions, 24);
}

TEST(DepthFirst, ClaimsToBeExhaustiveWhenItHasFinished) {
  const heddle::report result = interleave(2, 2);
  EXPECT_EQ(result.coverage, heddle::coverage::exhaustive);
  EXPECT_TRUE(result.passed());
  EXPECT_EQ(result.complete, 6);
}

TEST(DepthFirst, TakesABodyWithoutChoicesForOneExecution) {
  const heddle::report result = heddle::explore(quiet(), [] {});
  EXPECT_EQ(result.executions, 1);
  EXPECT_EQ(result.coverage, heddle::coverage::exhaustive);
}

TEST(DepthFirst, GoesThroughTheTreeInLexicographicOrder) {
  std::vector<std::string> order;
  const heddle::report result = heddle::explore(quiet(), [&] {
    std::string path = std::to_string(heddle::choose(2));
    if (path == "0") {
      path += std::to_string(heddle::choose(3));
    } else {
      path += std::to_string(heddle::choose(2));
      path += std::to_string(heddle::choose(2));
    }
    order.push_back(path);
  });
  EXPECT_EQ(order, (std::vector<std::string>{"00", "01", "02", "100", "101", "110", "111"}));
  EXPECT_EQ(result.executions, 7);
}

TEST(DepthFirst, BeginsWithTheBoringExecution) {
  std::vector<int> first;
  heddle::explore(quiet("dfs", 1), [&] {
    heddle::atomic<int> shared{0};
    const auto work = [&](int id) {
      for (int i = 0; i < 2; ++i) {
        shared.fetch_add(1);
        first.push_back(id);
      }
    };
    heddle::thread one(work, 1);
    heddle::thread two(work, 2);
    one.join();
    two.join();
  });
  EXPECT_EQ(first, (std::vector<int>{1, 1, 2, 2}));
}

TEST(DepthFirst, DoesNotClaimTheTreeThatAFailureCutOff) {
  const heddle::report result =
      heddle::explore(quiet(), [] { heddle::check(heddle::choose(3) != 1); });
  ASSERT_TRUE(result.failure);
  EXPECT_EQ(result.executions, 2);
  EXPECT_EQ(result.coverage, heddle::coverage::sampled);
}

}  // namespace
