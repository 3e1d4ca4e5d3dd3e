// SPDX-License-Identifier: MIT
// heddle::outcomes: the set of results of a body, seen through the real shim types.
#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "common/without_limits.hpp"

namespace {

heddle::options every_execution() { return without_limits("Outcomes.Test"); }

int lost_update() {
  heddle::atomic<int> x{0};
  const auto increment = [&] { x.store(x.load() + 1); };
  heddle::thread a(increment);
  heddle::thread b(increment);
  a.join();
  b.join();
  return x.load();
}

// Interleavings of two loads and two stores: aabb, abab, abba, baab, baba, bbaa. Only the first and
// the last add up to two.
TEST(Outcomes, CountsEachResult) {
  const auto found = heddle::outcomes(every_execution(), &lost_update);
  EXPECT_EQ(found.values(), (std::set<int>{1, 2}));
  EXPECT_EQ(found.results.at(1).count, 4);
  EXPECT_EQ(found.results.at(2).count, 2);
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive);
}

TEST(Outcomes, HaveAScheduleThatShowsThem) {
  const auto found = heddle::outcomes(every_execution(), &lost_update);
  for (const auto& [result, witness] : found.results) {
    int replayed = 0;
    const auto report = heddle::replay(
        witness.schedule, [&replayed] { replayed = lost_update(); }, every_execution());
    EXPECT_TRUE(report.passed()) << report.text();
    EXPECT_EQ(replayed, result);
  }
}

// Store buffering under sequential consistency: both may see the other's store, never neither.
TEST(Outcomes, OfStoreBufferingExcludeTwoOldValues) {
  const auto found = heddle::outcomes(every_execution(), [] {
    heddle::atomic<int> x{0};
    heddle::atomic<int> y{0};
    int a = -1;
    int b = -1;
    heddle::thread one([&] {
      x.store(1);
      a = y.load();
    });
    heddle::thread other([&] {
      y.store(1);
      b = x.load();
    });
    one.join();
    other.join();
    return std::pair(a, b);
  });
  EXPECT_EQ(found.values(), (std::set<std::pair<int, int>>{{0, 1}, {1, 0}, {1, 1}}));
}

TEST(Outcomes, LeaveOutWhatDidNotComplete) {
  const auto found = heddle::outcomes(every_execution(), [] {
    const auto number = heddle::choose(4);
    heddle::assume(number != 2);
    heddle::check(number != 3, "three");
    return number;
  });
  EXPECT_EQ(found.values(), (std::set<std::uint32_t>{0, 1}));
  EXPECT_EQ(found.report.blocked, 1);
  EXPECT_EQ(found.report.failed, 1);
}

}  // namespace
