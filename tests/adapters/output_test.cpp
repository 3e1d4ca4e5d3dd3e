// SPDX-License-Identifier: MIT
// What a test program leaves on the screen and on disk; see programs/output.cpp.
#include <gtest/gtest.h>

#include "child.hpp"
#include "printed_report.hpp"

namespace {

finished run(const std::string& filter) {
  return shell(program("output") + " '--gtest_filter=" + filter + "'");
}

TEST(Output, OfTheBodyIsShownForTheFailingExecutionOnly) {
  const finished result = run("Prints.InEvery*");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(times(result.output, "printed in execution"), 1u) << result.output.substr(0, 2'000);
  EXPECT_NE(result.output.find("printed in execution 1999"), std::string::npos);
  EXPECT_EQ(times(result.output, "and to stderr"), 1u);
}

TEST(Output, OfABodyThatPassesIsNotShown) {
  const finished result = run("Prints.AndPasses");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(times(result.output, "nobody needs this"), 0u) << result.output;
}

TEST(Output, HasNoProgressLineWhereItIsNoTerminal) {
  const finished result = run("Slow.*");
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_EQ(times(result.output, "\r"), 0u) << result.output;
}

TEST(LongSchedule, IsReplayedFromTheFileThatTheLineNames) {
  const std::string command = program("output") + " '--gtest_filter=LongSchedule*'";
  const finished found = shell("directory=$(mktemp -d); cd $directory; " + command +
                               "; echo in $directory; ls heddle-out");
  const std::string line = replay_line(found.output);
  ASSERT_NE(line.find(".schedule"), std::string::npos) << line;
  EXPECT_LT(line.size(), 1'000u);
  const std::size_t at = found.output.rfind("\nin ") + 4;
  const std::string directory = found.output.substr(at, found.output.find('\n', at) - at);
  const finished again = shell("cd " + directory + " && " + line);
  EXPECT_EQ(again.exit_code, 1) << again.output;
  EXPECT_NE(again.output.find("replayed"), std::string::npos) << again.output;
  EXPECT_EQ(thread_columns(again.output), thread_columns(found.output));
  shell("rm -r '" + directory + "'");
}

TEST(LongSchedule, GoesWhereTheVariableSays) {
  const finished result =
      shell("directory=$(mktemp -d); HEDDLE_OUT=$directory/sub " + program("output") +
            " '--gtest_filter=LongSchedule*' >/dev/null; ls $directory/sub; rm -r $directory");
  EXPECT_EQ(times(result.output, ".schedule"), 1u) << result.output;
}

TEST(Crash, IsAFailureWithALineThatReplaysIt) {
  for (const char* test : {"Crash.Aborts", "Crash.Terminates"}) {
    const finished result = run(std::string(test) + ":AfterACrash.*");
    EXPECT_EQ(result.exit_code, 1) << result.output;
    EXPECT_NE(result.output.find("failed: crash"), std::string::npos) << result.output;
    EXPECT_NE(result.output.find("[  PASSED  ] 1 test"), std::string::npos) << result.output;
    const finished again = shell(replay_line(result.output));
    EXPECT_EQ(again.exit_code, 1) << again.output;
    EXPECT_NE(again.output.find("failed: crash"), std::string::npos) << again.output;
  }
}

TEST(GoogleTestFlags, ThatChangeHowFailuresEndStillShowTheReport) {
  const std::string command = program("output") + " '--gtest_filter=Prints.InEvery*' ";
  const finished uncaught = shell(command + "--gtest_catch_exceptions=0");
  EXPECT_EQ(uncaught.exit_code, 1) << uncaught.output.substr(0, 2'000);
  EXPECT_EQ(times(uncaught.output, "HEDDLE_REPLAY="), 1u) << uncaught.output.substr(0, 2'000);
  const finished brief = shell(command + "--gtest_brief=1");
  EXPECT_EQ(times(brief.output, "HEDDLE_REPLAY="), 1u) << brief.output.substr(0, 2'000);
}

}  // namespace
