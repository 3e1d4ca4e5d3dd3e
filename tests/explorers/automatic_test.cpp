// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
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

// The body's own choice is made first in an execution: what a phase is like can be seen from it.
std::vector<std::uint32_t> first_choices(heddle::options how) {
  std::vector<std::uint32_t> all;
  heddle::explore(how, [&] {
    all.push_back(heddle::choose(4));
    count_to(3, 4);
  });
  return all;
}

bool assumes(const heddle::report& of, std::string_view word) {
  return std::any_of(of.assumptions.begin(), of.assumptions.end(), [word](const std::string& each) {
    return each.find(word) != std::string::npos;
  });
}

// 20 classes, and the execution in which threads take turns.
TEST(Automatic, IsExhaustiveWhereItsSearchFinishes) {
  const heddle::report result = heddle::explore(quiet("auto", 200), [] { count_to(2, 3); });
  EXPECT_EQ(result.executions, 21);
  EXPECT_EQ(result.distinct, 20u);
  EXPECT_EQ(result.coverage, heddle::coverage::exhaustive);
}

TEST(Automatic, NeedsOneExecutionWhereThereIsOne) {
  const heddle::report result = heddle::explore(quiet("auto", 100), [] { count_to(1, 3); });
  EXPECT_EQ(result.executions, 1);
  EXPECT_EQ(result.coverage, heddle::coverage::exhaustive);
}

TEST(Automatic, StartsWithoutPreemptionsAndThenTakesTurns) {
  std::vector<std::string> orders;
  heddle::explore(quiet("auto", 2), [&] {
    std::string& order = orders.emplace_back();
    heddle::atomic<int> shared{0};
    const auto work = [&](char name) {
      for (int i = 0; i < 3; ++i) {
        shared.fetch_add(1);
        order += name;
      }
    };
    heddle::thread a(work, 'a');
    heddle::thread b(work, 'b');
    heddle::thread c(work, 'c');
    a.join();
    b.join();
    c.join();
  });
  ASSERT_EQ(orders.size(), 2u);
  EXPECT_EQ(orders[0], "aaabbbccc");
  EXPECT_EQ(orders[1], "abcabcabc");
}

// 34650 classes: too many. 2000 executions are the fifth; within it no bound but 0 is finished
// unless there is room.
TEST(Automatic, CoversBoundsWhereTheSearchIsTooLong) {
  heddle::options how = quiet("auto", 10'000);
  const heddle::report result = heddle::explore(how, [] { count_to(3, 4); });
  EXPECT_EQ(result.executions, 10'000);
  EXPECT_EQ(result.coverage, heddle::coverage::bounded);
  EXPECT_TRUE(assumes(result, "at most 1 preemption in an execution")) << result.text();
}

TEST(Automatic, SamplesWhatIsTooLargeUntilTheBudgetIsUsedUp) {
  const heddle::report result = heddle::explore(quiet("auto", 20), [] { count_to(3, 4); });
  EXPECT_EQ(result.executions, 20);
  EXPECT_EQ(result.coverage, heddle::coverage::sampled);
}

TEST(Automatic, SearchesForAFifthAndThenSamples) {
  // Searches keep the first choice for long; what is sampled does not.
  const auto first = first_choices(quiet("auto", 1'000));
  ASSERT_EQ(first.size(), 1'000u);
  EXPECT_EQ(std::set(first.begin() + 2, first.begin() + 100).size(), 1u);
  for (int i = 200; i < 1'000; i += 100) {
    EXPECT_EQ(std::set(first.begin() + i, first.begin() + i + 100).size(), 4u) << i;
  }
}

// Every other execution is a sample once the search has taken longer than most that end do.
TEST(Automatic, SamplesBesideALongSearch) {
  const auto first = first_choices(quiet("auto", 5'000));
  ASSERT_EQ(first.size(), 5'000u);
  EXPECT_EQ(std::set(first.begin() + 2, first.begin() + 200).size(), 1u);
  std::array<std::set<std::uint32_t>, 2> seen;
  for (std::size_t i = 210; i < 800; ++i) seen[i % 2].insert(first[i]);
  EXPECT_EQ(std::min(seen[0].size(), seen[1].size()), 1u) << "the search";
  EXPECT_EQ(std::max(seen[0].size(), seen[1].size()), 4u) << "the samples";
}

TEST(Automatic, SearchesToTheEndWithoutABudget) {
  const heddle::report result = heddle::explore(quiet("auto", 0), [] { count_to(2, 6); });
  EXPECT_EQ(result.executions, 925);
  EXPECT_EQ(result.distinct, 924u);
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
  for (int budget = 1; budget < 5; ++budget) {
    const heddle::report result = heddle::explore(quiet("auto", budget), [] { count_to(2, 3); });
    EXPECT_EQ(result.executions, budget);
    EXPECT_EQ(result.coverage, heddle::coverage::sampled);
  }
}

// Reduction finishes, but claims nothing where a thread spins: depth-first search does.
TEST(Automatic, IsExhaustiveWhereThreadsSpinAndTheSearchFinishes) {
  const heddle::report result = heddle::explore(quiet("auto", 10'000), [] {
    heddle::atomic<int> ready{0};
    heddle::thread setter([&] { ready.store(1); });
    while (ready.load() == 0) {
    }
    setter.join();
  });
  EXPECT_EQ(result.coverage, heddle::coverage::exhaustive) << result.text();
  EXPECT_TRUE(assumes(result, "unchanged")) << result.text();
}

TEST(Automatic, SamplesVeryLongExecutionsAtOnce) {
  heddle::options how = quiet("auto", 30);
  int switches = 0;
  const heddle::report result = heddle::explore(how, [&] {
    heddle::atomic<int> shared{0};
    int last = 0;
    const auto work = [&](int me) {
      for (int i = 0; i < 3'000; ++i) {
        shared.fetch_add(1);
        switches += last != me;
        last = me;
      }
    };
    heddle::thread a(work, 1);
    heddle::thread b(work, 2);
    a.join();
    b.join();
  });
  EXPECT_EQ(result.executions, 30);
  EXPECT_GT(switches, 10'000);  // neither of the searches would have made as many
  EXPECT_LT(result.elapsed, std::chrono::seconds(60));
}

TEST(Automatic, FindsWhatOnlyTheLastPhaseCan) {
  // Of 20 bits each must come out in one way: one execution in a million, but the first two phases
  // would not have them even then.
  heddle::options how = quiet("auto", 10'000);
  const heddle::report result = heddle::explore(how, [] {
    unsigned sum = 0;
    for (int i = 0; i < 12; ++i) sum += heddle::choose(2);
    for (int i = 0; i < 40; ++i) heddle::choose(2);
    heddle::check(sum != 11, "eleven of the first twelve");
  });
  EXPECT_FALSE(result.passed());
}

TEST(Automatic, ComplainsOfABodyThatDiffers) {
  int executions = 0;
  const heddle::report r = heddle::explore(quiet("auto", 1'000), [&executions] {
    heddle::atomic<int> x{0};
    heddle::atomic<int> y{0};
    const bool odd = executions++ % 3 == 2;
    heddle::thread a([&] {
      odd ? static_cast<void>(x.load()) : x.store(1);
      y.store(1);
    });
    heddle::thread b([&] { y.store(2); });
    a.join();
    b.join();
  });
  ASSERT_TRUE(r.failure.has_value());
  EXPECT_NE(r.failure->message.find("not deterministic"), std::string::npos) << r.failure->message;
}

}  // namespace
