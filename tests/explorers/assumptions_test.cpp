// SPDX-License-Identifier: MIT
// What a coverage rests on is in the report.
#include <gtest/gtest.h>

#include <algorithm>

#include "quiet_options.hpp"

namespace {

bool assumes(const heddle::report& of, std::string_view word) {
  return std::any_of(of.assumptions.begin(), of.assumptions.end(), [word](const std::string& each) {
    return each.find(word) != std::string::npos;
  });
}

void spin_on_a_flag() {
  heddle::atomic<bool> ready{false};
  heddle::thread setter([&] { ready.store(true); });
  while (!ready.load()) {
  }
  setter.join();
}

TEST(Assumptions, NameTheMemoryModel) {
  const auto with = [](heddle::memory model) {
    heddle::options how = quiet();
    how.memory = model;
    return heddle::explore(how, [] {
      heddle::atomic<int> weak{0};
      weak.store(1, std::memory_order_relaxed);
    });
  };
  EXPECT_TRUE(assumes(with(heddle::memory::cxx), "C++20 atomics"));
  EXPECT_TRUE(assumes(with(heddle::memory::rc11), "RC11"));
  EXPECT_TRUE(assumes(with(heddle::memory::sc), "every memory order behave as seq_cst"));
}

// Where orders are seq_cst, every model is sequential consistency, and there is nothing to say.
TEST(Assumptions, NameNoMemoryModelWhereEveryOrderIsSeqCst) {
  const heddle::report result = heddle::explore(quiet(), [] {
    heddle::atomic<int> shared{0};
    heddle::thread other([&] { shared.store(1); });
    (void)shared.load();
    other.join();
  });
  EXPECT_EQ(result.assumptions, std::vector<std::string>{}) << result.text();
}

TEST(Assumptions, NameTheBoundOnEarlyTimeouts) {
  heddle::options how = quiet();
  how.early_timeouts = 3;
  const heddle::report result = heddle::explore(how, [] {
    heddle::atomic<int> shared{0};
    heddle::thread sleeper([&] {
      heddle::this_thread::sleep_for(std::chrono::seconds(1));
      shared.store(1);
    });
    shared.store(2);
    sleeper.join();
  });
  EXPECT_TRUE(assumes(result, "at most 3 timeouts")) << result.text();
}

TEST(Assumptions, NameRereadsOnlyWhereAThreadSpun) {
  EXPECT_FALSE(assumes(heddle::explore(quiet(), [] {}), "unchanged"));
  const heddle::report spun = heddle::explore(quiet(), spin_on_a_flag);
  EXPECT_TRUE(assumes(spun, "unchanged")) << spun.text();
}

TEST(Assumptions, SayThatRacesWereNotChecked) {
  heddle::options how = quiet();
  EXPECT_FALSE(assumes(heddle::explore(how, [] {}), "race"));
  how.races = heddle::races::off;
  EXPECT_TRUE(assumes(heddle::explore(how, [] {}), "race"));
}

TEST(Assumptions, AreInTheText) {
  const heddle::report result = heddle::explore(quiet(), [] {});
  for (const std::string& each : result.assumptions) {
    EXPECT_NE(result.text().find(each), std::string::npos) << each;
  }
}

}  // namespace
