// SPDX-License-Identifier: MIT
// Heddle as part of a GoogleTest program.
#include <gtest/gtest.h>

#include <heddle/gtest.hpp>
#include <heddle/heddle.hpp>

HEDDLE_TEST(Consumer, CounterUnderAMutex) {
  heddle::mutex mutex;
  heddle::var<int> counter{0};
  auto add = [&] {
    heddle::lock_guard<heddle::mutex> guard(mutex);
    counter.set(counter.get() + 1);
  };
  heddle::thread first(add);
  heddle::thread second(add);
  first.join();
  second.join();
  EXPECT_EQ(counter.get(), 2);
}
