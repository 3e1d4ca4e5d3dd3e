// SPDX-License-Identifier: MIT
//
// Objects made outside the body, and calls made outside any execution.
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include "sched/search.hpp"

namespace {

heddle::atomic<int> global_count{0};
heddle::mutex global_guard;

// Values are the user's: they stay, as those of any other global would.
TEST(OutsideObjects, KeepTheirValuesFromExecutionToExecution) {
  global_count.store(0);
  const auto seen = heddle::explore(search::every_execution(), [] {
    global_count.fetch_add(1);
    heddle::choose(4);
  });
  EXPECT_EQ(seen.executions, 4) << seen.text();
  EXPECT_EQ(global_count.load(), 4);
}

TEST(OutsideObjects, AreSharedByTheThreadsOfAnExecution) {
  heddle::var<int> count{0};
  const auto seen = heddle::explore(search::every_execution(), [&] {
    count = 0;
    const auto add = [&] {
      const heddle::lock_guard lock(global_guard);
      ++count;
    };
    heddle::thread other(add);
    add();
    other.join();
    heddle::check(count == 2, "both were counted");
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(seen.executions, 2);
}

TEST(OutsideObjects, LocksAreFreeAtTheStartOfEachExecution) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    global_guard.lock();  // never unlocked: a leak each time, but no deadlock the next time
    heddle::choose(3);
  });
  EXPECT_EQ(seen.executions, 3);
  ASSERT_EQ(seen.failures.size(), 3u) << seen.text();
  for (const auto& each : seen.failures) EXPECT_EQ(each.kind, heddle::failure_kind::leak);
  EXPECT_TRUE(global_guard.try_lock());  // and outside
  global_guard.unlock();
}

TEST(OutsideObjects, ConditionsHaveNoWaitersAtTheStartOfEachExecution) {
  heddle::mutex guard;
  heddle::condition_variable changed;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::choose(2);
    changed.notify_all();  // nobody of the last execution may be woken
    heddle::unique_lock lock(guard);
    changed.wait(lock);
  });
  EXPECT_EQ(seen.deadlocked, 2) << seen.text();
}

TEST(OutsideObjects, MayDieAfterADeadlockOnThem) {
  for (int i = 0; i < 3; ++i) {
    const auto guard = std::make_unique<heddle::mutex>();
    const auto changed = std::make_unique<heddle::condition_variable>();
    const auto seen = heddle::explore(search::every_execution(), [&] {
      heddle::thread waiting([&] {
        heddle::unique_lock lock(*guard);
        changed->wait(lock);
      });
      guard->lock();
      guard->lock();
    });
    EXPECT_EQ(seen.complete, 0) << seen.text();
    EXPECT_GT(seen.deadlocked, 0);
  }
}

