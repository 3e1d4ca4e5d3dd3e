// SPDX-License-Identifier: MIT
// A program as it ships: the toolkit on the standard library, and nothing of Heddle's libraries.
#define HEDDLE_REAL
#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;
using namespace std::chrono_literals;

TEST(RealToolkit, WorksThroughAQueue) {
  queue<int> tasks(2);
  counter sum;
  const auto consume = [&] {
    while (const int task = tasks.get()) {
      sum.increment(task);
      tasks.task_done();
    }
    tasks.task_done();
  };
  thread one({.name = "one"}, consume);
  thread other({.name = "other"}, consume);
  one.start();
  other.start();
  for (int i = 1; i <= 100; ++i) tasks.put(i);
  tasks.put(0);
  tasks.put(0);
  tasks.join();
  one.join();
  other.join();
  EXPECT_EQ(sum.value(), 5050);
  EXPECT_FALSE(one.is_alive());
}

TEST(RealToolkit, DoesAThousandTasks) {
  thread_pool pool(4);
  std::vector<future<int>> squares;
  for (int i = 0; i < 1'000; ++i) squares.push_back(pool.submit([i] { return i * i; }));
  for (int i = 0; i < 1'000; ++i) {
    EXPECT_EQ(squares[static_cast<std::size_t>(i)].result(), i * i);
  }
}

TEST(RealToolkit, TimesOut) {
  event never;
  lock held;
  held.acquire();
  EXPECT_FALSE(never.wait_for(1ms));
  EXPECT_FALSE(held.acquire_for(1ms));
  EXPECT_FALSE(held.try_acquire());
  held.release();
  EXPECT_THROW(held.release(), usage_error);
}

TEST(RealToolkit, TellsTheHook) {
  std::string told;
  set_exception_hook(
      [&](const uncaught_exception& what) { told = what.thread.name() + ": " + what.message; });
  thread worker({.name = "worker"}, [] { throw std::runtime_error("no disk"); });
  worker.start();
  worker.join();
  set_exception_hook(nullptr);
  EXPECT_EQ(told, "worker: no disk");
}

}  // namespace
