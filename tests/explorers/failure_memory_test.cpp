// SPDX-License-Identifier: MIT
// Schedules that have failed are kept, rerun first, and never deleted.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "heddle/sched/schedule.hpp"
#include "quiet_options.hpp"
#include "schedule_file.hpp"
#include "scratch_directory.hpp"

namespace {

using state = heddle::remembered::state;
namespace fs = std::filesystem;

bool broken = true;
std::int64_t bodies = 0;

// Fails in one of three executions.
void body() {
  ++bodies;
  const auto value = heddle::choose(3);
  heddle::check(!broken || value != 2, "two");
}

heddle::options remembering(const scratch_directory& directory, const char* name = "Suite.Name") {
  heddle::options how = quiet("dfs");
  how.name = name;
  how.remember = directory / "schedules";
  broken = true;
  bodies = 0;
  return how;
}

std::size_t files_in(const std::string& directory) {
  std::size_t count = 0;
  for (const auto& at : fs::directory_iterator(directory)) count += at.is_regular_file();
  return count;
}

TEST(FailureMemory, KeepsAFailureAndRerunsItFirst) {
  const scratch_directory directory;
  const heddle::options how = remembering(directory);
  const heddle::report first = heddle::explore(how, body);
  ASSERT_TRUE(first.failure);
  EXPECT_TRUE(first.remembered.empty());
  EXPECT_EQ(files_in(how.remember), 1u);

  const heddle::report second = heddle::explore(how, body);
  ASSERT_TRUE(second.failure);
  EXPECT_EQ(second.executions, 1) << "it is the first that is run";
  ASSERT_EQ(second.remembered.size(), 1u);
  EXPECT_EQ(second.remembered[0].now, state::fails);
  EXPECT_EQ(second.failure->schedule, first.failure->schedule);
  EXPECT_EQ(files_in(how.remember), 1u) << "the same failure is kept once";
  EXPECT_NE(second.text().find("still fails"), std::string::npos) << second.text();
}

TEST(FailureMemory, SaysThatAFailureIsFixedAndKeepsItsSchedule) {
  const scratch_directory directory;
  const heddle::options how = remembering(directory);
  ASSERT_TRUE(heddle::explore(how, body).failure);
  broken = false;
  const heddle::report fixed = heddle::explore(how, body);
  EXPECT_TRUE(fixed.passed()) << fixed.text();
  EXPECT_EQ(fixed.executions, 3) << "what was rerun is not counted";
  EXPECT_EQ(fixed.coverage, heddle::coverage::exhaustive);
  ASSERT_EQ(fixed.remembered.size(), 1u);
  EXPECT_EQ(fixed.remembered[0].now, state::fixed);
  EXPECT_NE(fixed.text().find("is fixed"), std::string::npos) << fixed.text();
  EXPECT_EQ(files_in(how.remember), 1u);
}

TEST(FailureMemory, SkipsAScheduleThatDoesNotFitAnyMoreAndSaysSo) {
  const scratch_directory directory;
  const heddle::options how = remembering(directory);
  ASSERT_TRUE(heddle::explore(how, body).failure);
  const heddle::report changed = heddle::explore(how, [] { heddle::choose(7); });
  EXPECT_TRUE(changed.passed()) << changed.text();
  ASSERT_EQ(changed.remembered.size(), 1u);
  EXPECT_EQ(changed.remembered[0].now, state::outdated);
  EXPECT_NE(changed.remembered[0].why.find("choice 1"), std::string::npos)
      << changed.remembered[0].why;
  EXPECT_NE(changed.text().find("outdated"), std::string::npos) << changed.text();
  EXPECT_EQ(files_in(how.remember), 1u) << "nothing is deleted";
}

TEST(FailureMemory, SkipsAScheduleThatWasRecordedUnderAnyOtherBound) {
  const scratch_directory directory;
  const heddle::options how = remembering(directory);
  ASSERT_TRUE(heddle::explore(how, body).failure);
  broken = false;  // so that no further schedules are kept
  const auto skipped = [&](std::int64_t heddle::options::*bound) {
    heddle::options other = how;
    other.*bound += 1;
    const heddle::report result = heddle::explore(other, body);
    return result.remembered.size() == 1 &&
           result.remembered[0].why.find("other options") != std::string::npos;
  };
  EXPECT_TRUE(skipped(&heddle::options::early_timeouts));
  EXPECT_TRUE(skipped(&heddle::options::rereads));
  EXPECT_TRUE(skipped(&heddle::options::spurious));
  EXPECT_TRUE(skipped(&heddle::options::weak_cas_failures));
  EXPECT_TRUE(skipped(&heddle::options::try_lock_failures));
  EXPECT_TRUE(skipped(&heddle::options::deferred_asyncs));
  EXPECT_TRUE(skipped(&heddle::options::lock_back_offs));
}

TEST(FailureMemory, SkipsDamagedFilesAndSaysSo) {
  const scratch_directory directory;
  const heddle::options how = remembering(directory);
  const heddle::report found = heddle::explore(how, body);
  ASSERT_TRUE(found.failure);
  const std::string good =
      heddle::explorers::schedule_path(how.remember, how.name, found.failure->schedule);
  const std::string text = text_of_file(good);
  std::size_t damaged = 0;
  for (const std::string& bad : {std::string(), std::string("nonsense"),
                                 text.substr(0, text.size() / 2), std::string("\xff\0\xfe", 3),
                                 text.substr(0, text.find("token:")) + "token: hd1:nonsense\n"}) {
    std::ofstream(
        fs::path(how.remember) / ("Suite.Name-bad" + std::to_string(damaged++) + ".schedule"),
        std::ios::binary)
        << bad;
  }
  broken = false;
  const heddle::report result = heddle::explore(how, body);
  EXPECT_TRUE(result.passed()) << result.text();
  std::size_t said = 0;
  for (const auto& one : result.remembered) said += one.now == state::damaged;
  EXPECT_EQ(said, damaged) << result.text();
  EXPECT_EQ(files_in(how.remember), damaged + 1);
  EXPECT_NE(result.text().find("is damaged"), std::string::npos);
}

TEST(FailureMemory, IsSharedByTestsThatDoNotMeet) {
  const scratch_directory directory;
  const heddle::options one = remembering(directory, "Suite.Name");
  const heddle::options two = remembering(directory, "Suite.NameToo");
  const heddle::options three = remembering(directory, "Suite/Name");  // the same file names
  ASSERT_TRUE(heddle::explore(one, body).failure);
  for (const heddle::options& how : {two, three}) {
    broken = false;
    const heddle::report other = heddle::explore(how, body);
    EXPECT_TRUE(other.passed());
    EXPECT_TRUE(other.remembered.empty()) << other.text();
  }
}

TEST(FailureMemory, IsOffByDefaultAndAMissingDirectoryIsNoError) {
  EXPECT_TRUE(heddle::options{}.remember.empty());
  const scratch_directory directory;
  heddle::options how = remembering(directory);
  broken = false;
  how.remember = directory / "not/there";
  EXPECT_TRUE(heddle::explore(how, body).passed());
  EXPECT_FALSE(fs::exists(how.remember)) << "made only when there is something to keep";
}

}  // namespace
