// SPDX-License-Identifier: MIT
// A notification that comes before the wait has begun is remembered by nobody. The waiter must ask
// for the fact it waits for, under the mutex, and not for the notification.
#include <heddle/gtest.hpp>

namespace {

HEDDLE_TEST(ConditionBug, NotifyArrivesBeforeTheWait) {
  heddle::mutex guard;
  heddle::condition_variable ready;
  heddle::thread waiter(heddle::named("waiter"), [&] {
    heddle::unique_lock lock(guard);
    ready.wait(lock);
  });
  {
    heddle::lock_guard lock(guard);
    ready.notify_one();
  }
  waiter.join();
}

HEDDLE_TEST(Condition, WaitsForTheFact) {
  heddle::mutex guard;
  heddle::condition_variable ready;
  heddle::var<bool> is_ready{false};
  heddle::thread waiter(heddle::named("waiter"), [&] {
    heddle::unique_lock lock(guard);
    ready.wait(lock, [&] { return is_ready.load(); });
  });
  {
    heddle::lock_guard lock(guard);
    is_ready.store(true);
    ready.notify_one();
  }
  waiter.join();
}

}  // namespace
