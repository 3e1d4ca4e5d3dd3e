// SPDX-License-Identifier: MIT
#include "heddle/explorers/random_walk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "quiet_options.hpp"

namespace {

using draws = std::vector<std::array<std::uint32_t, 4>>;

draws draw(std::uint64_t seed, std::int64_t executions) {
  draws result;
  heddle::options how = quiet("random", executions);
  how.seed = seed;
  heddle::explore(how, [&] {
    std::array<std::uint32_t, 4> path{};
    for (auto& each : path) each = heddle::choose(6);
    result.push_back(path);
  });
  return result;
}

// Computed by an independent implementation of the generator and of the seed of each execution.
TEST(RandomWalk, HasItsGoldenExecutions) {
  EXPECT_EQ(
      draw(1, 6),
      (draws{{0, 3, 1, 4}, {2, 2, 5, 0}, {4, 4, 1, 4}, {4, 3, 5, 3}, {4, 4, 0, 1}, {0, 5, 5, 3}}));
}

TEST(RandomWalk, RepeatsItselfForTheSameSeedOnly) {
  EXPECT_EQ(draw(7, 50), draw(7, 50));
  EXPECT_NE(draw(7, 50), draw(8, 50));
}

TEST(RandomWalk, DrawsAnExecutionWhateverWasRunBeforeIt) {
  // Five choices or one in the executions before: the tenth is the same.
  const auto tenth = [](std::uint32_t choices_before) {
    std::vector<std::uint32_t> path;
    int runs = 0;
    heddle::explore(quiet("random", 10), [&] {
      const bool last = ++runs == 10;
      for (std::uint32_t i = 0; i < (last ? 8 : choices_before); ++i) {
        const std::uint32_t drawn = heddle::choose(100);
        if (last) path.push_back(drawn);
      }
    });
    return path;
  };
  const auto after_five = tenth(5);
  EXPECT_EQ(after_five.size(), 8u);
  EXPECT_EQ(after_five, tenth(1));
}

TEST(RandomWalk, GivesEveryCandidateOfAChoiceTheSameChance) {
  // Leaves a (1/2), then b, c, d (1/6 each).
  constexpr int executions = 12'000;
  std::array<int, 4> seen{};
  heddle::explore(quiet("random", executions), [&] {
    if (heddle::choose(2) == 0) {
      ++seen[0];
    } else {
      ++seen[1 + heddle::choose(3)];
    }
  });
  const std::array<double, 4> expected{6'000, 2'000, 2'000, 2'000};
  double chi_square = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    chi_square += (seen[i] - expected[i]) * (seen[i] - expected[i]) / expected[i];
  }
  EXPECT_LT(chi_square, 16.27) << "p < 0.001 with 3 degrees of freedom";
}

TEST(RandomWalk, ReachesEveryInterleavingOfASmallBody) {
  std::vector<std::string> seen;
  heddle::explore(quiet("random", 500), [&] {
    heddle::atomic<int> shared{0};
    std::string order;
    const auto work = [&](char id) {
      for (int i = 0; i < 2; ++i) {
        shared.fetch_add(1);
        order += id;
      }
    };
    heddle::thread one(work, 'a');
    heddle::thread two(work, 'b');
    one.join();
    two.join();
    if (std::find(seen.begin(), seen.end(), order) == seen.end()) seen.push_back(order);
  });
  EXPECT_EQ(seen.size(), 6u);
}

TEST(RandomWalk, OnlyEverSamples) {
  const heddle::report result = heddle::explore(quiet("random", 20), [] {});
  EXPECT_EQ(result.executions, 20);
  EXPECT_EQ(result.coverage, heddle::coverage::sampled);
}

}  // namespace
