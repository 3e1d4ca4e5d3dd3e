// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <csignal>

#include "adapters/child.hpp"
#include "common/without_limits.hpp"

namespace {

TEST(Interruption, CtrlCEndsATestWithAReportOfWhatWasCovered) {
  const finished seen =
      shell("timeout -s INT 1 " + program("endless") + "; echo \"ended with $?\"");
  EXPECT_NE(seen.output.find("ended by Ctrl-C"), std::string::npos) << seen.output;
  EXPECT_NE(seen.output.find("coverage: sampled"), std::string::npos) << seen.output;
  EXPECT_NE(seen.output.find("ended with 124"), std::string::npos) << seen.output;
  EXPECT_EQ(seen.output.find("[       OK ]"), std::string::npos) << seen.output;
}

TEST(Interruption, ExploreReturnsWhatWasCovered) {
  const heddle::options how = nothing_beside("Interruption.Test", "random");
  int executions = 0;
  const heddle::report of = heddle::explore(how, [&] {
    if (++executions == 5) std::raise(SIGINT);
  });
  EXPECT_TRUE(of.interrupted);
  EXPECT_TRUE(of.passed());
  EXPECT_EQ(of.executions, 5);
  EXPECT_EQ(of.stopped_by, "Ctrl-C");
  struct sigaction now = {};
  ASSERT_EQ(sigaction(SIGINT, nullptr, &now), 0);
  EXPECT_EQ(now.sa_handler, SIG_DFL);
}

TEST(Interruption, AHandlerOfTheProgramIsKept) {
  static int told = 0;
  struct sigaction own = {};
  own.sa_handler = [](int) { ++told; };
  struct sigaction before = {};
  sigaction(SIGINT, &own, &before);
  heddle::options how = without_limits("Interruption.Test", "auto");
  const heddle::report of = heddle::explore(how, [] { std::raise(SIGINT); });
  sigaction(SIGINT, &before, nullptr);
  EXPECT_FALSE(of.interrupted);
  EXPECT_GT(told, 0);
}

}  // namespace
