// SPDX-License-Identifier: MIT
//
// The oracle's classes, against numbers that other tools and other enumerators agree on.
#include "class_form.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "brute_force.hpp"
#include "generator.hpp"
#include "known_programs.hpp"

namespace oracle {
namespace {

using counts = std::vector<std::size_t>;

// complete, failed, blocked, deadlocked
counts numbers(const census& c) {
  EXPECT_FALSE(c.capped);
  return {c.complete, c.failed, c.blocked, c.deadlocked};
}

census classes_of(const program& p) { return every_class(p, {.limit = 100'000}); }

TEST(EveryClass, HasThePublishedCounts) {
  struct row {
    const char* name;
    program p;
    std::size_t classes;
  };
  const std::vector<row> rows = {
      {"ainc(4)", ainc(4), 24},
      {"ainc(6)", ainc(6), 720},
      {"binc(3)", binc(3), 36},
      {"binc(4)", binc(4), 576},
      {"casrot(4)", casrot(4), 14},
      {"casrot(6)", casrot(6), 144},
      {"casrot(8)", casrot(8), 2048},
      {"readers(8)", readers(8), 256},
      {"nwriters(4)", nwriters(4), 24},
      {"nwriters(6)", nwriters(6), 720},
      {"floatread(4)", floatread(4), 120},
      {"floatread(6)", floatread(6), 5040},
      {"race2(2)", race2(2), 34},
      {"race2(4)", race2(4), 3334},
      {"corr_deep(4)", corr_deep(4), 70},
      {"corr_deep(8)", corr_deep(8), 12870},
      {"sb(2)", sb(2), 3},
      {"sb(4)", sb(4), 15},
      {"sb(8)", sb(8), 255},
      {"lb(4)", lb(4), 15},
      {"lb(8)", lb(8), 255},
      {"mp(4)", mp(4), 81},
      {"mp(6)", mp(6), 729},
      {"account(3)", account(3), 576},
      {"mutexcnt(4)", mutexcnt(4), 24},
      {"mutexcnt(6)", mutexcnt(6), 720},
      {"mutexcnt2(2)", mutexcnt2(2), 6},
      {"mutexcnt2(4)", mutexcnt2(4), 70},
      {"prodcons_m(2)", prodcons_m(2), 24},
      {"philosophers(3)", philosophers(3, true), 6},
      {"philosophers(4)", philosophers(4, true), 14},
      {"philosophers(5)", philosophers(5, true), 30},
      {"trylock(2)", trylock(2), 4},
      {"trylock(3)", trylock(3), 24},
      {"trylock(4)", trylock(4), 192},
      {"independent(4, 2)", independent(4, 2), 1},
  };
  for (const row& r : rows) {
    EXPECT_EQ(numbers(classes_of(r.p)), (counts{r.classes, 0, 0, 0})) << r.name;
  }
}

TEST(EveryClass, FailedTryLocksMayCommute) {
  EXPECT_EQ(every_class(trylock(2), {.rules = {.failed_try_locks_commute = true}}).complete, 4u);
  EXPECT_EQ(every_class(trylock(3), {.rules = {.failed_try_locks_commute = true}}).complete, 21u);
}

TEST(EveryClass, HasTheKnownCountsForConditionVariables) {
  struct row {
    const char* name;
    program p;
    std::size_t complete;
    std::size_t deadlocked;
  };
  const std::vector<row> rows = {
      {"condvar1(1)", condvar1(1), 2, 0},
      {"condvar1(2)", condvar1(2), 10, 0},
      {"condvar1(3)", condvar1(3), 96, 0},
      {"condvar2(1)", condvar2(1), 2, 0},
      {"condvar2(2)", condvar2(2), 16, 0},
      {"condvar2(3)", condvar2(3), 384, 0},
      {"cv_lost(1)", cv_lost(1), 1, 1},
      {"cv_lost(2)", cv_lost(2), 0, 10},
      {"cv_lost(3)", cv_lost(3), 0, 66},
      {"cv_tokens(1)", cv_tokens(1), 2, 0},
      {"cv_tokens(2)", cv_tokens(2), 30, 0},
      {"cv_tokens(3)", cv_tokens(3), 1572, 0},
      {"cv_sigunlocked(1)", condvar1(1, false), 2, 0},
      {"cv_sigunlocked(2)", condvar1(2, false), 10, 0},
      {"cv_sigunlocked(3)", condvar1(3, false), 96, 0},
      {"philo_dl(2)", philosophers(2, false), 2, 1},
      {"philo_dl(3)", philosophers(3, false), 6, 1},
      {"philo_dl(4)", philosophers(4, false), 14, 1},
  };
  for (const row& r : rows) {
    EXPECT_EQ(numbers(classes_of(r.p)), (counts{r.complete, 0, 0, r.deadlocked})) << r.name;
  }
}

// Two ways to the same classes: all executions, grouped; and pruning by prefix.
TEST(EveryClass, AgreesWithGroupingEveryExecution) {
  std::size_t compared = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const program p = random_program(seed);
    const census all = every_execution(p, {.limit = 2'000, .classes = true});
    if (all.capped) continue;
    const census once = every_class(p, {.classes = true});
    ASSERT_EQ(once.executions(), all.classes.size()) << "seed " << seed << "\n" << to_string(p);
    ASSERT_EQ(once.outcomes.size(), all.outcomes.size()) << "seed " << seed;
    ++compared;
  }
  EXPECT_GT(compared, 200u);
}

}  // namespace
}  // namespace oracle
