// SPDX-License-Identifier: MIT
//
// Heddle against the oracle: known programs, and random ones. The environment says how many:
//   HEDDLE_ORACLE_PROGRAMS    random programs per test (default 300)
//   HEDDLE_ORACLE_SEED        the seed of the first (default 1)
//   HEDDLE_ORACLE_EXECUTIONS  programs with more executions are left out (default 4,000)
//   HEDDLE_ORACLE_VERBOSE     print each seed before it runs, to find one that crashes
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "brute_force.hpp"
#include "compare.hpp"
#include "generator.hpp"
#include "heddle_runner.hpp"
#include "known_programs.hpp"
#include "shrink.hpp"

namespace oracle {
namespace {

std::uint64_t environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string dfs_differences(const program& p) {
  return differences(every_execution(p), explore_on_heddle(p, unlimited("dfs")));
}

// Calls `test(seed, program, census)` for as many random programs as asked for, leaving out those
// with too many executions. Stops at the first failure.
template <class Test>
void for_random_programs(const generator_options& options, Test test) {
  const std::uint64_t first = environment("HEDDLE_ORACLE_SEED", 1);
  const std::uint64_t programs = environment("HEDDLE_ORACLE_PROGRAMS", 300);
  const std::uint64_t most = environment("HEDDLE_ORACLE_EXECUTIONS", 4'000);
  std::uint64_t tested = 0;
  for (std::uint64_t seed = first; tested < programs; ++seed) {
    const program p = random_program(seed, options);
    const census truth = every_execution(p, {.limit = most});
    if (truth.capped) continue;
    ++tested;
    if (std::getenv("HEDDLE_ORACLE_VERBOSE") != nullptr) {
      std::cout << "seed " << seed << "\n" << to_string(p) << std::endl;
    }
    test(seed, p, truth);
    if (::testing::Test::HasFailure()) return;
  }
}

void expect_agreement(std::uint64_t seed, const program& p, const census& truth, bool relock) {
  const std::string found = differences(truth, explore_on_heddle(p, unlimited("dfs")));
  if (found.empty()) return;
  const program small = shrink(
      p, [](const program& q) { return !dfs_differences(q).empty(); }, relock);
  ADD_FAILURE() << "seed " << seed << "\n"
                << to_string(p) << found << "\nshrunk to\n"
                << to_string(small) << dfs_differences(small);
}

TEST(DepthFirst, AgreesOnKnownPrograms) {
  for (const program& p : {
           independent(2, 2),
           independent(3, 2),
           independent(2, 5),
           points(3, 2),
           ainc(5),
           binc(3),
           casrot(5),
           readers(4),
           floatread(4),
           race2(2),
           corr_deep(4),
           sb(3),
           lb(3),
           mp(2),
           account(2),
           mutexcnt(5),
           mutexcnt2(3),
           trylock(3),
           philosophers(3, true),
           philosophers(3, false),
           prodcons_m(2),
           condvar1(1),
           condvar1(2),
           condvar1(2, false),
           condvar2(1),
           condvar2(2),
           cv_lost(1),
           cv_lost(2),
           cv_tokens(1),
           cv_tokens(2),
           condvar1(3),
           condvar1(3, false),
           condvar2(3),
           cv_lost(3),
           cv_tokens(3),
           cv_requeue(2),
       }) {
    EXPECT_EQ(dfs_differences(p), "") << to_string(p);
  }
}

TEST(DepthFirst, AgreesOnRandomPrograms) {
  for_random_programs({}, [](std::uint64_t seed, const program& p, const census& truth) {
    expect_agreement(seed, p, truth, false);
  });
}

TEST(DepthFirst, AgreesOnRandomProgramsThatRelock) {
  for_random_programs({.relock = true},
                      [](std::uint64_t seed, const program& p, const census& truth) {
                        expect_agreement(seed, p, truth, true);
                      });
}

// With parking of repeated reads (the interpreter's loads share a line, so they look like a loop)
// it may leave executions out, but then the report lists the assumption; and what it does find is
// possible: no livelock in a program without loops.
TEST(DepthFirst, ListsAnAssumptionWhereItLeavesSomethingOut) {
  int exact = 0;
  for_random_programs({}, [&](std::uint64_t seed, const program& p, const census& truth) {
    heddle::options options = unlimited("dfs");
    options.rereads = heddle::options().rereads;
    options.early_timeouts = heddle::options().early_timeouts;
    const heddle_run run = explore_on_heddle(p, options);
    if (run.report.assumptions.empty()) {
      ++exact;
      EXPECT_EQ(differences(truth, run), "") << "seed " << seed << "\n" << to_string(p);
      return;
    }
    EXPECT_EQ(impossible_outcomes(truth, run), "") << "seed " << seed << "\n" << to_string(p);
    EXPECT_TRUE(truth.failed > 0 || run.report.failed == 0) << "seed " << seed;
    EXPECT_TRUE(truth.deadlocked > 0 || run.report.deadlocked == 0) << "seed " << seed;
  });
  EXPECT_GT(exact, 0);
}

TEST(RandomWalk, FindsNothingImpossible) {
  for_random_programs({}, [](std::uint64_t seed, const program& p, const census& truth) {
    heddle::options options = unlimited("random");
    options.executions = 30;
    options.seed = seed;
    const heddle_run run = explore_on_heddle(p, options);
    EXPECT_EQ(impossible_outcomes(truth, run), "") << "seed " << seed << "\n" << to_string(p);
    EXPECT_EQ(run.report.executions, 30) << "seed " << seed;
    EXPECT_EQ(run.report.cut, 0) << "seed " << seed;
  });
}

// A small set of outcomes is soon complete: the walk leaves none out.
TEST(RandomWalk, ReachesEveryOutcomeOfASmallProgram) {
  for (const program& p : {sb(2), mp(2), trylock(3), condvar1(2), cv_lost(2), cv_tokens(2),
                           philosophers(2, false), race2(1), casrot(3)}) {
    heddle::options options = unlimited("random");
    options.executions = 5'000;
    const heddle_run run = explore_on_heddle(p, options);
    EXPECT_EQ(run.outcomes.size(), every_execution(p).outcomes.size()) << to_string(p);
  }
}

TEST(Replay, GivesTheFailureAgain) {
  for_random_programs({}, [](std::uint64_t seed, const program& p, const census& truth) {
    if (truth.failed + truth.deadlocked == 0) return;
    heddle::options options = unlimited("dfs");
    options.stop_at_first_failure = true;
    const heddle_run found = explore_on_heddle(p, options);
    ASSERT_TRUE(found.report.failure.has_value()) << "seed " << seed << "\n" << to_string(p);
    const heddle_run again =
        replay_on_heddle(p, found.report.failure->schedule, unlimited("replay"));
    EXPECT_EQ(again.report.failed, found.report.failed) << "seed " << seed << "\n" << to_string(p);
    EXPECT_EQ(again.report.deadlocked, found.report.deadlocked) << "seed " << seed;
    ASSERT_EQ(again.outcomes.size(), 1u) << "seed " << seed;
    EXPECT_EQ(found.outcomes.count(again.outcomes.begin()->first), 1u) << "seed " << seed;
    EXPECT_NE(judge(again.outcomes.begin()->first), verdict::complete) << "seed " << seed;
  });
}

}  // namespace
}  // namespace oracle
