// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "quiet_options.hpp"

namespace {

void count_to(int threads, int operations) {
  heddle::atomic<int> shared{0};
  std::vector<heddle::thread> running;
  for (int t = 0; t < threads; ++t) {
    running.emplace_back([&] {
      for (int i = 0; i < operations; ++i) shared.fetch_add(1);
    });
  }
  for (auto& each : running) each.join();
}

TEST(Automatic, IsExhaustiveWhereAFifthOfTheBudgetIsEnough) {
  const heddle::report result = heddle::explore(quiet("auto", 100), [] { count_to(2, 3); });
  EXPECT_EQ(result.executions, 20);
  EXPECT_EQ(result.coverage, heddle::coverage::exhaustive);
}

TEST(Automatic, SamplesWhatIsTooLargeUntilTheBudgetIsUsedUp) {
  const heddle::report result = heddle::explore(quiet("auto", 100), [] { count_to(3, 4); });
  EXPECT_EQ(result.executions, 100);
  EXPECT_EQ(result.coverage, heddle::coverage::sampled);
}

TEST(Automatic, SearchesForAFifthAndThenWalks) {
  // Depth-first search keeps the first choice at 0 for the whole fifth; the walk does not.
  std::vector<std::uint32_t> first_choice;
  heddle::explore(quiet("auto", 100), [&] {
    first_choice.push_back(heddle::choose(4));
    for (int i = 0; i < 6; ++i) heddle::choose(4);
  });
  ASSERT_EQ(first_choice.size(), 100u);
  EXPECT_EQ(std::set(first_choice.begin(), first_choice.begin() + 20).size(), 1u);
  EXPECT_EQ(std::set(first_choice.begin() + 20, first_choice.end()).size(), 4u);
}

TEST(Automatic, SearchesToTheEndWithoutABudget) {
  const heddle::report result = heddle::explore(quiet("auto", 0), [] { count_to(2, 6); });
  EXPECT_EQ(result.executions, 924);
  EXPECT_EQ(result.coverage, heddle::coverage::exhaustive);
}

TEST(Automatic, LeavesTheSearchAfterAFifthOfTheTime) {
  heddle::options how = quiet("auto", 0);
  how.time = std::chrono::milliseconds(50);
  std::set<std::uint32_t> first_choice;
  heddle::explore(how, [&] {
    first_choice.insert(heddle::choose(4));
    for (int i = 0; i < 20; ++i) heddle::choose(4);
  });
  EXPECT_GT(first_choice.size(), 1u);
}

TEST(Automatic, StillWorksWithABudgetBelowFive) {
  const heddle::report result = heddle::explore(quiet("auto", 3), [] { count_to(2, 3); });
  EXPECT_EQ(result.executions, 3);
  EXPECT_EQ(result.coverage, heddle::coverage::sampled);
}

}  // namespace
