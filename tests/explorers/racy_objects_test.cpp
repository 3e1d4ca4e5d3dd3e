// SPDX-License-Identifier: MIT
// races::explore: accesses of the plain objects on which threads race are scheduling points.
#include <gtest/gtest.h>

#include <array>
#include <deque>
#include <heddle/heddle.hpp>
#include <memory>
#include <set>
#include <string>

#include "golden.hpp"
#include "heddle/explorers/dpor.hpp"
#include "quiet_options.hpp"

namespace {

using heddle::coverage;

heddle::options exploring(const std::string& explorer) {
  heddle::options how = quiet(explorer.c_str(), 2'000);
  how.races = heddle::races::explore;
  how.stop_at_first_failure = false;
  return how;
}

// `log` is written by one thread after the other: no race, and no scheduling point.
int lost_update() {
  heddle::var<int> sum{0};
  heddle::var<int> log{0};
  ++log;
  heddle::thread other([&] {
    ++sum;
    ++log;
    ++log;
  });
  ++sum;
  other.join();
  ++log;
  return sum.load();
}

class RacyObjects : public testing::TestWithParam<const char*> {};

TEST_P(RacyObjects, AreFoundAndExplored) {
  const auto found = heddle::outcomes(exploring(GetParam()), lost_update);
  EXPECT_EQ(found.values(), (std::set<int>{1, 2}));
  EXPECT_EQ(found.report.failed, 0) << "no race is reported: " << found.report.text();
  for (const auto& [sum, witness] : found.results) {
    SCOPED_TRACE(witness.schedule);
    heddle::options how = exploring("auto");
    int again = 0;
    EXPECT_TRUE(heddle::replay(
                    witness.schedule, [&] { again = lost_update(); }, how)
                    .passed());
    EXPECT_EQ(again, sum);
  }
}

void fails_if_lost() { heddle::check(lost_update() == 2, "an update was lost"); }

TEST_P(RacyObjects, StandInTheSchedule) {
  heddle::options how = exploring(GetParam());
  how.stop_at_first_failure = true;
  const heddle::report r = heddle::explore(how, fails_if_lost);
  ASSERT_TRUE(r.failure.has_value()) << r.text();
  EXPECT_NE(r.failure->message.find("an update was lost"), std::string::npos) << r.text();
  EXPECT_NE(r.failure->schedule.find(":sc.explore.e1.r2.p"), std::string::npos);
  const heddle::report again = heddle::replay(r.failure->schedule, fails_if_lost, how);
  ASSERT_TRUE(again.failure.has_value());
  EXPECT_EQ(again.failure->message, r.failure->message);
  EXPECT_EQ(again.failure->schedule, r.failure->schedule);
  // The same again, number by number.
  const heddle::report twin = heddle::explore(how, fails_if_lost);
  EXPECT_EQ(twin.failure->schedule, r.failure->schedule);
  EXPECT_EQ(twin.executions, r.executions);
}

INSTANTIATE_TEST_SUITE_P(Explorers, RacyObjects,
                         testing::Values("auto", "dfs", "dpor", "source_dpor", "bounded", "delay",
                                         "random", "pct", "pos", "urw", "surw"),
                         [](const auto& at) { return std::string(at.param); });

// Two threads of a read and a write of `sum`, and nothing else: 4 classes, and a search for races
// that takes what it takes.
TEST(Explore, LeavesOtherPlainDataAlone) {
  stand_at_the_source_root();
  const heddle::report r = heddle::explore(exploring("dpor"), [] { lost_update(); });
  EXPECT_EQ(r.coverage, coverage::exhaustive);
  EXPECT_EQ(r.distinct, 4u);
  const std::string all = testing::PrintToString(r.assumptions);
  EXPECT_NE(all.find("only those of `sum` are scheduling points"), std::string::npos) << all;
}

TEST(Explore, ClaimsNothingMoreWithoutARace) {
  const heddle::report r = heddle::explore(exploring("dpor"), [] {
    heddle::var<int> sum{0};
    heddle::thread other([&] { ++sum; });
    other.join();
    ++sum;
  });
  EXPECT_TRUE(r.passed());
  EXPECT_EQ(r.coverage, coverage::exhaustive);
  EXPECT_EQ(r.distinct, 1u);
  EXPECT_TRUE(r.assumptions.empty()) << testing::PrintToString(r.assumptions);
}

// The second race lies behind the first one: it is there only where `ready` was lost.
int race_behind_a_race() {
  heddle::var<int> ready{0};
  heddle::var<int> behind{0};
  const auto work = [&] {
    const int seen = ready.load();
    ready.store(seen + 1);
    if (seen == 1) return;
    ++behind;
  };
  heddle::thread other(work);
  work();
  other.join();
  return 10 * ready.load() + behind.load();
}

class RaceBehindARace : public testing::TestWithParam<const char*> {};

TEST_P(RaceBehindARace, StartsTheSearchAgain) {
  heddle::options how = exploring(GetParam());
  how.executions = 0;
  how.preemptions = 10;
  const auto found = heddle::outcomes(how, race_behind_a_race);
  EXPECT_EQ(found.values(), (std::set<int>{11, 12, 21}));
  EXPECT_EQ(found.report.coverage, coverage::exhaustive) << found.report.text();
  // Without the search for races that comes first: the explorer alone.
  heddle::explorers::dpor alone(heddle::explorers::dpor::mode::optimal);
  const heddle::report r = heddle::explore(how, alone, [] { race_behind_a_race(); });
  EXPECT_EQ(r.coverage, coverage::exhaustive);
  EXPECT_EQ(r.distinct, found.report.distinct);
}

INSTANTIATE_TEST_SUITE_P(Explorers, RaceBehindARace,
                         testing::Values("auto", "dfs", "dpor", "source_dpor", "bounded"),
                         [](const auto& at) { return std::string(at.param); });

// Which objects a test program has made before, and where, does not matter.
std::string schedule_of_outside_objects() {
  heddle::var<int> sum{0};
  heddle::options how = exploring("dpor");
  how.stop_at_first_failure = true;
  const heddle::report r = heddle::explore(how, [&] {
    sum.store(0);
    heddle::thread other([&] { ++sum; });
    ++sum;
    other.join();
    heddle::check(sum.load() == 2, "an update was lost");
  });
  return r.failure ? r.failure->schedule : r.text();
}

TEST(Explore, KnowsObjectsMadeOutside) {
  const std::string alone = schedule_of_outside_objects();
  EXPECT_NE(alone.find(".explore."), std::string::npos) << alone;
  std::array<heddle::var<int>, 3> others;
  auto later = std::make_unique<heddle::var<int>>(1);
  EXPECT_EQ(schedule_of_outside_objects(), alone);
  later.reset();
  EXPECT_EQ(schedule_of_outside_objects(), alone);
}

TEST(Explore, TellsTwinsMadeOutsideApart) {
  std::array<heddle::var<int>, 2> cells;  // of one place
  const heddle::report r = heddle::explore(exploring("dpor"), [&] {
    cells[0].store(0);
    heddle::thread other([&] { ++cells[1]; });
    ++cells[1];
    other.join();
  });
  EXPECT_EQ(r.coverage, coverage::exhaustive);
  EXPECT_EQ(r.distinct, 4u) << "cells[0] is no point: " << r.text();
}

// Made by the first execution, and still there in the next.
TEST(Explore, KnowsWhatABodyKeeps) {
  const auto body = [] {
    static heddle::var<int> kept{0};
    kept.store(0);
    heddle::thread other([] { ++kept; });
    ++kept;
    other.join();
    heddle::check(kept.load() == 2, "an update was lost");
  };
  heddle::options how = exploring("auto");
  how.stop_at_first_failure = true;
  const heddle::report r = heddle::explore(how, body);
  ASSERT_TRUE(r.failure.has_value());
  EXPECT_NE(r.failure->message.find("an update was lost"), std::string::npos) << r.text();
  EXPECT_TRUE(heddle::replay(r.failure->schedule, body, how).failure.has_value());
}

TEST(Explore, RunsTheSameBytesAgain) {
  heddle::options how = exploring("bytes");
  how.bytes = std::string("\1\1\1\1\1\1", 6);
  const heddle::report r = heddle::explore(how, fails_if_lost);
  EXPECT_EQ(r.executions, 2) << r.text();
  ASSERT_TRUE(r.failure.has_value()) << r.text();
  EXPECT_TRUE(heddle::replay(r.failure->schedule, fails_if_lost, how).failure.has_value());
}

TEST(Explore, SaysWhereItBecomesTooMuch) {
  heddle::options how = exploring("random");
  const heddle::report r = heddle::explore(how, [] {
    std::deque<heddle::var<int>> cells(1'100);
    heddle::thread other([&] {
      for (auto& cell : cells) cell.store(1);
    });
    for (auto& cell : cells) cell.store(2);
    other.join();
  });
  ASSERT_TRUE(r.failure.has_value());
  EXPECT_EQ(r.failure->kind, heddle::failure_kind::limit);
  EXPECT_NE(r.failure->message.find("more than 1000 plain objects"), std::string::npos);
  EXPECT_NE(r.failure->message.find("explore_all"), std::string::npos);
}

}  // namespace
