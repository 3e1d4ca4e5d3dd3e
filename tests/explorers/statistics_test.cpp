// SPDX-License-Identifier: MIT
#include "heddle/explorers/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "class_table.hpp"
#include "estimates.hpp"
#include "quiet_options.hpp"
#include "statistics_text.hpp"

namespace {

namespace explorers = heddle::explorers;
using std::chrono::milliseconds;
using std::chrono::seconds;

void writers(int threads, int operations) {
  heddle::atomic<int> shared{0};
  std::vector<heddle::thread> running;
  for (int t = 0; t < threads; ++t) {
    running.emplace_back([&] {
      for (int i = 0; i < operations; ++i) shared.fetch_add(1);
    });
  }
  for (auto& each : running) each.join();
}

TEST(Statistics, CountPreemptions) {
  const heddle::report r = heddle::explore(quiet("dfs"), [] { writers(2, 2); });
  // aabb bbaa; abba baab; abab baba.
  EXPECT_EQ(r.statistics.preemptions, (std::vector<std::uint64_t>{2, 2, 2}));
}

TEST(Statistics, CountChoices) {
  const heddle::report r = heddle::explore(quiet("dfs"), [] { writers(2, 2); });
  // aabb and bbaa have 2 choices, the others 3.
  EXPECT_EQ(r.statistics.choices, (std::vector<std::uint64_t>{0, 0, 6}));
  EXPECT_EQ(r.statistics.most_choices, 3u);
  const heddle::report none = heddle::explore(quiet("dfs"), [] {});
  EXPECT_EQ(none.statistics.choices, std::vector<std::uint64_t>{1});
}

TEST(Statistics, TellClassesApart) {
  const auto independent = [] {
    heddle::atomic<int> x{0};
    heddle::atomic<int> y{0};
    heddle::thread t([&] { x.fetch_add(1); });
    y.fetch_add(1);
    t.join();
  };
  const heddle::report r = heddle::explore(quiet("dfs"), independent);
  EXPECT_EQ(r.executions, 2);
  EXPECT_EQ(r.distinct, 1u);
  const heddle::report w = heddle::explore(quiet("dfs"), [] { writers(2, 3); });
  EXPECT_EQ(w.distinct, 20u);
}

TEST(Statistics, CanBeTurnedOff) {
  heddle::options how = quiet("random", 100);
  how.statistics = false;
  const heddle::report r = heddle::explore(how, [] { writers(2, 3); });
  EXPECT_EQ(r.executions, 100);
  EXPECT_EQ(r.distinct, 0u);
  EXPECT_TRUE(r.statistics.drawn.empty());
  EXPECT_TRUE(r.statistics.preemptions.empty());
  EXPECT_EQ(r.text().find("preemption"), std::string::npos) << r.text();
}

TEST(Statistics, NameOnlyWhatDrawsIndependently) {
  const auto drawn = [](const char* explorer) {
    std::string names;
    const heddle::report r = heddle::explore(quiet(explorer, 2'000), [] { writers(3, 4); });
    for (const heddle::draws& at : r.statistics.drawn) {
      names += at.explorer + "=" + std::to_string(at.executions) + " ";
    }
    return names;
  };
  EXPECT_EQ(drawn("random"), "random=2000 ");
  EXPECT_EQ(drawn("pos"), "pos=2000 ");
  EXPECT_EQ(drawn("urw"), "urw=1984 ");  // it learns from the first 16
  EXPECT_EQ(drawn("surw"), "surw=1984 ");
  EXPECT_EQ(drawn("pct"), "");
  EXPECT_EQ(drawn("dfs"), "");
  EXPECT_EQ(drawn("auto"), "pos=320 random=160 surw=624 urw=144 ");
}

TEST(Statistics, SayHowFarASearchHasCome) {
  // 4 * 4 * 4 executions of which 8 were seen: an eighth.
  const heddle::report r = heddle::explore(quiet("dfs", 8), [] {
    for (int i = 0; i < 3; ++i) heddle::choose(4);
  });
  EXPECT_NEAR(r.statistics.searched, 0.125, 0.02);
  EXPECT_GT(r.statistics.to_finish.count(), 0);
  EXPECT_NE(r.text().find("of an exhaustive search was done"), std::string::npos) << r.text();
  const heddle::report all = heddle::explore(quiet("dfs", 64), [] {
    for (int i = 0; i < 3; ++i) heddle::choose(4);
  });
  EXPECT_EQ(all.statistics.searched, 0);
}

TEST(Statistics, SayHowFarReductionHasCome) {
  const heddle::report r = heddle::explore(quiet("dpor", 500), [] { writers(3, 4); });
  EXPECT_GT(r.statistics.searched, 0.0);
  EXPECT_LT(r.statistics.searched, 0.5);
}

TEST(Statistics, AreInTheText) {
  const heddle::report r = heddle::explore(quiet("random", 500), [] { writers(3, 3); });
  const std::string text = r.text();
  EXPECT_NE(text.find("different executions, with 0 to 6 (mostly "), std::string::npos) << text;
  EXPECT_NE(text.find("there are about 10^3.2 executions (10^3.2 to 10^3."), std::string::npos)
      << text;
  EXPECT_NE(text.find("chance that the next execution is a new one: "), std::string::npos) << text;
  EXPECT_NE(text.find(" %) if drawn by random"), std::string::npos) << text;
}

TEST(Statistics, AreNotInTheTextOfASmallOne) {
  const heddle::report r = heddle::explore(quiet("dfs"), [] { writers(2, 2); });
  EXPECT_EQ(r.text().find("preemption"), std::string::npos) << r.text();
}

TEST(About, IsShort) {
  EXPECT_EQ(explorers::about(milliseconds(3)), "3 ms");
  EXPECT_EQ(explorers::about(milliseconds(2'500)), "2.5 s");
  EXPECT_EQ(explorers::about(seconds(90)), "90 s");
  EXPECT_EQ(explorers::about(seconds(600)), "10 min");
  EXPECT_EQ(explorers::about(std::chrono::hours(5)), "5 h");
  EXPECT_EQ(explorers::about(std::chrono::hours(24 * 30)), "30 days");
  EXPECT_EQ(explorers::about(std::chrono::hours(24 * 366 * 20)), "20 years");
}

TEST(ClassTable, CountsWhatEachArmHasSeenOnceAndTwice) {
  explorers::class_table table;
  for (const std::uint64_t hash : {1, 2, 3, 2, 3, 3}) table.add(hash, 0);
  table.add(1, 1);
  table.add(9);
  EXPECT_EQ(table.distinct(), 4u);
  EXPECT_EQ(table.by(0).executions, 6);
  EXPECT_EQ(table.by(0).distinct, 3u);
  EXPECT_EQ(table.by(0).once, 1u);
  EXPECT_EQ(table.by(0).twice, 1u);
  EXPECT_EQ(table.by(1).once, 1u);
}

TEST(ClassTable, Grows) {
  explorers::class_table table;
  for (std::uint32_t i = 0; i < 100'000; ++i) table.add(heddle::sched::mix(i), i % 3);
  for (std::uint32_t i = 0; i < 100'000; ++i) table.add(heddle::sched::mix(i), i % 3);
  EXPECT_EQ(table.distinct(), 100'000u);
  EXPECT_EQ(table.by(1).twice, 33'333u);
  EXPECT_EQ(table.by(1).once, 0u);
}

TEST(TreeSize, IsExactWhereAllDescentsAreAlike) {
  explorers::tree_size size;
  for (int i = 0; i < 10; ++i) size.add(-std::log(1e30));
  const auto found = size.powers_of_ten();
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->value, 30, 1e-9);
  EXPECT_NEAR(found->low, 30, 1e-6);
  EXPECT_NEAR(found->high, 30, 1e-6);
}

TEST(TreeSize, IsUncertainWhereOneDescentIsAlmostAll) {
  explorers::tree_size size;
  for (int i = 0; i < 999; ++i) size.add(-std::log(1e3));
  size.add(-std::log(1e12));
  const auto found = size.powers_of_ten();
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->value, 9, 0.1);
  EXPECT_GT(found->high - found->low, 8);
}

TEST(TreeSize, SaysNothingOfTooFew) {
  explorers::tree_size size;
  for (int i = 0; i < 9; ++i) size.add(-1);
  EXPECT_FALSE(size.powers_of_ten());
}

TEST(ChanceOfNew, IsTheShareOfWhatWasSeenOnce) {
  const heddle::estimate e = explorers::chance_of_new({.executions = 100, .once = 20, .twice = 5});
  EXPECT_DOUBLE_EQ(e.value, 0.2);
  EXPECT_LT(e.low, 0.15);
  EXPECT_GT(e.high, 0.25);
}

TEST(ChanceOfNew, IsNeverCertainlyNone) {
  const heddle::estimate e = explorers::chance_of_new({.executions = 300, .once = 0, .twice = 0});
  EXPECT_DOUBLE_EQ(e.value, 0);
  EXPECT_DOUBLE_EQ(e.high, 0.01);
}

}  // namespace
