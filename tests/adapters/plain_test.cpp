// SPDX-License-Identifier: MIT
// A program without a test framework; see programs/plain.cpp.
#include <gtest/gtest.h>

#include "child.hpp"
#include "printed_report.hpp"

namespace {

TEST(PlainProgram, FindsItsBugAndReplaysItFromTheLineItPrints) {
  const finished found = shell(program("plain"));
  EXPECT_EQ(found.exit_code, 1) << found.output;
  EXPECT_NE(found.output.find("an update was lost"), std::string::npos) << found.output;
  const std::string line = replay_line(found.output);
  ASSERT_NE(line, "");
  for (int i = 0; i < 5; ++i) {
    const finished again = shell(line);
    EXPECT_EQ(again.exit_code, 1) << again.output;
    EXPECT_EQ(thread_columns(again.output), thread_columns(found.output));
    EXPECT_NE(again.output.find("replayed"), std::string::npos) << again.output;
  }
}

TEST(PlainProgram, KeepsItsArgumentsInTheReplayLine) {
  const finished found = shell(program("plain") + " 'two words' \"a'quote\" '$HOME' plain ''");
  const finished again = shell(replay_line(found.output));
  EXPECT_NE(again.output.find("5 arguments"), std::string::npos) << replay_line(found.output);
  EXPECT_NE(again.output.find("replayed"), std::string::npos) << again.output;
  EXPECT_EQ(replay_line(again.output), replay_line(found.output)) << "the same arguments";
}

}  // namespace
