// SPDX-License-Identifier: MIT
// With HEDDLE_REMEMBER, each schedule that is kept is a test of its own.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/child.hpp"
#include "explorers/scratch_directory.hpp"

namespace {

// Runs both tests of the program and their regressions.
finished run(const std::string& directory, const std::string& variables,
             const std::string& arguments = "") {
  return shell("HEDDLE_EXPLORER=dfs HEDDLE_REMEMBER=" + directory + " " + variables + " " +
               program("changeable") + " '--gtest_filter=Changeable.LosesAnUpdate*' " + arguments);
}

std::string only_file(const std::string& directory) {
  for (const auto& at : std::filesystem::directory_iterator(directory)) return at.path().string();
  return {};
}

TEST(Regressions, HaveNamesOnceAFailureIsKept) {
  const scratch_directory scratch;
  const std::string directory = scratch / "schedules";
  EXPECT_EQ(times(run(directory, "").output, "[ RUN      ]"), 1u);
  const std::string file = only_file(directory);
  ASSERT_NE(file, "");
  const std::string label = file.substr(file.rfind('-') + 1, file.rfind('.') - file.rfind('-') - 1);
  const finished again = run(directory, "");
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_EQ(times(again.output, "[ RUN      ]"), 2u) << again.output;
  EXPECT_NE(again.output.find("[  FAILED  ] Changeable.LosesAnUpdate/" + label), std::string::npos)
      << again.output;
}

TEST(Regressions, PassWhenTheFailureIsMended) {
  const scratch_directory scratch;
  const std::string directory = scratch / "schedules";
  run(directory, "");
  const finished mended = run(directory, "CHANGED=mended");
  EXPECT_EQ(mended.exit_code, 0) << mended.output;
  EXPECT_NE(mended.output.find("[       OK ] Changeable.LosesAnUpdate/"), std::string::npos)
      << mended.output;
  EXPECT_NE(only_file(directory), "");
}

TEST(Regressions, AreSkippedAndSaySoWhereTheyDoNotFitOrCannotBeRead) {
  const scratch_directory scratch;
  const std::string directory = scratch / "schedules";
  run(directory, "");
  const finished outdated = run(directory, "CHANGED=locks");
  EXPECT_EQ(outdated.exit_code, 0) << outdated.output;
  EXPECT_NE(outdated.output.find("[  SKIPPED ] Changeable.LosesAnUpdate/"), std::string::npos)
      << outdated.output;
  EXPECT_NE(outdated.output.find("the test now does this"), std::string::npos) << outdated.output;
  std::ofstream(only_file(directory)) << "nonsense";
  const finished damaged = run(directory, "CHANGED=mended");
  EXPECT_EQ(damaged.exit_code, 0) << damaged.output;
  EXPECT_NE(damaged.output.find("[  SKIPPED ] Changeable.LosesAnUpdate/"), std::string::npos)
      << damaged.output;
  EXPECT_NE(only_file(directory), "");
}

}  // namespace
