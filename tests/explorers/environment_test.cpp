// SPDX-License-Identifier: MIT
// HEDDLE_* variables override the options of a test, and bad ones are refused by name.
#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>

#include "heddle/explorers/depth_first.hpp"
#include "quiet_options.hpp"

namespace {

class variable {
 public:
  variable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
  ~variable() { ::unsetenv(name_); }
  variable(const variable&) = delete;
  variable& operator=(const variable&) = delete;

 private:
  const char* name_;
};

heddle::options obedient() {
  heddle::options how = quiet("random", 3);
  how.environment = true;
  return how;
}

std::string complaint(const char* name, const char* value) {
  const variable set(name, value);
  try {
    heddle::explore(obedient(), [] { heddle::choose(2); });
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return {};
}

void expect_refused(const char* name, const char* value) {
  const std::string text = complaint(name, value);
  EXPECT_NE(text.find(name), std::string::npos) << name << "=" << value << " gave: " << text;
  EXPECT_NE(text.find(value), std::string::npos) << name << "=" << value << " gave: " << text;
}

TEST(Environment, SetsTheNumberOfExecutions) {
  const variable set("HEDDLE_EXECUTIONS", "11");
  EXPECT_EQ(heddle::explore(obedient(), [] {}).executions, 11);
}

TEST(Environment, SharesATotalTimeOut) {
  const auto share = [](std::int64_t tests_left) {
    heddle::options how = obedient();
    heddle::detail::share_total_time(how, tests_left);
    return how;
  };
  const std::chrono::nanoseconds own = obedient().time;
  EXPECT_EQ(share(4).time, own) << "not asked for";
  const variable set("HEDDLE_TOTAL_TIME", "1000000");
  const heddle::options quarter = share(4);
  EXPECT_GT(quarter.time, std::chrono::seconds(249'000));
  EXPECT_LE(quarter.time, std::chrono::seconds(250'000));
  EXPECT_EQ(quarter.executions, 0) << "time is the only budget";
  EXPECT_GT(share(0).time, std::chrono::seconds(999'000)) << "a test of another framework's";
  {
    const variable each("HEDDLE_TIME", "3");
    EXPECT_EQ(share(4).time, own) << "explore() sees to HEDDLE_TIME";
  }
  const variable none("HEDDLE_TOTAL_TIME", "0");
  EXPECT_EQ(share(4).time, std::chrono::milliseconds(1)) << "0 would be no limit";
}

TEST(Environment, RefusesATotalTimeThatIsNone) {
  const variable set("HEDDLE_TOTAL_TIME", "soon");
  heddle::options how = obedient();
  EXPECT_THROW(heddle::detail::share_total_time(how, 1), std::invalid_argument);
}

TEST(Environment, SetsWhatRacesMean) {
  const auto races = [] {
    heddle::var<int> sum{0};
    heddle::thread other([&] { ++sum; });
    ++sum;
    other.join();
  };
  EXPECT_FALSE(heddle::explore(obedient(), races).passed());
  const variable set("HEDDLE_RACES", "explore");
  EXPECT_TRUE(heddle::explore(obedient(), races).passed());
  expect_refused("HEDDLE_RACES", "everything");
}

TEST(Environment, SetsTheExplorer) {
  const variable set("HEDDLE_EXPLORER", "dfs");
  const heddle::report result = heddle::explore(obedient(), [] { heddle::choose(2); });
  EXPECT_EQ(result.explorer, "dfs");
  EXPECT_EQ(result.executions, 2);
}

TEST(Environment, SetsTheSeed) {
  const auto first_draw = [] {
    std::uint32_t drawn = 0;
    heddle::options how = obedient();
    how.executions = 1;
    const heddle::report result = heddle::explore(how, [&] { drawn = heddle::choose(1'000'000); });
    EXPECT_EQ(result.seed, 99u);
    return drawn;
  };
  const variable set("HEDDLE_SEED", "99");
  std::uint32_t expected = 0;
  heddle::options how = quiet("random", 1);
  how.seed = 99;
  heddle::explore(how, [&] { expected = heddle::choose(1'000'000); });
  EXPECT_EQ(first_draw(), expected);
}

TEST(Environment, OverridesThePreemptions) {
  const variable set("HEDDLE_PREEMPTIONS", "0");
  heddle::options how = quiet("bounded");
  how.environment = true;
  const heddle::report result = heddle::explore(how, [] {
    heddle::atomic<int> x{0};
    heddle::thread t([&] { x.fetch_add(1); });
    x.fetch_add(1);
    x.fetch_add(1);
    t.join();
  });
  ASSERT_EQ(result.assumptions.size(), 1u) << result.text();
  EXPECT_EQ(result.assumptions.front(), "at most 0 preemptions in an execution");
}

TEST(Environment, SetsTheTimeInSecondsAndFractions) {
  const variable time("HEDDLE_TIME", "0.05");
  const variable executions("HEDDLE_EXECUTIONS", "0");
  const heddle::report result = heddle::explore(obedient(), [] {});
  EXPECT_GE(result.elapsed, std::chrono::milliseconds(50));
  EXPECT_LT(result.elapsed, std::chrono::seconds(5));
}

TEST(Environment, TurnsTheRaceCheckOff) {
  const auto racy = [] {
    heddle::var<int> shared{0};
    heddle::thread one([&] { shared.store(1); });
    heddle::thread two([&] { shared.store(2); });
    one.join();
    two.join();
  };
  EXPECT_FALSE(heddle::explore(obedient(), racy).passed());
  const variable set("HEDDLE_RACES", "off");
  EXPECT_TRUE(heddle::explore(obedient(), racy).passed());
}

TEST(Environment, CountsEmptyVariablesAsUnset) {
  const variable executions("HEDDLE_EXECUTIONS", "");
  const variable explorer("HEDDLE_EXPLORER", "");
  const variable replay("HEDDLE_REPLAY", "");
  const heddle::report result = heddle::explore(obedient(), [] {});
  EXPECT_EQ(result.executions, 3);
  EXPECT_EQ(result.explorer, "random");
}

TEST(Environment, IsIgnoredWhereATestSaysSo) {
  const variable executions("HEDDLE_EXECUTIONS", "nonsense");
  const variable explorer("HEDDLE_EXPLORER", "nonsense");
  const variable replay("HEDDLE_REPLAY", "nonsense");
  EXPECT_EQ(heddle::explore(quiet("random", 3), [] {}).executions, 3);
}

TEST(Environment, RefusesWhatIsNoNumber) {
  for (const char* value :
       {"-5", "many", "1e3", "10,000", " 5", "5 ", "+5", "0x10", "99999999999999999999"}) {
    expect_refused("HEDDLE_EXECUTIONS", value);
    expect_refused("HEDDLE_MEGABYTES", value);
  }
  for (const char* value : {"-1", "seed", "1.5", "99999999999999999999"}) {
    expect_refused("HEDDLE_SEED", value);
  }
}

TEST(Environment, RefusesWhatIsNoTime) {
  for (const char* value : {"-1", "soon", "10s", "nan", "inf", "1e300"}) {
    expect_refused("HEDDLE_TIME", value);
  }
}

TEST(Environment, RefusesUnknownWords) {
  expect_refused("HEDDLE_EXPLORER", "nonsense");
  expect_refused("HEDDLE_MEMORY", "tso");
  expect_refused("HEDDLE_RACES", "maybe");
  expect_refused("HEDDLE_RACES", "OFF");
}

TEST(Environment, ReplaysOneExecutionInsteadOfExploring) {
  const auto body = [] { heddle::check(heddle::choose(5) != 3, "it was 3"); };
  const heddle::report found = heddle::explore(quiet(), body);
  ASSERT_TRUE(found.failure);
  const variable set("HEDDLE_REPLAY", found.failure->schedule.c_str());
  const heddle::report again = heddle::explore(obedient(), body);
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.executions, 1);
  ASSERT_TRUE(again.failure);
  EXPECT_EQ(again.failure->message, found.failure->message);
  EXPECT_EQ(again.failure->schedule, found.failure->schedule);
}

TEST(Environment, ReplaysInsteadOfAskingAnExplorerOfOnesOwn) {
  const auto body = [] { heddle::check(heddle::choose(5) != 3, "it was 3"); };
  const heddle::report found = heddle::explore(quiet(), body);
  ASSERT_TRUE(found.failure);
  const variable set("HEDDLE_REPLAY", found.failure->schedule.c_str());
  heddle::explorers::depth_first search;
  EXPECT_TRUE(heddle::explore(obedient(), search, body).replayed);
}

}  // namespace
