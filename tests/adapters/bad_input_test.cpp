// SPDX-License-Identifier: MIT
// Nonsense in variables and tokens gives a clear error and exit code 1; never a crash, never a
// hang.
#include <gtest/gtest.h>

#include "child.hpp"
#include "printed_report.hpp"

namespace {

const std::string test = "Changeable.LosesAnUpdate";

finished run(const std::string& variables, const std::string& filter = test) {
  return shell(variables + " " + program("changeable") + " --gtest_filter=" + filter);
}

std::string recorded_token(const std::string& filter = test) {
  return token_of(replay_line(run("HEDDLE_EXPLORER=dfs", filter).output));
}

void expect_refused(const std::string& variables, const std::string& what) {
  const finished result = run(variables);
  EXPECT_EQ(result.exit_code, 1) << variables << "\n" << result.output;
  EXPECT_NE(result.output.find(what), std::string::npos) << variables << "\n" << result.output;
  EXPECT_EQ(times(result.output, ": Failure\n"), 1u) << variables << "\n" << result.output;
}

TEST(BadVariable, IsNamedWithItsValue) {
  expect_refused("HEDDLE_EXECUTIONS=-5", "HEDDLE_EXECUTIONS is \"-5\"");
  expect_refused("HEDDLE_EXPLORER=nonsense", "nonsense");
  expect_refused("HEDDLE_SEED=abc", "HEDDLE_SEED is \"abc\"");
  expect_refused("HEDDLE_TIME=soon", "HEDDLE_TIME is \"soon\"");
  expect_refused("HEDDLE_MEMORY=tso", "HEDDLE_MEMORY is \"tso\"");
  expect_refused("HEDDLE_RACES=maybe", "HEDDLE_RACES is \"maybe\"");
}

TEST(BadToken, ThatIsDamagedIsRefused) {
  const std::string token = recorded_token();
  ASSERT_TRUE(token.starts_with("hd1:")) << token;
  expect_refused("HEDDLE_REPLAY=nonsense", "token");
  std::string changed = token;
  changed[4] = changed[4] == '0' ? '1' : '0';
  expect_refused("HEDDLE_REPLAY=" + changed, "checksum");
  expect_refused("HEDDLE_REPLAY=" + token + "0", "token");
}

TEST(BadToken, ThatIsTruncatedIsRefusedAtEveryLength) {
  const std::string token = recorded_token();
  for (std::size_t length = 1; length < token.size(); length += 7) {
    expect_refused("HEDDLE_REPLAY=" + token.substr(0, length), "token");
  }
}

TEST(BadToken, OfAnotherTestIsRefused) {
  const std::string token = recorded_token("Changeable.IsAnotherTest");
  ASSERT_TRUE(token.starts_with("hd1:")) << token;
  expect_refused("HEDDLE_REPLAY=" + token, "another test");
}

TEST(BadToken, OfAFutureVersionIsRefused) {
  expect_refused("HEDDLE_REPLAY=hd2" + recorded_token().substr(3), "version 2");
}

TEST(BadToken, OfAFileThatIsMissingIsRefused) {
  expect_refused("HEDDLE_REPLAY=/nowhere/file.schedule", "/nowhere/file.schedule");
}

TEST(BadToken, FailsEveryTestThatItIsNotFor) {
  const finished result = run("HEDDLE_REPLAY=" + recorded_token(), "Changeable.*");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.output.find("--gtest_filter"), std::string::npos) << result.output;
}

TEST(ChangedTest, DivergesFromItsOldScheduleByName) {
  const std::string replay = "HEDDLE_REPLAY=" + recorded_token() + " CHANGED=";
  for (const char* change :
       {"locks", "shorter", "longer", "more_threads", "empty", "endless", "throws"}) {
    const finished result = run(replay + change);
    EXPECT_EQ(result.exit_code, 1) << change << "\n" << result.output;
    EXPECT_EQ(times(result.output, ": Failure\n"), 1u) << change << "\n" << result.output;
    EXPECT_NE(result.output.find("does not fit"), std::string::npos) << change << "\n"
                                                                     << result.output;
    EXPECT_NE(result.output.find("choice "), std::string::npos) << change << "\n" << result.output;
  }
}

TEST(ChangedTest, IsToldWhatWasExpectedWhereTheScheduleFileIsAtHand) {
  const std::string directory = "directory=$(mktemp -d); HEDDLE_OUT=$directory ";
  const std::string command = program("changeable") + " --gtest_filter=" + test;
  const finished result =
      shell(directory + command + " >/dev/null; HEDDLE_REPLAY=$(echo $directory/*.schedule) " +
            "CHANGED=locks " + command + "; rm -r $directory");
  EXPECT_NE(result.output.find("does not fit"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("recorded"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("load"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("lock"), std::string::npos) << result.output;
}

}  // namespace
