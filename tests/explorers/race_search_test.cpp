// SPDX-License-Identifier: MIT
#include "race_search.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace {

using heddle::explorers::race_search;

// Counts the executions that it begins and is told of.
struct counting_explorer final : heddle::sched::explorer {
  counting_explorer(int& begun_, int& ended_) : begun(begun_), ended(ended_) {}
  bool begin_execution() override {
    ++begun;
    return true;
  }
  std::uint32_t choose(const heddle::sched::choice&) override { return 0; }
  void end_execution(const heddle::sched::outcome&) override { ++ended; }
  [[nodiscard]] heddle::coverage claim() const override { return heddle::coverage::sampled; }
  int& begun;
  int& ended;
};

heddle::sched::outcome with_race() {
  heddle::sched::outcome result;
  result.racy.push_back({1, {}, {}});
  return result;
}

// A race found later must reach the explorer behind the search, whose past it makes worthless.
TEST(RaceSearch, ThatIsOverStaysOver) {
  int begun = 0;
  int ended = 0;
  race_search search(std::make_unique<counting_explorer>(begun, ended), 1, 100);
  for (std::int64_t i = 0; i < race_search::in_vain; ++i) {
    ASSERT_TRUE(search.begin_execution());
    search.end_execution({});
  }
  EXPECT_EQ(begun, 0);
  for (int i = 1; i <= 5; ++i) {
    ASSERT_TRUE(search.begin_execution());
    EXPECT_EQ(begun, i);
    search.end_execution(i == 2 ? with_race() : heddle::sched::outcome());
    EXPECT_EQ(ended, i);
  }
}

TEST(RaceSearch, GoesOnAsLongAsItFindsSomething) {
  int begun = 0;
  int ended = 0;
  race_search search(std::make_unique<counting_explorer>(begun, ended), 1, 100);
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(search.begin_execution());
    search.end_execution(i % 2 == 0 ? with_race() : heddle::sched::outcome());
  }
  EXPECT_EQ(begun, 0);
}

}  // namespace
