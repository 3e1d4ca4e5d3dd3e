// SPDX-License-Identifier: MIT
// What GoogleTest's assertions do inside an explored body; see programs/results.cpp.
#include <gtest/gtest.h>

#include "child.hpp"

namespace {

finished run(const std::string& filter) {
  return shell(program("results") + " '--gtest_filter=" + filter + "'");
}

// One test fails with one GoogleTest failure that says `what`.
finished expect_one_failure(const std::string& filter, const std::string& what) {
  finished result = run(filter);
  EXPECT_EQ(result.exit_code, 1) << result.output;
  EXPECT_EQ(times(result.output, ": Failure\n"), 1u) << result.output;
  EXPECT_EQ(times(result.output, "HEDDLE_REPLAY="), 1u) << result.output;
  EXPECT_NE(result.output.find(what), std::string::npos) << result.output;
  return result;
}

TEST(Assertions, OfTwoThreadsMakeOneFailureAndBothGoOn) {
  const finished result = expect_one_failure("ExpectInTwoThreads*", "from the");
  EXPECT_NE(result.output.find("2 tests"), std::string::npos) << "the checks after it passed";
  EXPECT_NE(result.output.find("[  PASSED  ] 2 tests"), std::string::npos) << result.output;
}

TEST(Assertions, ThatAreFatalEndTheirThreadOnly) {
  const finished result = expect_one_failure("AssertInAThread*", "in a function of the thread");
  EXPECT_NE(result.output.find("[  PASSED  ] 2 tests"), std::string::npos) << result.output;
}

TEST(Assertions, InTheBodyAreReportedAndNotTheThreadsTheyLeaveJoinable) {
  const finished result = expect_one_failure("AssertInTheBody*", "the assertion and not the leak");
  EXPECT_NE(result.output.find("failed: failed check"), std::string::npos) << result.output;
  EXPECT_EQ(result.output.find("failed: leak"), std::string::npos) << result.output;
}

TEST(Assertions, ByHandCarryTheirMessage) {
  expect_one_failure("AddFailure*", "added by hand");
  expect_one_failure("FailFails*", "failed by hand");
}

TEST(Assertions, NameTheLineOfTheAssertionAndTheTest) {
  const finished result = run("AddFailure*");
  EXPECT_GE(times(result.output, "programs/results.cpp:"), 2u) << result.output;
}

TEST(Exceptions, ThatNobodyCatchesAreOutcomesOfTheTest) {
  expect_one_failure("ThrowFails*", "thrown by the body");
  expect_one_failure("ThrowInAThread*", "thrown by a thread");
}

TEST(Leaks, AreReportedWhereNothingElseWent) { expect_one_failure("LeakFails*", "failed: leak"); }

TEST(Properties, TellWhatWasCovered) {
  const finished result =
      shell(program("results") + " '--gtest_filter=Options.Limit' --gtest_output=xml:/dev/stderr");
  EXPECT_EQ(result.exit_code, 0) << result.output;
  for (const char* each :
       {"\"heddle_executions\" value=\"17\"", "\"heddle_explorer\" value=\"random\"",
        "\"heddle_coverage\" value=\"sampled\"", "\"heddle_distinct\" value=\"1\"",
        "\"heddle_size\" value=\"10^0.0", "\"heddle_chance_of_new_random\" value=\"0.0"}) {
    EXPECT_EQ(times(result.output, each), 1u) << each << "\n" << result.output;
  }
}

TEST(Skip, InTheBodySkipsTheTestAfterOneExecution) {
  const finished result = run("Skip.EndsTheExploration:AfterSkip*");
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_NE(result.output.find("[  SKIPPED ] Skip.EndsTheExploration"), std::string::npos)
      << result.output;
  EXPECT_NE(result.output.find("not on this machine"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("[  PASSED  ] 1 test"), std::string::npos) << result.output;
}

TEST(Skip, IsNoLeakOfTheThreadsItLeavesJoinable) {
  const finished result = run("Skip.LeavesJoinable*");
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_NE(result.output.find("[  SKIPPED ] 1 test"), std::string::npos) << result.output;
}

TEST(Skip, InAThreadSkipsTheTest) {
  const finished result = run("Skip.InAThread");
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_NE(result.output.find("by a thread"), std::string::npos) << result.output;
}

TEST(Skip, AfterAFailureIsAFailure) {
  const finished result = run("Skip.AfterAFailure*");
  EXPECT_EQ(result.exit_code, 1) << result.output;
  EXPECT_NE(result.output.find("failed before"), std::string::npos) << result.output;
}

TEST(Macros, MixWithPlainTestsOfTheSameSuite) {
  const finished result = run("Mixed.*");
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_NE(result.output.find("[  PASSED  ] 2 tests"), std::string::npos) << result.output;
}

TEST(Macros, TakeOptions) {
  const finished result = run("Options.*");
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_NE(result.output.find("[  PASSED  ] 4 tests"), std::string::npos) << result.output;
}

TEST(Macros, TurnBadOptionsIntoAFailureOfTheTest) {
  const finished result = run("BadOptions*");
  EXPECT_EQ(result.exit_code, 1) << result.output;
  EXPECT_NE(result.output.find("executions"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("-3"), std::string::npos) << result.output;
}

TEST(Macros, RunAgainUnderRepeatAndShuffle) {
  const finished result =
      shell(program("results") + " '--gtest_filter=Mixed.*' --gtest_repeat=3 --gtest_shuffle");
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_EQ(times(result.output, "[  PASSED  ] 2 tests"), 3u) << result.output;
}

}  // namespace
