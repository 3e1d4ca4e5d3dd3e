// SPDX-License-Identifier: MIT
//
// The comparison must be able to fail.
#include "compare.hpp"

#include <gtest/gtest.h>

#include <iterator>

#include "known_programs.hpp"

namespace oracle {
namespace {

TEST(Differences, AreNoneForTheSameProgram) {
  const census truth = every_execution(sb(2));
  const heddle_run run = explore_on_heddle(sb(2), unlimited("dfs"));
  EXPECT_EQ(run.report.executions, 6);
  EXPECT_EQ(run.outcomes.size(), 3u);
  EXPECT_EQ(differences(truth, run), "");
}

TEST(Differences, AreFoundInEveryCounter) {
  const heddle_run run = explore_on_heddle(sb(2), unlimited("dfs"));
  for (std::size_t census::*counter :
       {&census::complete, &census::failed, &census::blocked, &census::deadlocked}) {
    census truth = every_execution(sb(2));
    ++(truth.*counter);
    EXPECT_NE(differences(truth, run), "");
  }
}

TEST(Differences, AreFoundInOutcomes) {
  // The same number of executions, other values.
  const census truth = every_execution(sb(2));
  EXPECT_NE(differences(truth, explore_on_heddle(lb(2), unlimited("dfs"))), "");
  heddle_run run = explore_on_heddle(sb(2), unlimited("dfs"));
  const auto first = run.outcomes.begin();
  const auto second = std::next(first);
  --first->second;
  ++second->second;
  EXPECT_NE(differences(truth, run), "");
}

TEST(Differences, AreFoundInTheCoverage) {
  heddle::options options = unlimited("random");
  options.executions = 6;
  EXPECT_NE(differences(every_execution(ainc(2)), explore_on_heddle(ainc(2), options)), "");
}

TEST(ImpossibleOutcomes, AreNamed) {
  const heddle_run run = explore_on_heddle(sb(2), unlimited("dfs"));
  EXPECT_EQ(impossible_outcomes(every_execution(sb(2)), run), "");
  EXPECT_NE(impossible_outcomes(every_execution(lb(2)), run), "");
}

}  // namespace
}  // namespace oracle
