// SPDX-License-Identifier: MIT
// Plain variables with races::explore_all: every access is a scheduling point.
#include <gtest/gtest.h>

#include <heddle/heddle.hpp>
#include <set>
#include <string>

namespace {

heddle::options exploring_races(const char* explorer) {
  heddle::options how;
  how.name = "a test";
  how.explorer = explorer;
  how.executions = 0;
  how.time = {};
  how.races = heddle::races::explore_all;
  how.stop_at_first_failure = false;
  how.environment = false;
  return how;
}

int increment_twice() {
  heddle::var<int> sum{0};
  heddle::thread other([&] { ++sum; });
  ++sum;
  other.join();
  return sum.load();
}

class VisibleVar : public testing::TestWithParam<const char*> {};

TEST_P(VisibleVar, LosesUpdatesAsPlainDataDoes) {
  const auto found = heddle::outcomes(exploring_races(GetParam()), increment_twice);
  EXPECT_EQ(found.values(), (std::set<int>{1, 2}));
  EXPECT_EQ(found.report.failed, 0) << "no race is reported: " << found.report.text();
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive);
}
INSTANTIATE_TEST_SUITE_P(Explorers, VisibleVar,
                         testing::Values("dfs", "dpor", "source_dpor", "auto"),
                         [](const auto& at) { return std::string(at.param); });

// Two threads of a read and a write, and a read when both have ended.
TEST(VisibleVars, AreCounted) {
  const auto body = [] { increment_twice(); };
  EXPECT_EQ(heddle::explore(exploring_races("dfs"), body).complete, 6);
  EXPECT_EQ(heddle::explore(exploring_races("dpor"), body).complete, 4);
  heddle::options how = exploring_races("dfs");
  how.races = heddle::races::report;
  EXPECT_EQ(heddle::explore(how, body).complete, 0);
}

TEST(VisibleVars, AreReadAndWrittenInOnePiece) {
  const heddle::report r = heddle::explore(exploring_races("dfs"), [] {
    heddle::var<std::string> text{"a"};
    heddle::thread other([&] { text.store("b"); });
    const std::string seen = text.load();
    heddle::check(seen == "a" || seen == "b");
    other.join();
  });
  EXPECT_EQ(r.failed, 0) << r.text();
  EXPECT_EQ(r.complete, 2);
}

TEST(VisibleVars, ReplayFromTheSchedule) {
  heddle::options how = exploring_races("dpor");
  how.stop_at_first_failure = true;
  const auto body = [] { heddle::check(increment_twice() == 2, "an update was lost"); };
  const heddle::report found = heddle::explore(how, body);
  ASSERT_TRUE(found.failure) << found.text();
  EXPECT_EQ(found.failure->kind, heddle::failure_kind::failed_check);
  EXPECT_NE(found.failure->schedule.find(".explore_all."), std::string::npos);
  how.races = heddle::races::report;  // the schedule knows better
  const heddle::report again = heddle::replay(found.failure->schedule, body, how);
  ASSERT_TRUE(again.failure);
  EXPECT_EQ(again.failure->message, found.failure->message);
}

// Under races::report nobody could ever see the flag change; here the loop waits for it.
TEST(VisibleVars, CanBeWaitedForInALoop) {
  for (const char* explorer : {"dfs", "random", "pct", "bounded", "auto"}) {
    heddle::options how = exploring_races(explorer);
    how.executions = 200;
    const heddle::report r = heddle::explore(how, [] {
      heddle::var<bool> ready{false};
      heddle::thread other([&] { ready.store(true); });
      while (!ready.load()) {
      }
      other.join();
    });
    EXPECT_TRUE(r.passed()) << explorer << "\n" << r.text();
    EXPECT_EQ(r.cut, 0) << explorer;
  }
}

TEST(VisibleVars, ShowWhatTheyReadInTheReport) {
  heddle::options how = exploring_races("dfs");
  how.stop_at_first_failure = true;
  const heddle::report r = heddle::explore(how, [] {
    heddle::var<int> value{1};
    heddle::thread other([&] { value.store(7); });
    heddle::check(value.load() != 7, "seven");
    other.join();
  });
  ASSERT_TRUE(r.failure);
  EXPECT_NE(r.text().find("= 7"), std::string::npos) << r.text();
}

}  // namespace
