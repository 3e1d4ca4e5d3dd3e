// SPDX-License-Identifier: MIT
//
// Condition variables: who waits, who is woken, what is missed.
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "sched/search.hpp"

namespace {

using heddle::failure_kind;

TEST(ConditionVariable, HandsOverWhatItsPredicateWaitsFor) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::condition_variable changed;
    heddle::var<int> value{0};
    heddle::thread producer([&] {
      {
        const heddle::lock_guard lock(guard);
        value = 42;
      }
      changed.notify_one();
    });
    {
      heddle::unique_lock lock(guard);
      changed.wait(lock, [&] { return value != 0; });
      heddle::check(value == 42 && lock.owns_lock());
    }
    producer.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

// T1: lock wait(frees) .. wake unlock     T0: lock unlock notify, of which the lock cannot fall
// between T1's lock and wait. A notify before the wait wakes nobody.
TEST(ConditionVariable, ForgetsANotifyThatFindsNobody) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::condition_variable changed;
    heddle::thread waiting([&] {
      heddle::unique_lock lock(guard);
      changed.wait(lock);
    });
    changed.notify_one();
    waiting.join();
  });
  // notify before lock, between lock and wait, or after the wait
  EXPECT_EQ(seen.executions, 3) << seen.text();
  EXPECT_EQ(seen.deadlocked, 2);
  EXPECT_EQ(seen.complete, 1);
  ASSERT_TRUE(seen.failure);
  EXPECT_EQ(seen.failure->kind, failure_kind::missed_notification);
}

// The wait gives the mutex up and enters the queue in one step.
TEST(ConditionVariable, MissesNoNotifyUnderTheMutex) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::condition_variable changed;
    bool waiting = false;
    heddle::thread other([&] {
      const heddle::lock_guard lock(guard);
      heddle::assume(waiting);
      changed.notify_one();
    });
    {
      heddle::unique_lock lock(guard);
      waiting = true;
      changed.wait(lock);
    }
    other.join();
  });
  EXPECT_EQ(seen.failed + seen.deadlocked, 0) << seen.text();
  EXPECT_GT(seen.complete, 0);
}

// Three threads wait; one notify_one may wake any of them.
TEST(ConditionVariable, NotifyOneWakesAnyOneWaiter) {
  std::set<int> woken;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::mutex guard;
    heddle::condition_variable changed;
    int waiting = 0;
    int awake = 0;
    const auto wait = [&](int name) {
      return heddle::thread([&, name] {
        heddle::unique_lock lock(guard);
        ++waiting;
        changed.wait(lock);
        if (awake++ == 0) woken.insert(name);
      });
    };
    heddle::thread first = wait(1);
    heddle::thread second = wait(2);
    heddle::thread third = wait(3);
    {
      const heddle::lock_guard lock(guard);
      heddle::assume(waiting == 3);
    }
    changed.notify_one();
    heddle::point();
    heddle::check(awake <= 1, "one was woken");
    changed.notify_all();
    first.join();
    second.join();
    third.join();
  });
  EXPECT_EQ(seen.failed + seen.deadlocked, 0) << seen.text();
  EXPECT_EQ(woken, (std::set{1, 2, 3}));
}

TEST(ConditionVariable, NotifyOneWakesTheLongestWaiterFirst) {
  heddle::options how = search::every_execution();
  how.executions = 1;  // all boring: each thread runs until it blocks
  std::string order;
  const auto seen = heddle::explore(how, [&] {
    heddle::mutex guard;
    heddle::condition_variable changed;
    order.clear();
    const auto wait = [&](char name) {
      return heddle::thread([&, name] {
        heddle::unique_lock lock(guard);
        changed.wait(lock);
        order += name;
      });
    };
    heddle::thread first = wait('a');
    heddle::thread second = wait('b');
    heddle::this_thread::sleep_for(std::chrono::seconds(1));  // both wait
    changed.notify_one();
    changed.notify_one();
    first.join();
    second.join();
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(order, "ab");
}

TEST(ConditionVariable, NotifyAllWakesAll) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::condition_variable changed;
    bool ready = false;
    const auto wait = [&] {
      heddle::unique_lock lock(guard);
      changed.wait(lock, [&] { return ready; });
    };
    heddle::thread first(wait);
    heddle::thread second(wait);
    {
      const heddle::lock_guard lock(guard);
      ready = true;
    }
    changed.notify_all();
    first.join();
    second.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(ConditionVariable, NotifyOneIsNotEnoughForTwo) {
  const auto seen = heddle::explore(search::until_a_failure(), [] {
    heddle::mutex guard;
    heddle::condition_variable changed;
    bool ready = false;
    const auto wait = [&] {
      heddle::unique_lock lock(guard);
      changed.wait(lock, [&] { return ready; });
    };
    heddle::thread first(wait);
    heddle::thread second(wait);
    {
      const heddle::lock_guard lock(guard);
      ready = true;
    }
    changed.notify_one();
    first.join();
    second.join();
  });
  EXPECT_EQ(seen.deadlocked, 1) << seen.text();
}

TEST(ConditionVariable, WakesNobodyWithoutANotify) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::condition_variable changed;
    heddle::unique_lock lock(guard);
    changed.wait(lock);
  });
  EXPECT_EQ(seen.deadlocked, 1) << seen.text();
  EXPECT_EQ(seen.executions, 1);
}

TEST(ConditionVariable, WaitWithoutTheMutexIsMisuse) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::condition_variable changed;
    heddle::unique_lock lock(guard, heddle::defer_lock);
    changed.wait(lock);
  });
  ASSERT_TRUE(seen.failure) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::misuse);
}

TEST(ConditionVariable, WaitWithALockOfNothingIsMisuse) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::condition_variable changed;
    heddle::unique_lock<heddle::mutex> none;
    changed.wait(none);
  });
  ASSERT_TRUE(seen.failure) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::misuse);
}

TEST(ConditionVariable, DestroyedUnderAWaiterIsMisuse) {
  const auto seen = heddle::explore(search::until_a_failure(), [] {
    heddle::mutex guard;
    auto changed = std::make_unique<heddle::condition_variable>();
    heddle::thread waiting([&] {
      heddle::unique_lock lock(guard);
      changed->wait(lock);
    });
    heddle::this_thread::sleep_for(std::chrono::seconds(1));
    changed.reset();
    waiting.join();
  });
  ASSERT_TRUE(seen.failure) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::misuse) << seen.text();
}

// A mutex of several levels cannot be waited with here, but wait_until and wait_for agree.
TEST(ConditionVariable, WaitUntilOfThePastTimesOutAtOnce) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::condition_variable changed;
    heddle::unique_lock lock(guard);
    const auto now = heddle::steady_clock::now();
    heddle::check(changed.wait_until(lock, now) == heddle::cv_status::timeout);
    heddle::check(changed.wait_until(lock, now - std::chrono::hours(1)) ==
                  heddle::cv_status::timeout);
    heddle::check(heddle::steady_clock::now() == now, "no time has passed");
    heddle::check(lock.owns_lock());
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

}  // namespace
