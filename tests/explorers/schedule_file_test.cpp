// SPDX-License-Identifier: MIT
#include "schedule_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "quiet_options.hpp"
#include "scratch_directory.hpp"

namespace heddle::explorers {
namespace {

// So many irregular choices that the token is longer than a command line should be.
void long_body() {
  std::uint32_t sum = 0;
  for (int i = 0; i < 2'000; ++i) sum += heddle::choose(10);
  heddle::check(sum == 0, "always, almost");
}

options writing_to(const scratch_directory& directory, const char* explorer = "random") {
  options how = quiet(explorer);
  how.out = directory / "out";
  how.minimise = 0;  // long on purpose
  return how;
}

std::string complaint(const std::string& path) {
  try {
    (void)schedule_file::read(path);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return {};
}

TEST(ScheduleFile, ReadsWhatItWrote) {
  const scratch_directory directory;
  const schedule_file written{
      "Suite.Name", "a cause", "hd1:0:sc:::abcd", {"first", "second choice"}};
  const std::string path = written.write(directory.path());
  const schedule_file read = schedule_file::read(path);
  EXPECT_EQ(read.test, written.test);
  EXPECT_EQ(read.cause, written.cause);
  EXPECT_EQ(read.token, written.token);
  EXPECT_EQ(read.choices, written.choices);
  EXPECT_TRUE(names_file(path));
  EXPECT_FALSE(names_file(written.token));
}

TEST(ScheduleFile, ReadsWhatItWroteAlsoWhereTheCauseHasSeveralLines) {
  const scratch_directory directory;
  const schedule_file written{
      "Suite.Name", "one\ntoken: nonsense\nchoices:\nthree", "hd1:0:sc:::abcd", {"a"}};
  const schedule_file read = schedule_file::read(written.write(directory.path()));
  EXPECT_EQ(read.token, written.token);
  EXPECT_EQ(read.choices, written.choices);
  EXPECT_EQ(read.cause, "one token: nonsense choices: three");
}

TEST(ScheduleFile, MakesItsDirectoryAndKeepsTestsApart) {
  const scratch_directory directory;
  const schedule_file one{"Suite.Name/0", "c", "hd1:0:sc:::abcd", {}};
  const schedule_file two{"Suite.Other", "c", "hd1:0:sc:::abcd", {}};
  const std::string deep = directory / "a/b/c";
  const std::string path = one.write(deep);
  EXPECT_NE(path, two.write(deep));
  EXPECT_EQ(std::filesystem::path(path).parent_path(), deep)
      << "no slash of the name is a directory";
  EXPECT_EQ(path, schedule_path(deep, one.test, one.token));
}

TEST(ScheduleFile, ThatCannotBeWrittenIsSaid) {
  const scratch_directory directory;
  const std::string blocked = directory / "file";
  std::ofstream(blocked) << "not a directory";
  const schedule_file one{"Suite.Name", "c", "hd1:0:sc:::abcd", {}};
  EXPECT_THROW((void)one.write(blocked), std::runtime_error);

  options how = quiet("random");
  how.out = blocked;
  const report result = explore(how, long_body);
  ASSERT_TRUE(result.failure);
  EXPECT_NE(result.text().find("cannot write"), std::string::npos);
}

TEST(ScheduleFile, ThatIsMissingOrNoneIsRefusedByName) {
  const scratch_directory directory;
  const std::string path = directory / "some.schedule";
  EXPECT_NE(complaint(path).find(path), std::string::npos) << complaint(path);
  for (const char* content : {"", "nonsense\n", "# Heddle schedule, version 2\ntoken: x\n",
                              "# Heddle schedule, version 1\n",
                              "# Heddle schedule, version 1\ntest: a\nchoices:\ntoken: x\n"}) {
    std::ofstream(path) << content;
    EXPECT_NE(complaint(path).find(path), std::string::npos) << "for " << content;
  }
  EXPECT_NE(complaint(directory.path()).find(directory.path()), std::string::npos);
}

TEST(ScheduleFile, HoldsALongScheduleAndReplaysFromIt) {
  const scratch_directory directory;
  const report found = explore(writing_to(directory), long_body);
  ASSERT_TRUE(found.failure);
  ASSERT_GT(found.failure->schedule.size(), longest_inline_token);
  ASSERT_TRUE(std::filesystem::exists(found.failure->file)) << found.failure->file;
  EXPECT_NE(found.failure->rerun.find(found.failure->file), std::string::npos);
  EXPECT_EQ(found.failure->rerun.find("hd1:"), std::string::npos) << "the line stays short";

  const report again = replay(found.failure->file, long_body, writing_to(directory));
  ASSERT_TRUE(again.failure);
  EXPECT_EQ(again.failure->schedule, found.failure->schedule);
  EXPECT_EQ(again.failure->message, found.failure->message);
}

TEST(ScheduleFile, OfAShortScheduleIsWrittenOnlyOnRequest) {
  const auto body = [] { heddle::check(heddle::choose(2) == 0); };
  EXPECT_EQ(explore(quiet(), body).failure.value().file, "");
  const scratch_directory directory;
  const report found = explore(writing_to(directory, "dfs"), body);
  EXPECT_TRUE(std::filesystem::exists(found.failure.value().file));
  EXPECT_NE(found.failure->rerun.find("hd1:"), std::string::npos) << "short enough for a line";
}

TEST(ScheduleFile, NamesWhatWasExpectedWhereAReplayDiverges) {
  bool changed = false;
  const auto body = [&] {
    heddle::atomic<int> shared{0};
    heddle::mutex guard;
    const auto work = [&] {
      if (changed) {
        shared.store(1);
      } else {
        guard.lock();
        guard.unlock();
      }
    };
    heddle::thread one(work);
    heddle::thread two(work);
    one.join();
    two.join();
    heddle::check(heddle::choose(2) == 0, "one");
  };
  const scratch_directory directory;
  const report found = explore(writing_to(directory, "dfs"), body);
  ASSERT_TRUE(found.failure);
  changed = true;
  // By the file, and by a token whose file is at hand.
  options how = quiet("replay");
  for (const std::string& token : {found.failure->file, found.failure->schedule}) {
    const report again = replay(token, body, how);
    ASSERT_TRUE(again.failure);
    const std::string& message = again.failure->message;
    EXPECT_NE(message.find("choice 1"), std::string::npos) << message;
    EXPECT_NE(message.find("store"), std::string::npos) << message;
    EXPECT_NE(message.find("lock"), std::string::npos) << message;
    how.out = directory / "out";
  how.minimise = 0;  // long on purpose
  }
}

TEST(ScheduleFile, ThatWasDamagedIsRefused) {
  const scratch_directory directory;
  const report found = explore(writing_to(directory), long_body);
  ASSERT_TRUE(found.failure);
  const std::string content = text_of_file(found.failure->file);
  const std::string path = directory / "damaged.schedule";
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{10}, std::size_t{40}, std::size_t{500}}) {
    std::ofstream(path, std::ios::trunc) << content.substr(0, length);
    EXPECT_THROW(replay(path, long_body, quiet("replay")), std::invalid_argument) << length;
  }
  std::string flipped = content;
  const std::size_t at = flipped.find("token: ") + 60;
  flipped[at] = flipped[at] == '1' ? '2' : '1';
  std::ofstream(path, std::ios::trunc) << flipped;
  EXPECT_THROW(replay(path, long_body, quiet("replay")), std::invalid_argument);
}

TEST(ScheduleFile, OfAnotherTestNamesThatTest) {
  const scratch_directory directory;
  const report found = explore(writing_to(directory), long_body);
  ASSERT_TRUE(found.failure);
  options how = quiet("replay");
  how.name = "Other.Test";
  try {
    replay(found.failure->file, long_body, how);
    FAIL() << "it was accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("Suite.Name"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("Other.Test"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace heddle::explorers