TEST(OutsideObjects, MadeInOneExecutionAndKeptAreStillThereInTheNext) {
  static std::unique_ptr<heddle::mutex> kept;
  kept.reset();
  const auto seen = heddle::explore(search::every_execution(), [] {
    if (kept == nullptr) kept = std::make_unique<heddle::mutex>();
    heddle::mutex& guard = *kept;
    heddle::thread other([&] { const heddle::lock_guard lock(guard); });
    { const heddle::lock_guard lock(guard); }
    other.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  kept.reset();
}

TEST(OutsideObjects, ReplayWhatWasExplored) {
  heddle::atomic<int> value{0};
  const auto body = [&] {
    value.store(0);
    heddle::thread other([&] { value.store(1); });
    heddle::check(value.load() == 0, "too late");
    other.join();
  };
  const auto seen = heddle::explore(search::until_a_failure(), body);
  ASSERT_TRUE(seen.failure) << seen.text();
  heddle::atomic<int> another{0};  // numbered after the first: no part of what is compared
  for (int i = 0; i < 3; ++i) {
    const auto again = heddle::replay(seen.failure->schedule, body, search::until_a_failure());
    ASSERT_TRUE(again.failure);
    EXPECT_EQ(again.failure->kind, heddle::failure_kind::failed_check) << again.text();
  }
}

TEST(Outside, LocksAtomicsAndNotifiesWorkForTheOnlyThread) {
  heddle::mutex guard;
  heddle::recursive_mutex levels;
  heddle::condition_variable changed;
  {
    const heddle::lock_guard lock(guard);
    EXPECT_FALSE(guard.try_lock());
    changed.notify_one();
    changed.notify_all();
  }
  EXPECT_TRUE(guard.try_lock());
  guard.unlock();
  levels.lock();
  EXPECT_TRUE(levels.try_lock());
  levels.unlock();
  levels.unlock();
  heddle::mutex second;
  { const heddle::scoped_lock both(guard, second); }
  heddle::atomic<int> value{1};
  EXPECT_EQ(value.fetch_add(2), 1);
  EXPECT_EQ(value.load(), 3);
}

TEST(Outside, WhatWouldBlockForEverThrows) {
  heddle::mutex guard;
  heddle::condition_variable changed;
  heddle::unique_lock lock(guard);
  EXPECT_THROW(guard.lock(), std::logic_error);
  EXPECT_THROW(changed.wait(lock), std::logic_error);
  lock.unlock();
  EXPECT_THROW(guard.unlock(), std::logic_error);
}

// There is nobody who could do in time what is waited for.
TEST(Outside, WhatHasADeadlineTimesOut) {
  using namespace std::chrono_literals;
  heddle::timed_mutex timed;
  heddle::shared_timed_mutex shared;
  heddle::binary_semaphore gate(0);
  heddle::mutex guard;
  heddle::condition_variable changed;
  heddle::condition_variable_any any;
  heddle::unique_lock lock(guard);
  timed.lock();
  shared.lock();
  EXPECT_FALSE(timed.try_lock_for(1h));
  EXPECT_FALSE(shared.try_lock_for(1h));
  EXPECT_FALSE(shared.try_lock_shared_for(1h));
  EXPECT_FALSE(gate.try_acquire_for(1h));
  EXPECT_EQ(changed.wait_for(lock, 1h), heddle::cv_status::timeout);
  EXPECT_EQ(any.wait_for(lock, 1h), heddle::cv_status::timeout);
  EXPECT_FALSE(any.wait_for(lock, heddle::stop_source().get_token(), 1h, [] { return false; }));
  EXPECT_THROW(any.wait(lock), std::logic_error);
  EXPECT_TRUE(lock.owns_lock());
  timed.unlock();
  shared.unlock();
}

// An object of an earlier execution is as good as one made outside.
TEST(OutsideObjects, OfAnEarlierExecutionWork) {
  struct kept {
    heddle::promise<int> promise;
    heddle::shared_future<int> future = promise.get_future();
    heddle::stop_source source;
    heddle::once_flag once;
    heddle::condition_variable_any any;
    heddle::mutex guard;
    heddle::atomic<int> waits{0};
    heddle::thread_specific<int> mine;
  };
  std::unique_ptr<kept> all;
  EXPECT_TRUE(heddle::explore(search::every_execution(), [&] {
                all = std::make_unique<kept>();
                *all->mine = 7;
                all->promise.set_value(1);
                all->source.request_stop();
                heddle::call_once(all->once, [] {});
              }).passed());
  int calls = 0;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::thread setter([&] {
      heddle::check(*all->mine == 0);
      heddle::check(all->source.get_token().stop_requested());  // values stay
      heddle::call_once(all->once, [&] { ++calls; });
      all->waits.store(1);
      all->waits.notify_all();
      all->any.notify_all();
    });
    heddle::check(all->future.get() == 1);
    all->waits.wait(0);
    setter.join();
    all->waits.store(0);
    heddle::unique_lock lock(all->guard);
    heddle::check(all->any.wait_for(lock, std::chrono::hours(1)) == heddle::cv_status::timeout);
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_GT(seen.executions, 1);
  EXPECT_GE(calls, seen.executions);  // once in each
  EXPECT_EQ(all->future.get(), 1);
}

TEST(Outside, AThreadThrows) {
  EXPECT_THROW(heddle::thread([] {}), std::logic_error);
  EXPECT_THROW(heddle::thread([](int) {}, 1), std::logic_error);
  EXPECT_THROW(heddle::thread(heddle::named("a"), [] {}), std::logic_error);
  EXPECT_THROW(heddle::jthread([] {}), std::logic_error);
  EXPECT_EQ(heddle::this_thread::get_id(), heddle::thread::id());
}

TEST(Outside, WordsHaveNoEffectButAFailedCheck) {
  heddle::assume(false);
  heddle::note("nobody reads this");
  heddle::point("nor this");
  heddle::this_thread::yield();
  heddle::check(true);
  EXPECT_THROW(heddle::check(false, "why"), std::logic_error);
  EXPECT_EQ(heddle::choose(5), 0U);
}

// A handle that outlives its execution belongs to nobody.
TEST(Outside, AThreadOfAnotherExecutionCannotBeJoined) {
  static heddle::thread kept;
  const auto seen =
      heddle::explore(search::every_execution(), [] { kept = heddle::thread([] {}); });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_THROW(kept.join(), std::logic_error);
}

TEST(Outside, AnExplorationInsideAnExecutionThrows) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    EXPECT_THROW(heddle::explore(search::every_execution(), [] {}), std::logic_error);
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

}  // namespace
