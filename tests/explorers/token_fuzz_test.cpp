// SPDX-License-Identifier: MIT
// The parser of tokens and of schedule files takes anything without harm: what it accepts is what
// it would write, the rest it refuses with a reason.
#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

#include "heddle/explorers/prng.hpp"
#include "heddle/sched/schedule.hpp"
#include "quiet_options.hpp"
#include "schedule_file.hpp"
#include "scratch_directory.hpp"

namespace {

using heddle::sched::schedule;

struct random_numbers {
  explicit random_numbers(std::uint64_t seed) : of(seed) {}
  std::uint64_t next() { return of.next(); }
  std::size_t below(std::size_t bound) { return of.below(static_cast<std::uint32_t>(bound)); }
  heddle::explorers::prng of;
};

schedule any_schedule(random_numbers& random) {
  schedule made;
  made.test = static_cast<std::uint32_t>(random.next());
  made.shape.races = random.below(2) == 0 ? heddle::races::report : heddle::races::off;
  made.shape.early_timeouts = static_cast<std::uint32_t>(random.below(1'000));
  made.shape.rereads = static_cast<std::uint32_t>(random.below(1'000));
  made.shape.spurious = static_cast<std::uint32_t>(random.below(3));
  const std::size_t choices = random.below(random.below(10) == 0 ? 3'000 : 30);
  for (std::size_t i = 0; i < choices; ++i) {
    made.indices.push_back(static_cast<std::uint32_t>(random.below(4) == 0 ? random.below(1u << 30)
                                                                           : random.below(2)));
  }
  if (random.below(2) == 0) {
    made.marks.assign(choices / schedule::stride(choices), '0');
    for (char& mark : made.marks) mark = "0123456789abcdef"[random.below(16)];
  }
  return made;
}

TEST(Token, OfAnyScheduleReadsBackAsTheSame) {
  random_numbers random(1);
  for (int i = 0; i < 3'000; ++i) {
    const schedule made = any_schedule(random);
    EXPECT_EQ(schedule::parse(made.token()), made) << made.token();
  }
}

// Repairs the checksum, so that what stands before it is looked at.
std::string with_checksum(std::string text) {
  if (text.size() < 5) return text;
  static constexpr char digits[] = "0123456789abcdef";
  const auto sum = heddle::sched::hash_name(std::string_view(text).substr(0, text.size() - 4));
  for (std::size_t i = 0; i < 4; ++i) text[text.size() - 1 - i] = digits[sum >> (4 * i) & 15];
  return text;
}

std::string mutated(std::string text, random_numbers& random) {
  const std::size_t changes = 1 + random.below(4);
  for (std::size_t i = 0; i < changes && !text.empty(); ++i) {
    const std::size_t at = random.below(text.size());
    static constexpr std::string_view likely = ":.x0123456789abcdefhdserpw-\n \xff";
    switch (random.below(6)) {
      case 0:
        text.erase(at, 1 + random.below(5));
        break;
      case 1:
        text.insert(at, 1, likely[random.below(likely.size())]);
        break;
      case 2:
        text[at] = static_cast<char>(random.below(256));
        break;
      case 3:
        text.insert(at, text.substr(random.below(text.size()), random.below(20)));
        break;
      case 4:
        text.insert(at, "99999999999999999999");
        break;
      default:
        text[at] = likely[random.below(likely.size())];
        break;
    }
  }
  return text;
}

TEST(Token, ThatIsDamagedInAnyWayIsRefusedOrStillMeansOneSchedule) {
  random_numbers random(2);
  std::int64_t accepted = 0;
  std::int64_t refused = 0;
  std::string base;
  for (int i = 0; i < 60'000; ++i) {
    if (i % 50 == 0) base = any_schedule(random).token();
    std::string text = mutated(base, random);
    if (random.below(2) == 0) text = with_checksum(text);
    try {
      const schedule read = schedule::parse(text);
      EXPECT_EQ(schedule::parse(read.token()), read) << text;
      ++accepted;
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find("heddle"), std::string::npos) << error.what();
      ++refused;
    }
  }
  EXPECT_GT(accepted, 100);
  EXPECT_GT(refused, 10'000);
}

TEST(ScheduleFile, OfAnyContentsIsReadOrRefused) {
  const scratch_directory directory;
  random_numbers random(3);
  const heddle::explorers::schedule_file good{"Suite.Name",
                                              "c",
                                              any_schedule(random).token(),
                                              {"T0 lock, 2 candidates: T0 lock, T1 lock -> T1"}};
  const std::string text = text_of_file(good.write(directory.path()));
  const std::string path = directory / "any.schedule";
  for (int i = 0; i < 2'000; ++i) {
    std::ofstream(path, std::ios::binary) << mutated(text, random);
    try {
      const auto read = heddle::explorers::schedule_file::read(path);
      EXPECT_FALSE(read.token.empty());
    } catch (const std::invalid_argument&) {
    }
  }
}

TEST(ScheduleFile, OfAHundredThousandChoicesReplays) {
  const scratch_directory directory;
  const auto body = [] {
    std::uint32_t sum = 0;
    for (int i = 0; i < 100'000; ++i) sum = sum * 31 + heddle::choose(3);
    heddle::check(false, std::to_string(sum));
  };
  heddle::options how = quiet("random");
  how.minimise = 0;
  how.diagnose = false;
  how.out = directory / "out";
  const heddle::report found = heddle::explore(how, body);
  ASSERT_TRUE(found.failure);
  ASSERT_FALSE(found.failure->file.empty());
  EXPECT_GT(found.failure->schedule.size(), 100'000u);
  const heddle::report again = heddle::replay(found.failure->file, body, how);
  ASSERT_TRUE(again.failure) << again.text();
  EXPECT_EQ(again.failure->message, found.failure->message);
  EXPECT_EQ(again.failure->schedule, found.failure->schedule);
}

}  // namespace
