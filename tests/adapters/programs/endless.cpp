// SPDX-License-Identifier: MIT
#include <heddle/gtest.hpp>

namespace {

// Far too many interleavings, and no budget: somebody has to end it.
HEDDLE_TEST(Endless, Counts, {.explorer = "random", .executions = 0, .time = {}}) {
  heddle::atomic<int> hits{0};
  heddle::thread other([&] {
    for (int i = 0; i < 20; ++i) ++hits;
  });
  for (int i = 0; i < 20; ++i) ++hits;
  other.join();
}

}  // namespace
