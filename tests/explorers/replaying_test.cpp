// SPDX-License-Identifier: MIT
// A schedule that does not fit its test is a failure of its own that names the first difference.
#include "heddle/explorers/replaying.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "quiet_options.hpp"

namespace {

using heddle::sched::schedule;

// Two threads of two operations: three choices at most. Then three numbers.
void body() {
  heddle::atomic<int> shared{0};
  const auto work = [&] {
    shared.fetch_add(1);
    shared.fetch_add(1);
  };
  heddle::thread one(work);
  heddle::thread two(work);
  one.join();
  two.join();
  for (int i = 0; i < 3; ++i) heddle::choose(4);
  heddle::check(false, "always");
}

heddle::options replayed() { return quiet("replay"); }

schedule recorded(const char* explorer = "random") {
  const heddle::report found = heddle::explore(quiet(explorer), body);
  return schedule::parse(found.failure.value().schedule);
}

// The whole text of the failure of a replay that does not fit.
std::string divergence(const schedule& follow) {
  const heddle::report result = heddle::replay(follow.token(), body, replayed());
  EXPECT_TRUE(result.replayed);
  if (!result.failure) return "no failure";
  EXPECT_NE(result.failure->message, "always");
  return result.failure->message;
}

bool fits(const std::string& message) { return message.find("does not fit") == std::string::npos; }

TEST(Replay, RepeatsTheRecordedExecution) {
  for (const char* explorer : {"dfs", "random", "auto"}) {
    const heddle::report found = heddle::explore(quiet(explorer), body);
    ASSERT_TRUE(found.failure);
    const heddle::report again = heddle::replay(found.failure->schedule, body, replayed());
    ASSERT_TRUE(again.failure) << explorer;
    EXPECT_TRUE(again.replayed);
    EXPECT_EQ(again.executions, 1);
    EXPECT_EQ(again.failure->kind, found.failure->kind);
    EXPECT_EQ(again.failure->message, found.failure->message);
    EXPECT_EQ(again.failure->schedule, found.failure->schedule);
    EXPECT_EQ(again.failure->trace.entries.size(), found.failure->trace.entries.size());
  }
}

TEST(Replay, TakesTheOptionsThatShapeChoicesFromTheToken) {
  const auto racy = [] {
    heddle::var<int> shared{0};
    heddle::thread one([&] { shared.store(1); });
    heddle::thread two([&] { shared.store(2); });
    one.join();
    two.join();
  };
  const heddle::report found = heddle::explore(quiet(), racy);
  ASSERT_TRUE(found.failure);
  heddle::options how = replayed();
  how.races = heddle::races::off;
  how.early_timeouts = 9;
  const heddle::report again = heddle::replay(found.failure->schedule, racy, how);
  ASSERT_TRUE(again.failure);
  EXPECT_EQ(again.failure->kind, heddle::failure_kind::data_race);
  EXPECT_EQ(again.failure->schedule, found.failure->schedule);
}

TEST(Replay, OfAScheduleThatIsTooShortNamesWhereItEnds) {
  schedule follow = recorded();
  const std::size_t length = follow.indices.size();
  ASSERT_GT(length, 1u);
  follow.indices.pop_back();
  follow.marks.pop_back();
  const std::string message = divergence(follow);
  EXPECT_FALSE(fits(message)) << message;
  EXPECT_NE(message.find("choice " + std::to_string(length)), std::string::npos) << message;
  EXPECT_NE(message.find("schedule ends"), std::string::npos) << message;
}

TEST(Replay, OfAScheduleThatIsTooLongNamesTheFirstChoiceThatNeverCame) {
  schedule follow = recorded();
  const std::size_t length = follow.indices.size();
  follow.indices.insert(follow.indices.end(), 2, 0);
  follow.marks += "00";
  const std::string message = divergence(follow);
  EXPECT_FALSE(fits(message)) << message;
  EXPECT_NE(message.find("choice " + std::to_string(length + 1)), std::string::npos) << message;
  EXPECT_NE(message.find("has ended"), std::string::npos) << message;
}

TEST(Replay, OfAnIndexBeyondTheCandidatesNamesItsChoice) {
  schedule follow = recorded();
  follow.indices.at(1) = 1'000;
  const std::string message = divergence(follow);
  EXPECT_FALSE(fits(message)) << message;
  EXPECT_NE(message.find("choice 2"), std::string::npos) << message;
}

TEST(Replay, OfAWrongMarkNamesItsChoiceAndWhatIsThere) {
  schedule follow = recorded();
  follow.marks.at(1) = follow.marks.at(1) == '0' ? '1' : '0';
  const std::string message = divergence(follow);
  EXPECT_FALSE(fits(message)) << message;
  EXPECT_NE(message.find("choice 2"), std::string::npos) << message;
  EXPECT_NE(message.find("replaying_test.cpp"), std::string::npos) << message;
}

TEST(Replay, OfALongScheduleNamesTheRangeBetweenTwoMarks) {
  const auto many = [](std::uint32_t candidates_of_100th) {
    return [=] {
      for (int i = 0; i < 200; ++i) heddle::choose(i == 99 ? candidates_of_100th : 3);
      heddle::check(false, "always");
    };
  };
  const heddle::report found = heddle::explore(quiet("random"), many(3));
  ASSERT_TRUE(found.failure);
  const heddle::report again = heddle::replay(found.failure->schedule, many(4), replayed());
  ASSERT_TRUE(again.failure);
  // 200 choices, a mark after every fourth: the hundredth choice has one.
  const std::string& message = again.failure->message;
  EXPECT_NE(message.find("97"), std::string::npos) << message;
  EXPECT_NE(message.find("100"), std::string::npos) << message;
}

TEST(Replay, OfAPassingExecutionPasses) {
  bool broken = true;
  const auto fixable = [&] { heddle::check(heddle::choose(2) == 0 || !broken, "broken"); };
  const heddle::report found = heddle::explore(quiet(), fixable);
  ASSERT_TRUE(found.failure);
  broken = false;
  const heddle::report again = heddle::replay(found.failure->schedule, fixable, replayed());
  EXPECT_TRUE(again.passed()) << again.text();
  EXPECT_TRUE(again.replayed);
  EXPECT_NE(again.text().find("replayed"), std::string::npos) << again.text();
}

TEST(Replay, OfAScheduleOfAnotherTestIsRefused) {
  heddle::options how = replayed();
  how.name = "Other.Test";
  try {
    heddle::replay(recorded().token(), body, how);
    FAIL() << "it was accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("Other.Test"), std::string::npos) << error.what();
  }
}

TEST(Replay, OfADamagedTokenIsRefused) {
  const std::string token = recorded().token();
  std::string changed = token;
  changed[changed.size() / 2] = changed[changed.size() / 2] == '0' ? '1' : '0';
  const std::string cases[] = {"",
                               "hd1:",
                               "hd1",
                               "nonsense",
                               ":::::",
                               token + "0",
                               token + " ",
                               changed,
                               "hd:0:0",
                               "hd2" + token.substr(3),
                               "\xff\xfe",
                               std::string(100'000, ':'),
                               std::string(100'000, 'x')};
  for (const std::string& bad : cases) {
    EXPECT_THROW(heddle::replay(bad, body, replayed()), std::invalid_argument) << bad.substr(0, 80);
  }
  for (std::size_t length = 0; length < token.size(); ++length) {
    EXPECT_THROW(heddle::replay(token.substr(0, length), body, replayed()), std::invalid_argument)
        << "the first " << length << " characters of " << token;
  }
}

TEST(Replay, OfATokenOfAFutureVersionNamesBothVersions) {
  try {
    heddle::replay("hd2" + recorded().token().substr(3), body, replayed());
    FAIL() << "it was accepted";
  } catch (const std::invalid_argument& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("version 2"), std::string::npos) << text;
    EXPECT_NE(text.find("version 1"), std::string::npos) << text;
  }
}

TEST(Replay, OfABodyThatIsNotDeterministicNeverCrashes) {
  int runs = 0;
  const auto changing = [&] {
    const int more = runs++ % 3;
    for (int i = 0; i <= more; ++i) heddle::choose(static_cast<std::uint32_t>(2 + more));
    heddle::check(false, "always");
  };
  const heddle::report found = heddle::explore(quiet("random"), changing);
  ASSERT_TRUE(found.failure);
  for (int i = 0; i < 6; ++i) {
    EXPECT_FALSE(heddle::replay(found.failure->schedule, changing, replayed()).passed());
  }
}

}  // namespace
