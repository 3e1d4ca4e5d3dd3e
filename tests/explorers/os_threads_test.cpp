// SPDX-License-Identifier: MIT
// Explorations on different OS threads at the same time do not disturb each other.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "quiet_options.hpp"

namespace {

heddle::report count_interleavings() {
  heddle::options how = quiet();
  how.capture = false;  // it concerns the whole process
  return heddle::explore(how, [] {
    heddle::atomic<int> shared{0};
    const auto work = [&] {
      for (int i = 0; i < 4; ++i) shared.fetch_add(1);
    };
    heddle::thread one(work);
    heddle::thread two(work);
    one.join();
    two.join();
    heddle::check(shared.load() == 8);
  });
}

TEST(OsThreads, ExploreIndependently) {
  constexpr std::size_t explorations = 4;
  std::vector<heddle::report> results(explorations);
  std::vector<std::thread> threads;
  for (auto& result : results) threads.emplace_back([&] { result = count_interleavings(); });
  for (auto& each : threads) each.join();
  for (const auto& result : results) {
    EXPECT_TRUE(result.passed()) << result.text();
    EXPECT_EQ(result.executions, 70);
    EXPECT_EQ(result.coverage, heddle::coverage::exhaustive);
  }
}

TEST(OsThreads, FailIndependently) {
  std::vector<heddle::report> results(4);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < results.size(); ++i) {
    threads.emplace_back([&, i] {
      heddle::options how = quiet();
      how.capture = false;
      how.stop_at_first_failure = false;
      results[i] = heddle::explore(how, [i] { heddle::check(heddle::choose(200) % 4 != i); });
    });
  }
  for (auto& each : threads) each.join();
  for (const auto& result : results) EXPECT_EQ(result.failed, 50);
}

}  // namespace
