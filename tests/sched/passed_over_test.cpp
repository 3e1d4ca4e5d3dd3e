// SPDX-License-Identifier: MIT
// Where threads that repeat themselves are passed over, the report says what that assumes.
#include <gtest/gtest.h>

#include "sched/search.hpp"

namespace {

bool assumes(const heddle::report& seen, const char* words) {
  for (const std::string& each : seen.assumptions) {
    if (each.find(words) != std::string::npos) return true;
  }
  return false;
}

TEST(PassedOver, AfterReadingInVainIsAnAssumption) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::atomic<int> flag{0};
    heddle::thread setter([&] { flag.store(1); });
    while (flag.load() == 0) {
    }
    setter.join();
  });
  EXPECT_TRUE(assumes(seen, "same unchanged value")) << seen.text();
  EXPECT_FALSE(assumes(seen, "repeats a loop"));
}

TEST(PassedOver, AfterALoopOfItsOwnIsAnotherAssumption) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::atomic<int> count{0};
    heddle::thread other([] { heddle::point(); });
    for (int i = 0; i < 100; ++i) {
      if (count.load() < 0) return;
      count.fetch_add(1);
    }
    other.join();
  });
  EXPECT_TRUE(assumes(seen, "repeats a loop")) << seen.text();
}

TEST(PassedOver, IsNobodyWhoRunsAlone) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::atomic<int> flag{0};
    for (int i = 0; i < 5; ++i) (void)flag.load();
  });
  EXPECT_TRUE(seen.assumptions.empty()) << seen.text();
}

}  // namespace
