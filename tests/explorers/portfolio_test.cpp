// SPDX-License-Identifier: MIT
#include "heddle/explorers/portfolio.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "heddle/explorers/depth_first.hpp"
#include "heddle/explorers/random_walk.hpp"
#include "quiet_options.hpp"

namespace {

namespace explorers = heddle::explorers;

// Writes down its name when it is its turn, `times` times.
class named final : public heddle::sched::explorer {
 public:
  named(char name, int times, std::string& turns) : name_(name), left_(times), turns_(turns) {}
  bool begin_execution() override {
    if (left_-- == 0) return false;
    turns_ += name_;
    return true;
  }
  std::uint32_t choose(const heddle::sched::choice&) override { return 0; }
  [[nodiscard]] heddle::coverage claim() const override { return heddle::coverage::sampled; }

 private:
  char name_;
  int left_;
  std::string& turns_;
};

TEST(Portfolio, GivesEachItsShareSpreadEvenly) {
  std::string turns;
  explorers::portfolio all;
  all.add(std::make_unique<named>('a', 100, turns), 4);
  all.add(std::make_unique<named>('b', 100, turns), 2);
  all.add(std::make_unique<named>('c', 100, turns), 1);
  heddle::explore(quiet("all", 14), all, [] {});
  EXPECT_EQ(turns, "abacabaabacabaa");  // one more was begun to see whether there is more
}

TEST(Portfolio, GoesOnWithoutThoseThatHaveNothingLeft) {
  std::string turns;
  explorers::portfolio all;
  all.add(std::make_unique<named>('a', 2, turns), 1);
  all.add(std::make_unique<named>('b', 4, turns), 1);
  const heddle::report r = heddle::explore(quiet("all"), all, [] {});
  EXPECT_EQ(turns, "ababbb");
  EXPECT_EQ(r.executions, 6);
}

TEST(Portfolio, ClaimsWhatItsBestMemberClaims) {
  explorers::portfolio all;
  all.add(std::make_unique<explorers::random_walk>(1), 1);
  all.add(std::make_unique<explorers::depth_first>(), 1);
  const heddle::report r = heddle::explore(quiet("all", 20), all, [] { heddle::choose(4); });
  EXPECT_EQ(r.executions, 20);
  EXPECT_EQ(r.coverage, heddle::coverage::exhaustive);
}

TEST(Portfolio, OfTheRandomFamilyHasTheSharesThatItNames) {
  const auto family = explorers::random_family(1, 0);
  std::map<std::string, int> draws;
  for (int i = 0; i < 1'000; ++i) {
    ASSERT_TRUE(family->begin_execution());
    ++draws[std::string(family->drawn().from)];
    family->end_execution({});
  }
  EXPECT_EQ(draws["random"], 100);
  EXPECT_EQ(draws["pos"], 200);
  EXPECT_EQ(draws["urw"], 100 - 16);  // it learns from its first
  EXPECT_EQ(draws["surw"], 400 - 16);
  EXPECT_EQ(draws[""], 200 + 32);  // pct adapts for ever
}

}  // namespace
