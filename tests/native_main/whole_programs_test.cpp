// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "child.hpp"

// heddle::native_main: what a program may do, and what of it is a failure.
namespace {

finished run(const std::string& name, const std::string& environment = "") {
  return shell(environment + " " + program(name));
}

void expect_passed(const finished& ran) {
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_NE(ran.output.find(" passed\n"), std::string::npos) << ran.output;
}
void expect_failed(const finished& ran, const std::string& first_line) {
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  EXPECT_TRUE(ran.output.starts_with(first_line)) << ran.output;
}
// The command that the report names does it again.
void expect_replay(const finished& ran) {
  const std::size_t at = ran.output.find("HEDDLE_REPLAY=");
  ASSERT_NE(at, std::string::npos) << ran.output;
  const std::string command = ran.output.substr(at, ran.output.find('\n', at) - at);
  const finished again = shell(command);
  EXPECT_EQ(again.exit_code, 1) << command << "\n" << again.output;
  EXPECT_EQ(again.output.substr(0, again.output.find('\n')),
            ran.output.substr(0, ran.output.find('\n')));
  EXPECT_EQ(again.output.find("WARNING"), std::string::npos) << again.output;
}

TEST(WholeProgram, GetsItsArguments) { expect_passed(run("modes arguments 'two words'")); }

TEST(WholeProgram, FindsItsMemoryAsItWas) {
  for (const char* leaks : {"HEDDLE_LEAKS=on", "HEDDLE_LEAKS=off"}) {
    const finished ran = run("modes state", leaks);
    expect_passed(ran);
    EXPECT_EQ(ran.output.find(" 1 execution"), std::string::npos) << ran.output;
    EXPECT_EQ(ran.output.find("memory of libraries"), std::string::npos) << ran.output;
    EXPECT_NE(ran.output.find("coverage: exhaustive"), std::string::npos) << ran.output;
  }
}

TEST(WholeProgram, ClaimsLessWhereMemoryOfLibrariesIsNotPutBack) {
  const finished ran = run("lasting");
  expect_passed(ran);
  EXPECT_NE(ran.output.find("coverage: bounded"), std::string::npos) << ran.output;
  EXPECT_NE(ran.output.find("library functions do not write to text"), std::string::npos)
      << ran.output;
}

TEST(WholeProgram, MakesItsKeysAnewEachTime) {
  const finished ran = run("modes keys", "HEDDLE_EXPLORER=random HEDDLE_EXECUTIONS=1500");
  expect_passed(ran);
  EXPECT_NE(ran.output.find("1500 executions"), std::string::npos) << ran.output;
}

TEST(WholeProgram, OutputIsThatOfTheFailingExecution) {
  const finished ran = run("modes output");
  expect_failed(ran, "program_modes failed: failed check");
  EXPECT_EQ(times(ran.output, "this is shown once"), 1u) << ran.output;
  EXPECT_NE(ran.output.find("    | this is shown once"), std::string::npos) << ran.output;
  const finished quiet = run("modes quiet");
  expect_passed(quiet);
  EXPECT_EQ(times(quiet.output, "this is shown never"), 0u) << quiet.output;
}

TEST(WholeProgram, MayExit) { expect_passed(run("modes exit")); }

TEST(WholeProgram, ExceptionsCrashesAndAbortsAreFailures) {
  const finished thrown = run("modes exception");
  expect_failed(thrown, "program_modes failed: uncaught exception");
  EXPECT_NE(thrown.output.find("thrown on purpose"), std::string::npos) << thrown.output;
  expect_failed(run("modes abort"), "program_modes failed: crash");
  expect_failed(run("modes crash"), "program_modes failed: crash");
}

TEST(WholeProgram, RacesAreFoundAndReplayed) {
  const finished ran = run("modes race");
  expect_failed(ran, "program_modes failed: data race");
  EXPECT_NE(ran.output.find("counter"), std::string::npos) << ran.output;
  expect_replay(ran);
}

// The thread that looks may be the last to come, after main has returned.
TEST(WholeProgram, ReturnsWithoutJoin) {
  const finished ran = run("without_join");
  expect_failed(ran, "program_without_join failed: failed check");
  EXPECT_NE(ran.output.find("without_join.c:"), std::string::npos) << ran.output;
  expect_replay(ran);
}

TEST(WholeProgram, PlainAccessesAreSchedulingPointsWhereThreadsRace) {
  const finished ran = run("plain_c", "HEDDLE_RACES=explore");
  expect_failed(ran, "program_plain_c failed: failed check");
  EXPECT_NE(ran.output.find("assert((a == 0"), std::string::npos) << ran.output;
  EXPECT_NE(ran.output.find("lock m "), std::string::npos) << ran.output;
  EXPECT_EQ(ran.output.find("an unknown place"), std::string::npos) << ran.output;
  expect_replay(ran);
}

TEST(WholeProgram, WithoutMainSaysWhatToDo) {
  const finished ran = run("without_main");
  EXPECT_EQ(ran.exit_code, 2) << ran.output;
  EXPECT_NE(ran.output.find("-Dmain=heddle_program_main"), std::string::npos) << ran.output;
}

}  // namespace
