// SPDX-License-Identifier: MIT
// Mutual wait: threads wait for each other in a cycle: by joins, by queues, by locks taken in
// different orders. Cured by an order that all keep: one joins all the others, somebody puts before
// it gets, the locks are taken in one order.
#include <optional>

#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

HEDDLE_TEST(JoinCycleBug, OfTwoThreads) {
  std::optional<thread> second;
  event both_started;
  thread first({.name = "first"}, [&] {
    both_started.wait();
    second->join();
  });
  second.emplace(thread_options{.name = "second"}, [&] {
    both_started.wait();
    first.join();
  });
  first.start();
  second->start();
  both_started.set();
  first.join();
  second->join();
}

HEDDLE_TEST(JoinCycle, IsNoneWhenOneJoinsAll) {
  std::optional<thread> second;
  thread first({.name = "first"}, [&] { second->join(); });
  second.emplace(thread_options{.name = "second"}, [] {});
  second->start();
  first.start();
  first.join();
  second->join();
}

HEDDLE_TEST(TwoQueuesBug, GetBeforeTheyPut) {
  queue<int> to_one;
  queue<int> to_other;
  const auto talk = [](queue<int>& in, queue<int>& out) { out.put(in.get()); };
  thread one({.name = "one"}, [&] { talk(to_one, to_other); });
  thread other({.name = "other"}, [&] { talk(to_other, to_one); });
  one.start();
  other.start();
  one.join();
  other.join();
}

HEDDLE_TEST(TwoQueues, OnePutsFirst) {
  queue<int> to_one;
  queue<int> to_other;
  thread one({.name = "one"}, [&] {
    to_other.put(1);
    EXPECT_EQ(to_one.get(), 2);
  });
  thread other({.name = "other"}, [&] { to_one.put(to_other.get() + 1); });
  one.start();
  other.start();
  one.join();
  other.join();
}

void take_both(lock& first, lock& second) {
  guard hold_first(first);
  guard hold_second(second);
}

HEDDLE_TEST(TwoLocksBug, HaveTwoOrders) {
  lock left;
  lock right;
  thread one({.name = "one"}, [&] { take_both(left, right); });
  thread other({.name = "other"}, [&] { take_both(right, left); });
  one.start();
  other.start();
  one.join();
  other.join();
}

HEDDLE_TEST(TwoLocks, HaveOneOrder) {
  lock left;
  lock right;
  thread one({.name = "one"}, [&] { take_both(left, right); });
  thread other({.name = "other"}, [&] { take_both(left, right); });
  one.start();
  other.start();
  one.join();
  other.join();
}

HEDDLE_TEST(ThreeLocksBug, AreTakenRoundTheTable) {
  lock a;
  lock b;
  lock c;
  thread one({.name = "one"}, [&] { take_both(a, b); });
  thread two({.name = "two"}, [&] { take_both(b, c); });
  thread three({.name = "three"}, [&] { take_both(c, a); });
  for (thread* each : {&one, &two, &three}) each->start();
  for (thread* each : {&one, &two, &three}) each->join();
}

HEDDLE_TEST(ThreeLocks, HaveOneOrder) {
  lock a;
  lock b;
  lock c;
  thread one({.name = "one"}, [&] { take_both(a, b); });
  thread two({.name = "two"}, [&] { take_both(b, c); });
  thread three({.name = "three"}, [&] { take_both(a, c); });
  for (thread* each : {&one, &two, &three}) each->start();
  for (thread* each : {&one, &two, &three}) each->join();
}

}  // namespace
