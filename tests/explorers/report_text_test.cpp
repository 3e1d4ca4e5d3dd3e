// SPDX-License-Identifier: MIT
// The whole text of a report for one bug of each kind, as a person reads it (tests/golden).
#include <gtest/gtest.h>

#include "bugs.hpp"
#include "golden.hpp"
#include "quiet_options.hpp"

namespace {

using heddle::failure_kind;

void expect_report(const char* name, failure_kind kind, void (*body)(),
                   heddle::options how = quiet()) {
  how.name = "Golden." + std::string(name);
  const heddle::report result = heddle::explore(how, body);
  ASSERT_TRUE(result.failure) << result.text();
  EXPECT_EQ(result.failure->kind, kind) << result.text();
  expect_golden(name, without_times(result.text()));
}

TEST(ReportText, OfADataRace) {
  expect_report("data_race", failure_kind::data_race, bugs::data_race);
}
TEST(ReportText, OfADeadlockCycle) {
  expect_report("deadlock_cycle", failure_kind::deadlock, bugs::deadlock_cycle);
}
TEST(ReportText, OfADeadlockWithOneself) {
  expect_report("self_deadlock", failure_kind::deadlock, bugs::self_deadlock);
}
TEST(ReportText, OfAWaitThatNobodyEverNotifies) {
  expect_report("never_notified", failure_kind::deadlock, bugs::never_notified);
}
TEST(ReportText, OfAMissedNotification) {
  expect_report("missed_notification", failure_kind::missed_notification,
                bugs::missed_notification);
}
TEST(ReportText, OfALivelock) { expect_report("livelock", failure_kind::livelock, bugs::livelock); }
TEST(ReportText, OfAFailedCheckWithNotesAndOutput) {
  expect_report("failed_check", failure_kind::lost_update, bugs::failed_check);
}
TEST(ReportText, OfAnUncaughtException) {
  expect_report("uncaught_exception", failure_kind::uncaught_exception, bugs::uncaught_exception);
}
TEST(ReportText, OfAMisuse) { expect_report("misuse", failure_kind::misuse, bugs::misuse); }
TEST(ReportText, OfALeak) { expect_report("leak", failure_kind::leak, bugs::leak); }
TEST(ReportText, OfALimit) {
  heddle::options how = quiet();
  how.steps = 20;
  expect_report("limit", failure_kind::limit, bugs::endless, how);
}
TEST(ReportText, OfACrash) { expect_report("crash", failure_kind::crash, bugs::crash); }

TEST(ReportText, OfATestThatPassed) {
  heddle::options how = quiet();
  how.name = "Golden.passed";
  const heddle::report result = heddle::explore(how, bugs::no_bug);
  EXPECT_TRUE(result.passed());
  expect_golden("passed", without_times(result.text()));
}

TEST(ReportText, OfAReplay) {
  heddle::options how = quiet();
  how.name = "Golden.replayed";
  const heddle::report found = heddle::explore(how, bugs::failed_check);
  ASSERT_TRUE(found.failure);
  const heddle::report again = heddle::replay(found.failure->schedule, bugs::failed_check, how);
  expect_golden("replayed", without_times(again.text()));
}

TEST(ReportText, OfADivergence) {
  heddle::options how = quiet();
  how.name = "Golden.diverged";
  const heddle::report found = heddle::explore(how, bugs::failed_check);
  ASSERT_TRUE(found.failure);
  const heddle::report again = heddle::replay(found.failure->schedule, bugs::no_bug, how);
  expect_golden("diverged", without_times(again.text()));
}

}  // namespace
