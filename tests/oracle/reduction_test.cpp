// SPDX-License-Identifier: MIT
//
// Partial-order reduction against the oracle: one execution per class, no class left out. What the
// environment says is as in differential_test.cpp.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "brute_force.hpp"
#include "compare.hpp"
#include "generator.hpp"
#include "heddle_runner.hpp"
#include "known_programs.hpp"
#include "shrink.hpp"

namespace oracle {
namespace {

constexpr std::size_t most_classes = 2'000;

std::uint64_t environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

census classes_of(const program& p) {
  return every_class(p, {.limit = most_classes, .rules = {.failed_try_locks_commute = true}});
}

// Empty if the explorer found every class once.
std::string differences_of(const std::string& explorer, const program& p, const census& truth) {
  heddle_run run = explore_on_heddle(p, unlimited(explorer));
  if (explorer == "dpor") return differences(truth, run);
  // Redundant executions are run out: they show their outcomes once more, and failures that are
  // met there count as failures.
  const heddle::report& r = run.report;
  std::string text;
  const auto expect = [&text](const char* what, std::size_t expected, std::int64_t actual,
                              std::int64_t more) {
    const auto least = static_cast<std::int64_t>(expected);
    if (least <= actual && actual <= least + more) return;
    text += std::string(what) + ": " + std::to_string(expected) + " by brute force, " +
            std::to_string(actual) + " by " + "source_dpor\n";
  };
  const std::int64_t more =
      r.redundant == 0 && truth.failed + truth.deadlocked == 0 ? 0 : 1'000'000;
  expect("complete", truth.complete, r.complete, 0);
  expect("failed", truth.failed, r.failed, more);
  expect("blocked", truth.blocked, r.blocked, 0);
  expect("deadlocked", truth.deadlocked, r.deadlocked, more);
  if (r.coverage != heddle::coverage::exhaustive) text += "the coverage is not exhaustive\n";
  for (const auto& [o, n] : truth.outcomes) {
    const auto found = run.outcomes.find(o);
    if (found == run.outcomes.end() || found->second < n) text += "missed: " + to_string(o) + "\n";
  }
  return text + impossible_outcomes(truth, run);
}

class Reduction : public testing::TestWithParam<const char*> {};

TEST_P(Reduction, AgreesOnKnownPrograms) {
  for (const program& p : {independent(2, 2),
                           independent(4, 3),
                           points(3, 2),
                           ainc(5),
                           binc(3),
                           casrot(6),
                           readers(6),
                           floatread(4),
                           race2(2),
                           corr_deep(4),
                           sb(4),
                           lb(4),
                           mp(4),
                           account(3),
                           mutexcnt(5),
                           mutexcnt2(3),
                           trylock(2),
                           trylock(3),
                           philosophers(3, true),
                           philosophers(3, false),
                           philosophers(4, false),
                           prodcons_m(2),
                           condvar1(1),
                           condvar1(2),
                           condvar1(3),
                           condvar1(2, false),
                           condvar2(1),
                           condvar2(2),
                           condvar2(3),
                           cv_lost(1),
                           cv_lost(2),
                           cv_lost(3),
                           cv_tokens(1),
                           cv_tokens(2),
                           cv_tokens(3)}) {
    EXPECT_EQ(differences_of(GetParam(), p, classes_of(p)), "") << to_string(p);
  }
}

// count 1; T1: x = 1; release. T2: acquire; x = 2. The writes may come in any order.
TEST_P(Reduction, ReversesWhatASemaphoreDoesNotOrder) {
  const program p{.variables = atomics(1),
                  .semaphores = {1},
                  .threads = {{}, {store(0, 1), release(0)}, {acquire(0), store(0, 2)}}};
  EXPECT_EQ(differences_of(GetParam(), p, classes_of(p)), "");
}

// In the first execution T3 is created after everything else, and blocked at once.
TEST_P(Reduction, ReversesForAThreadThatIsCreatedLastAndWaits) {
  const program p{.semaphores = {2},
                  .threads = {{start(1), join(1), start(3)},
                              {point()},
                              {try_acquire(0, 0), try_acquire(0, 0)},
                              {acquire(0)}}};
  const census truth = classes_of(p);
  EXPECT_EQ(truth.complete, 2u);
  EXPECT_EQ(differences_of(GetParam(), p, truth), "");
}

TEST_P(Reduction, AgreesOnRandomPrograms) {
  const std::uint64_t first = environment("HEDDLE_ORACLE_SEED", 1);
  const std::uint64_t programs = environment("HEDDLE_ORACLE_PROGRAMS", 300);
  std::uint64_t tested = 0;
  for (std::uint64_t seed = first; tested < programs; ++seed) {
    const program p = random_program(seed, {.most_operations = 14, .relock = seed % 8 == 0});
    const census truth = classes_of(p);
    if (truth.capped) continue;
    ++tested;
    const std::string found = differences_of(GetParam(), p, truth);
    if (found.empty()) continue;
    const program small = shrink(
        p, [](const program& q) { return !differences_of(GetParam(), q, classes_of(q)).empty(); },
        seed % 8 == 0);
    ADD_FAILURE() << "seed " << seed << "\n"
                  << to_string(p) << found << "\nshrunk to\n"
                  << to_string(small) << differences_of(GetParam(), small, classes_of(small));
    return;
  }
}

INSTANTIATE_TEST_SUITE_P(Explorers, Reduction, testing::Values("source_dpor", "dpor"),
                         [](const auto& at) { return std::string(at.param); });

}  // namespace
}  // namespace oracle
