// SPDX-License-Identifier: MIT
// Bodies that print, that take long schedules, and that bring the process down.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>

#include <heddle/gtest.hpp>

namespace {

HEDDLE_TEST(Prints, InEveryExecution) {
  const std::uint32_t drawn = heddle::choose(2'000);
  std::cout << "printed in execution " << drawn << "\n";
  std::fprintf(stderr, "and to stderr\n");
  EXPECT_LT(drawn, 1'999u);
}

HEDDLE_TEST(Prints, AndPasses) { std::puts("nobody needs this"); }

HEDDLE_TEST(LongSchedule, GoesToAFile, {.explorer = "random", .minimise = 0}) {
  std::uint32_t sum = 0;
  for (int i = 0; i < 2'000; ++i) sum += heddle::choose(10);
  EXPECT_EQ(sum, 0u);
}

HEDDLE_TEST(Crash, Aborts) {
  heddle::atomic<int> shared{0};
  heddle::thread one([&] {
    shared.store(1);
    if (shared.load() == 1) std::abort();
  });
  shared.store(2);
  one.join();
}
HEDDLE_TEST(Crash, Terminates) { std::terminate(); }

TEST(AfterACrash, OtherTestsStillRun) { SUCCEED(); }

HEDDLE_TEST(Slow, TakesASecond,
            {.explorer = "random", .executions = 0, .time = std::chrono::milliseconds(1'300)}) {
  heddle::choose(2);
}

}  // namespace
