// SPDX-License-Identifier: MIT
//
// Bounded search against the oracle: every class that has an execution within the bound, and none
// that has not. What the environment says is as in differential_test.cpp.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "brute_force.hpp"
#include "compare.hpp"
#include "generator.hpp"
#include "heddle/explorers/bounded.hpp"
#include "heddle_runner.hpp"
#include "known_programs.hpp"
#include "shrink.hpp"

namespace oracle {
namespace {

std::uint64_t environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

struct kind {
  const char* name;
  bool reduce;
};
void PrintTo(const kind& of, std::ostream* out) { *out << of.name; }

census within(const program& p, std::size_t bound, std::size_t limit = 20'000) {
  return every_execution(p, {.limit = limit,
                             .classes = true,
                             .rules = {.failed_try_locks_commute = true},
                             .most_preemptions = bound});
}

// Empty if the search finds exactly what there is within the bound.
std::string differences_of(kind how, const program& p, std::uint32_t bound, const census& truth,
                           std::int64_t* explored = nullptr) {
  heddle::explorers::bounded search({.first = bound, .most = bound, .reduce = how.reduce});
  const heddle_run run = explore_on_heddle(p, unlimited("bounded"), search);
  const heddle::report& r = run.report;
  if (explored != nullptr) *explored += r.executions;
  std::string text;
  const auto expect = [&text](const std::string& what, std::size_t expected, std::size_t actual) {
    if (expected == actual) return;
    text += what + ": " + std::to_string(expected) + " by brute force, " + std::to_string(actual) +
            " by Heddle\n";
  };
  expect("classes", truth.classes.size(), r.distinct);
  if (!how.reduce) expect("executions", truth.executions(), static_cast<std::size_t>(r.executions));
  if (static_cast<std::size_t>(r.executions) > truth.executions()) {
    text += "more executions than there are: " + std::to_string(r.executions) + "\n";
  }
  expect("redundant", 0, static_cast<std::size_t>(r.redundant));
  const bool exhaustive = r.coverage == heddle::coverage::exhaustive;
  if (!exhaustive && r.coverage != heddle::coverage::bounded) text += "claims nothing\n";
  if (exhaustive && truth.cut && !how.reduce) text += "claims too much\n";
  if (!exhaustive && !truth.cut) text += "claims too little\n";
  for (const auto& [o, n] : truth.outcomes) {
    if (run.outcomes.count(o) == 0) text += "missed: " + to_string(o) + "\n";
  }
  return text + impossible_outcomes(truth, run);
}

class Bounded : public testing::TestWithParam<kind> {};

TEST_P(Bounded, AgreesOnKnownPrograms) {
  for (const program& p : {independent(2, 2),
                           points(3, 2),
                           ainc(4),
                           binc(3),
                           casrot(4),
                           readers(4),
                           floatread(4),
                           race2(2),
                           corr_deep(3),
                           sb(3),
                           lb(3),
                           mp(2),
                           account(2),
                           mutexcnt(4),
                           mutexcnt2(3),
                           trylock(2),
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
                           cv_requeue(2)}) {
    for (std::uint32_t bound = 0; bound <= 3; ++bound) {
      EXPECT_EQ(differences_of(GetParam(), p, bound, within(p, bound)), "")
          << to_string(p) << "within " << bound;
    }
  }
}

// T2's compare_exchange turns out otherwise if something comes before it that it does not depend on
// as it is.
TEST(BoundedReduction, MindsHowActionsMayTurnOut) {
  const program p{.variables = {{.initial = 1}},
                  .mutexes = 2,
                  .threads = {{},
                              {try_lock(1, 2), load(0), unlock(1), compare_exchange(0, 0, 2),
                               compare_exchange(0, 1, 2)},
                              {compare_exchange(0, 1, 1), lock(1), store(0, 2), unlock(1)}}};
  const census truth = within(p, 2);
  EXPECT_EQ(truth.classes.size(), 13u);
  EXPECT_EQ(differences_of({"reducing", true}, p, 2, truth), "");
}

// The choice comes right after the point, or when T2 has ended: one and the same class.
TEST(BoundedReduction, TellsClassesApartByWhatIsChosenAlone) {
  const program p{.semaphores = {0},
                  .threads = {{}, {start(2), point(), join(2), pick(2)}, {release(0)}}};
  const census truth = within(p, 2);
  EXPECT_EQ(truth.classes.size(), 2u);
  EXPECT_EQ(differences_of({"depth_first", false}, p, 2, truth), "");
}

TEST_P(Bounded, AgreesOnRandomPrograms) {
  const std::uint64_t first = environment("HEDDLE_ORACLE_SEED", 1);
  const std::uint64_t programs = environment("HEDDLE_ORACLE_PROGRAMS", 300);
  std::uint64_t tested = 0;
  std::size_t all = 0;
  std::size_t classes = 0;
  std::int64_t explored = 0;
  for (std::uint64_t seed = first; tested < programs; ++seed) {
    const program p = random_program(seed, {.most_operations = 12, .relock = seed % 8 == 0});
    const auto bound = static_cast<std::uint32_t>(seed % 4);
    const census truth = within(p, bound, 4'000);
    if (truth.capped) continue;
    ++tested;
    all += truth.executions();
    classes += truth.classes.size();
    const std::string found = differences_of(GetParam(), p, bound, truth, &explored);
    if (found.empty()) continue;
    const program small = shrink(
        p,
        [&](const program& q) {
          const census c = within(q, bound);
          return !c.capped && !differences_of(GetParam(), q, bound, c).empty();
        },
        seed % 8 == 0);
    ADD_FAILURE() << "seed " << seed << " within " << bound << "\n"
                  << to_string(p) << found << "\nshrunk to\n"
                  << to_string(small)
                  << differences_of(GetParam(), small, bound, within(small, bound));
    return;
  }
  RecordProperty("executions", std::to_string(all));
  RecordProperty("classes", std::to_string(classes));
  RecordProperty("explored", std::to_string(explored));
}

// Where something is beyond the bound, another way to it may not be. Without this rule of the
// search one of the classes here is missed.
TEST(BoundedReduction, MakesUpForWhatTheBoundForbids) {
  const program p{
      .variables = atomics(2),
      .mutexes = 2,
      .conditions = 1,
      .threads = {{},
                  {lock(1), notify_one(0), fetch_add(1, 1), unlock(1)},
                  {notify_one(0), lock(1), store_last_plus(0, 1), unlock(1)},
                  {lock(0), store_last_plus(1, 1), wait_while_zero(0, 0, 0), unlock(0)}}};
  const census truth = within(p, 1);
  EXPECT_EQ(truth.classes.size(), 26u);
  EXPECT_EQ(differences_of({"reducing", true}, p, 1, truth), "");
}

INSTANTIATE_TEST_SUITE_P(Searches, Bounded,
                         testing::Values(kind{"depth_first", false}, kind{"reducing", true}),
                         [](const auto& at) { return std::string(at.param.name); });

}  // namespace
}  // namespace oracle
