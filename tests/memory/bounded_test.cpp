// SPDX-License-Identifier: MIT
//
// Bounds on reads of old stores grow as those on preemptions do.
#include <gtest/gtest.h>

#include <heddle/sched/schedule.hpp>

#include "axioms.hpp"
#include "runner.hpp"
#include "table.hpp"

namespace litmus {
namespace {

heddle::options bounded(std::int64_t preemptions, std::int64_t stale_reads) {
  heddle::options how = every_execution("bounded");
  how.preemptions = preemptions;
  how.stale_reads = stale_reads;
  return how;
}

// (preemptions, old reads) = (0, 0): 2 orders, and nothing is cut. (0, 1): 3, for the read that
// comes second may read either store.
TEST(WeakBounds, OldReadsAreAddedWhenPreemptionsAreExhausted) {
  const auto found = explore(program("W x 1 rlx || R x rlx"), bounded(2, 2));
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive) << found.report.text();
  EXPECT_EQ(found.report.complete, 2 + 3);
}

// W for the store, R for a read of the newest store, O for one of an old one:
//   (0,0) WRR RRW    (1,0) these, RWR    (0,1) WRR WOR RRW    (1,1) these, RWR RWO
//   (0,2) WRR WOR WOO RRW                (1,2) these, RWR RWO
TEST(WeakBounds, GrowTogether) {
  const program test("W x 1 rlx || R x rlx; R x rlx");
  const auto all = explore(test, bounded(2, 2));
  EXPECT_EQ(all.report.coverage, heddle::coverage::exhaustive) << all.report.text();
  EXPECT_EQ(all.report.complete, 2 + 3 + 3 + 5 + 4 + 6);
  const auto one = explore(test, bounded(2, 1));
  EXPECT_EQ(one.report.coverage, heddle::coverage::bounded);
  EXPECT_EQ(one.report.complete, 2 + 3 + 3 + 5);
  EXPECT_NE(one.report.text().find("at most 1 times"), std::string::npos) << one.report.text();
  const auto none = explore(test, bounded(2, 0));
  EXPECT_EQ(none.report.complete, 2 + 3);
}

TEST(WeakBounds, SayHowFarEachWasFinished) {
  heddle::options how = bounded(2, 2);
  how.executions = 2 + 3 + 3 + 1;  // in the midst of (1, 1)
  const auto found = explore(program("W x 1 rlx || R x rlx; R x rlx"), how);
  EXPECT_EQ(found.report.coverage, heddle::coverage::bounded);
  ASSERT_FALSE(found.report.assumptions.empty());
  EXPECT_EQ(found.report.assumptions.front(),
            "at most 1 preemption in an execution whose loads read the newest stores, or at most 0 "
            "preemptions in an execution of which at most 1 load reads another store than the "
            "newest");
}

// Store buffering: one old read and no preemption are enough.
TEST(WeakBounds, TheLeastThatFailsIsFound) {
  const heddle::report found = heddle::explore(bounded(2, 2), [] {
    const outcome values = run(program("W x 1 rlx; R y rlx || W y 1 rlx; R x rlx"));
    heddle::check(values[0] + values[1] != 0, "one of them sees the other");
  });
  ASSERT_TRUE(found.failure);
  EXPECT_EQ(heddle::sched::schedule::parse(found.failure->schedule).shape.stale_reads, 1U);
}

// What is all seq_cst is explored as with memory = sc, execution by execution.
TEST(WeakBounds, NothingIsAddedWhereEveryOrderIsSeqCst) {
  const auto explored_with = [](heddle::memory by) {
    heddle::options how = bounded(3, 2);
    how.memory = by;
    return heddle::explore(how, [] {
      heddle::atomic<int> x{0};
      heddle::thread one([&] { x.store(1); });
      (void)x.load();
      (void)x.load();
      one.join();
    });
  };
  const heddle::report weak = explored_with(heddle::memory::cxx);
  const heddle::report strong = explored_with(heddle::memory::sc);
  EXPECT_EQ(weak.coverage, heddle::coverage::exhaustive) << weak.text();
  EXPECT_EQ(weak.complete, strong.complete);
  EXPECT_EQ(weak.executions, strong.executions);
  EXPECT_EQ(weak.assumptions, strong.assumptions);
}

TEST(WeakBounds, AddUpToWhatTheStandardAllows) {
  for (const row& of : table()) {
    if (of.cxx > 8) continue;
    const program test(of.text);
    heddle::options how = bounded(20, heddle::sched::any_number);
    how.executions = 20'000;
    const auto found = explore(test, how);
    const allowed all = enumerate(test, model::cxx);
    if (found.report.coverage == heddle::coverage::exhaustive) {
      EXPECT_EQ(difference(found.values(), all.outcomes), "") << of.name;
    } else {
      EXPECT_EQ(found.report.executions, how.executions) << of.name;
    }
  }
}

}  // namespace
}  // namespace litmus
