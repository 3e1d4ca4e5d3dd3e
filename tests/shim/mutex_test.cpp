// SPDX-License-Identifier: MIT
//
// mutex and recursive_mutex, operation by operation.
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "sched/search.hpp"

namespace {

using heddle::failure_kind;

bool is_misuse(const heddle::report& of, const char* says) {
  return of.failure.has_value() && of.failure->kind == failure_kind::misuse &&
         of.failure->message.find(says) != std::string::npos;
}

// Two threads with a critical section of three operations each: whoever locks first, goes first.
//
//   T1: lock load store unlock | lock load store unlock :T2      and the other way round;
//
// inside, nobody else is enabled, so that there are no further choices.
TEST(Mutex, LetsCriticalSectionsRunOneAfterTheOther) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::atomic<int> count{0};
    const auto add = [&] {
      const heddle::lock_guard lock(guard);
      count.store(count.load() + 1);
    };
    heddle::thread first(add);
    heddle::thread second(add);
    first.join();
    second.join();
    heddle::check(count.load() == 2, "both were counted");
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(seen.executions, 2);
}

// Of n threads: n! orders.
TEST(Mutex, LetsAnyWaiterBeNext) {
  std::set<std::string> orders;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::mutex guard;
    std::string order;
    const auto enter = [&](char name) {
      return heddle::thread([&order, &guard, name] {
        const heddle::lock_guard lock(guard);
        order += name;
      });
    };
    heddle::thread a = enter('a');
    heddle::thread b = enter('b');
    heddle::thread c = enter('c');
    a.join();
    b.join();
    c.join();
    orders.insert(order);
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(seen.executions, 6);
  EXPECT_EQ(orders, (std::set<std::string>{"abc", "acb", "bac", "bca", "cab", "cba"}));
}

TEST(Mutex, LockedTwiceByOneThreadIsADeadlockWithItself) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    guard.lock();
    guard.lock();
  });
  EXPECT_EQ(seen.deadlocked, 1);
  ASSERT_TRUE(seen.failure);
  EXPECT_EQ(seen.failure->kind, failure_kind::deadlock);
}

// Opposite orders: 4 of the 6 interleavings of two locks each... of which those that take one lock
// each are deadlocks.
TEST(Mutex, TakenInOppositeOrdersDeadlocksInSomeExecutions) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex left;
    heddle::mutex right;
    heddle::thread other([&] {
      const heddle::lock_guard first(right);
      const heddle::lock_guard second(left);
    });
    {
      const heddle::lock_guard first(left);
      const heddle::lock_guard second(right);
    }
    other.join();
  });
  EXPECT_GT(seen.deadlocked, 0) << seen.text();
  EXPECT_GT(seen.complete, 0);
  EXPECT_EQ(seen.failed, 0);
}

TEST(Mutex, TryLockTakesAFreeOneOnly) {
  std::set<bool> results;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::mutex guard;
    heddle::thread other([&] {
      const heddle::lock_guard lock(guard);
      heddle::point();
    });
    const bool taken = guard.try_lock();
    results.insert(taken);
    if (taken) guard.unlock();
    other.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(results, (std::set{false, true}));
}

TEST(Mutex, TryLockByTheOwnerIsMisuse) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    const heddle::lock_guard lock(guard);
    (void)guard.try_lock();
  });
  EXPECT_TRUE(is_misuse(seen, "already holds")) << seen.text();
}

TEST(Mutex, UnlockedByNobodysOwnerIsMisuse) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    guard.unlock();
  });
  EXPECT_TRUE(is_misuse(seen, "nobody holds")) << seen.text();
}

TEST(Mutex, UnlockedByAnotherThreadIsMisuse) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    guard.lock();
    heddle::thread other([&] { guard.unlock(); });
    other.join();
    guard.unlock();
  });
  EXPECT_TRUE(is_misuse(seen, "another thread holds")) << seen.text();
}

TEST(Mutex, DestroyedWhileLockedIsMisuse) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    guard.lock();
  });
  EXPECT_TRUE(is_misuse(seen, "destroys a mutex")) << seen.text();
}

// What unwinding leaves behind is no misuse of its own.
TEST(Mutex, LeftLockedByAnAssumptionThatFailsIsNoMisuse) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    guard.lock();
    heddle::assume(heddle::choose(2) == 0);
    guard.unlock();
  });
  EXPECT_EQ(seen.failed, 0) << seen.text();
  EXPECT_EQ(seen.blocked, 1);
  EXPECT_EQ(seen.complete, 1);
}

// As soon as unlock() has happened, the next owner may destroy it.
TEST(Mutex, MayDieRightAfterItsLastUnlock) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    auto guard = std::make_unique<heddle::mutex>();
    int owners = 0;
    const auto use = [&] {
      guard->lock();
      const bool last = ++owners == 2;
      guard->unlock();
      if (last) guard.reset();
    };
    heddle::thread other(use);
    use();
    other.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(RecursiveMutex, CountsTheLevelsOfItsOwner) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::recursive_mutex guard;
    bool inside = false;
    guard.lock();
    guard.lock();
    heddle::check(guard.try_lock(), "its owner may");
    heddle::thread other([&] {
      const heddle::lock_guard lock(guard);
      heddle::check(!inside, "not before the last level is gone");
    });
    inside = true;
    guard.unlock();
    guard.unlock();
    inside = false;
    guard.unlock();
    other.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(RecursiveMutex, IsNotFreeForOthersToTry) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::recursive_mutex guard;
    const heddle::lock_guard outer(guard);
    const heddle::lock_guard inner(guard);
    heddle::thread other([&] { heddle::check(!guard.try_lock(), "it is taken"); });
    other.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(RecursiveMutex, UnlockedOnceTooOftenIsMisuse) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::recursive_mutex guard;
    guard.lock();
    guard.lock();
    guard.unlock();
    guard.unlock();
    guard.unlock();
  });
  EXPECT_TRUE(is_misuse(seen, "nobody holds")) << seen.text();
}

}  // namespace
