// SPDX-License-Identifier: MIT
//
// The oracle's counts of preemptions, against published numbers for litmus tests.
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "brute_force.hpp"
#include "known_programs.hpp"

namespace oracle {
namespace {

using counts = std::vector<std::size_t>;

// Executions with at most 0, 1, 2 preemptions.
counts up_to_two_preemptions(const census& c) {
  counts sums;
  std::size_t sum = 0;
  for (std::size_t k = 0; k < 3; ++k) {
    sum += k < c.preemptions.size() ? c.preemptions[k] : 0;
    sums.push_back(sum);
  }
  return sums;
}

// "plain schedules" of litmus tests: all, and those with at most 0, 1, 2 preemptions.
TEST(EveryExecution, CountsPreemptions) {
  struct row {
    program p;
    std::size_t all;
    counts bounded;
  };
  const auto litmus = [](int variables, std::vector<thread_code> threads) {
    threads.insert(threads.begin(), thread_code{});
    return program{.variables = atomics(variables), .threads = std::move(threads)};
  };
  const thread_code rr = {load(0), load(1)};
  const thread_code rr_back = {load(1), load(0)};
  const std::vector<row> rows = {
      {sb(2), 6, {2, 4, 6}},
      {sb(3), 90, {6, 24, 60}},
      {lb(3), 90, {6, 24, 60}},
      {litmus(2, {{store(0, 1)}, rr, rr_back, {store(1, 1)}}), 180, {24, 96, 180}},  // IRIW
      {litmus(1, {{store(0, 1)}, {load(0), load(0), load(0)}, {store(0, 2)}}), 20, {6, 18, 20}},
      {litmus(1, {{load(0), fetch_add(0, 1)}, {fetch_add(0, 1)}}), 3, {2, 3, 3}},
      // MP2, whose two fences are points here.
      {litmus(4, {{store(0, 1), store(2, 1), point(), store(1, 1), store(3, 1)},
                  {load(1), point(), load(0)},
                  {load(3), point(), load(2)}}),
       9240,
       {6, 54, 310}},
      // MP whose reader goes on only if it saw the flag.
      {litmus(2, {{store(0, 1), store(1, 1)}, {load(1), skip_unless(1, 1), load(0)}}),
       3,
       {2, 3, 3}},
  };
  for (const row& r : rows) {
    const census c = every_execution(r.p);
    EXPECT_EQ(c.complete, r.all) << to_string(r.p);
    EXPECT_EQ(up_to_two_preemptions(c), r.bounded) << to_string(r.p);
  }
}

// "SC classes" of litmus tests: all, and those with an execution of at most 0, 1, 2 preemptions.
TEST(EveryExecution, FindsTheLeastPreemptionsOfEachClass) {
  const auto bounded = [](const program& p) {
    counts sums(3, 0);
    for (const auto& [form, preemptions] : every_execution(p, {.classes = true}).classes) {
      for (std::size_t k = preemptions; k < 3; ++k) ++sums[k];
    }
    return sums;
  };
  EXPECT_EQ(bounded(sb(2)), (counts{2, 3, 3}));
  EXPECT_EQ(bounded(sb(3)), (counts{6, 7, 7}));
  EXPECT_EQ(bounded(corr_deep(2)), (counts{2, 4, 6}));
  program wrw2;
  wrw2.variables = atomics(1);
  wrw2.threads = {{}, {store(0, 1)}, {load(0), store(0, 2)}, {load(0), store(0, 3)}};
  EXPECT_EQ(bounded(wrw2), (counts{6, 18, 22}));
}

}  // namespace
}  // namespace oracle
