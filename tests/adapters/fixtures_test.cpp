// SPDX-License-Identifier: MIT
// Fixtures under exploration; see programs/fixtures.cpp.
#include <gtest/gtest.h>

#include "child.hpp"

namespace {

finished run(const std::string& filter) {
  return shell(program("fixtures") + " '--gtest_filter=" + filter + "'");
}

TEST(Fixture, IsMadeSetUpAndTornDownInEveryExecution) {
  const finished result = run("Count*");
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_NE(result.output.find("[  PASSED  ] 5 tests"), std::string::npos) << result.output;
}

TEST(Fixture, ThatFailsInSetUpRunsNoBodyButItsTearDown) {
  const finished result = run("*FailsInSetUp*");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.output.find("set-up failed"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("[  PASSED  ] 1 test"), std::string::npos) << result.output;
}

TEST(Fixture, ThatFailsInTearDownFailsItsTest) {
  const finished result = run("FailsInTearDown*");
  EXPECT_EQ(result.exit_code, 1) << result.output;
  EXPECT_EQ(times(result.output, ": Failure\n"), 1u) << result.output;
  EXPECT_NE(result.output.find("tear-down failed"), std::string::npos) << result.output;
}

TEST(Fixture, IsTornDownAfterABodyThatFailed) {
  const finished result = run("*BodyFails*");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.output.find("the body failed"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("[  PASSED  ] 1 test"), std::string::npos) << result.output;
}

TEST(Fixture, LivesInsideTheExecution) {
  const finished result = run("LocksInConstructor*");
  EXPECT_EQ(result.exit_code, 0) << result.output;
}

TEST(Fixture, MaySkipInSetUp) {
  const finished result = run("*SkipsInSetUp*");
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_NE(result.output.find("[  SKIPPED ] 1 test"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("[  PASSED  ] 1 test"), std::string::npos) << result.output;
}

}  // namespace
