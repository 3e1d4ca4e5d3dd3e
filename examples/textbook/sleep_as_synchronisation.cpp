// SPDX-License-Identifier: MIT
// Sleep as synchronisation: "it will surely be done in a second". Sleeping orders nothing, and on a
// loaded machine a second is not enough. Cured by waiting for what one waits for: a join, an event,
// a future.
#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;
using namespace std::chrono_literals;

// The accesses are not ordered, however long the pause is.
HEDDLE_TEST(SleepBug, OrdersNothing) {
  heddle::var<int> result = 0;
  thread worker({.name = "worker"}, [&] { result.store(42); });
  worker.start();
  sleep(1s);
  EXPECT_EQ(result.load(), 42);
  worker.join();
}

// With a lock the accesses are ordered, in one way or the other.
HEDDLE_TEST(LockedSleepBug, IsTooShortOnce) {
  lock result_lock;
  heddle::var<int> result = 0;
  thread worker({.name = "worker"}, [&] {
    guard hold(result_lock);
    result.store(42);
  });
  worker.start();
  sleep(1s);
  {
    guard hold(result_lock);
    EXPECT_EQ(result.load(), 42);
  }
  worker.join();
}

HEDDLE_TEST(Sleep, IsAJoin) {
  heddle::var<int> result = 0;
  thread worker({.name = "worker"}, [&] { result.store(42); });
  worker.start();
  worker.join();
  EXPECT_EQ(result.load(), 42);
}

HEDDLE_TEST(Sleep, IsAnEvent) {
  heddle::var<int> result = 0;
  event done;
  thread worker({.name = "worker"}, [&] {
    result.store(42);
    done.set();
  });
  worker.start();
  done.wait();
  EXPECT_EQ(result.load(), 42);
  worker.join();
}

}  // namespace
