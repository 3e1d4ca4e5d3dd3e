// SPDX-License-Identifier: MIT
//
// The oracle itself, against numbers drawn by hand and numbers from the literature.
#include "brute_force.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "known_programs.hpp"

namespace oracle {
namespace {

using counts = std::vector<std::size_t>;

// complete, failed, blocked, deadlocked
counts numbers(const census& c) {
  EXPECT_FALSE(c.capped);
  return {c.complete, c.failed, c.blocked, c.deadlocked};
}

TEST(EveryExecution, OfNThreadsOfKOperationsIsTheMultinomial) {
  for (const program& p : {independent(2, 2), points(2, 2)}) {
    EXPECT_EQ(numbers(every_execution(p)), (counts{6, 0, 0, 0}));
  }
  EXPECT_EQ(every_execution(independent(1, 5)).complete, 1u);
  EXPECT_EQ(every_execution(independent(2, 3)).complete, 20u);
  EXPECT_EQ(every_execution(independent(3, 2)).complete, 90u);
  EXPECT_EQ(every_execution(points(3, 2)).complete, 90u);
  EXPECT_EQ(every_execution(independent(4, 2)).complete, 2520u);
  EXPECT_EQ(every_execution(independent(3, 3)).complete, 1680u);
  EXPECT_EQ(every_execution(independent(4, 1)).complete, 24u);
}

TEST(EveryExecution, OfAnEmptyProgramIsOne) {
  EXPECT_EQ(numbers(every_execution({.threads = {{}}})), (counts{1, 0, 0, 0}));
  EXPECT_EQ(numbers(every_execution({.threads = {{}, {}, {}}})), (counts{1, 0, 0, 0}));
}

TEST(EveryExecution, TheBodyTakesPartBetweenStartingAndJoining) {
  program p = independent(1, 2);
  p.variables = atomics(2);
  p.threads[0] = {load(1), load(1)};
  EXPECT_EQ(numbers(every_execution(p)), (counts{6, 0, 0, 0}));
}

// T1 and T2: lock, count, unlock. Only who locks first is a choice.
TEST(EveryExecution, ABlockedLockIsNotAStep) {
  EXPECT_EQ(numbers(every_execution(mutexcnt(2))), (counts{2, 0, 0, 0}));
  EXPECT_EQ(numbers(every_execution(mutexcnt(3))), (counts{6, 0, 0, 0}));
  EXPECT_EQ(numbers(every_execution(mutexcnt(4))), (counts{24, 0, 0, 0}));
}

// Each thread {lock; unlock; store own}: l1 u1 then either (s1 anywhere among l2 u2 s2: 4 places)
// or symmetrically. 8.
TEST(EveryExecution, WhatFollowsAnUnlockOverlapsTheNextSection) {
  program p;
  p.variables = atomics(2);
  p.mutexes = 1;
  p.threads = {{}, {lock(0), unlock(0), store(0, 1)}, {lock(0), unlock(0), store(1, 1)}};
  EXPECT_EQ(numbers(every_execution(p)), (counts{8, 0, 0, 0}));
}

// t1 t2' u1 (T2 fails before or after? Between t1 and u1 exactly one place) and t1 u1 t2 u2; twice.
TEST(EveryExecution, ATryLockFailsOrSucceeds) {
  const census c = every_execution(trylock(2));
  EXPECT_EQ(numbers(c), (counts{4, 0, 0, 0}));
  EXPECT_EQ(c.outcomes.size(), 4u);  // T1 then T2, T2 then T1, only T1, only T2
}

// Opposite orders: l1 l2 is the deadlock in its two orders; otherwise one runs through both of its
// locks first and may be overtaken between the two unlocks (by the other's first lock: after its
// first unlock, if that frees what the other wants).
TEST(EveryExecution, LocksInOppositeOrdersDeadlock) {
  program p;
  p.mutexes = 2;
  p.threads = {
      {}, {lock(0), lock(1), unlock(1), unlock(0)}, {lock(1), lock(0), unlock(0), unlock(1)}};
  const census c = every_execution(p);
  // T1 l0 l1 u1, then T2's l1 before or after T1's u0: 2. The same with T2 first: 2.
  EXPECT_EQ(numbers(c), (counts{4, 0, 0, 2}));
  EXPECT_EQ(c.outcomes.size(), 2u);
}

TEST(EveryExecution, ARelockDeadlocks) {
  program p;
  p.mutexes = 1;
  p.threads = {{lock(0), lock(0), unlock(0)}};
  EXPECT_EQ(numbers(every_execution(p)), (counts{0, 0, 0, 1}));
}

// The waiter: lock, wait, re-lock, unlock. The notifier: notify, without a lock. The notification
// arrives after the wait (then: it is forced), or before lock, or between lock and wait: lost.
// count 1; T1: x = 1; release. T2: acquire; x = 2. The acquire needs no release: the writes may
// come in any order. Classes: the writes this way with either order of release and acquire, or that
// way.
TEST(EveryExecution, AnAcquireDoesNotWaitForAReleaseThatItDoesNotNeed) {
  program p;
  p.variables = atomics(1);
  p.semaphores = {1};
  p.threads = {{}, {store(0, 1), release(0)}, {acquire(0), store(0, 2)}};
  EXPECT_EQ(every_execution(p).complete, 6u);
  EXPECT_EQ(every_class(p).complete, 3u);
  p.semaphores = {0};
  EXPECT_EQ(every_execution(p).complete, 1u);
}

TEST(EveryExecution, PermitsRunOut) {
  program p;
  p.variables = atomics(1);
  p.semaphores = {1};
  p.threads = {{}, {acquire(0)}, {acquire(0)}, {try_acquire(0, 1), store(0, 1)}};
  const census all = every_execution(p);
  EXPECT_EQ(all.complete, 0u);
  // One of the three is first: of two acquires one waits for ever, or both.
  EXPECT_EQ(all.deadlocked, 3u);
  p.semaphores = {3};
  EXPECT_EQ(every_execution(p).complete, 12u);
}

TEST(EveryExecution, AThreadStartedLaterRunsOnlyFromThenOn) {
  program p;
  p.variables = atomics(1);
  p.threads = {{store(0, 1), start(1), store(0, 2)}, {load(0)}};
  EXPECT_EQ(every_execution(p).complete, 2u);
  p.threads[0].insert(p.threads[0].begin() + 2, join(1));
  EXPECT_EQ(every_execution(p).complete, 1u);
}

TEST(EveryExecution, AThreadThatNobodyComesToStartIsNoDeadlock) {
  program p;
  p.variables = atomics(1);
  p.threads = {{}, {load(0), expect(1), start(2)}, {store(0, 1)}};
  const census all = every_execution(p);
  EXPECT_EQ(all.failed, 1u);
  EXPECT_EQ(all.executions(), 1u);
}

TEST(EveryExecution, ANotificationBeforeTheWaitIsLost) {
  program p;
  p.mutexes = 1;
  p.conditions = 1;
  p.threads = {{}, {lock(0), wait(0, 0), unlock(0)}, {notify_one(0)}};
  EXPECT_EQ(numbers(every_execution(p)), (counts{1, 0, 0, 2}));
  p.threads[2] = {notify_all(0)};
  EXPECT_EQ(numbers(every_execution(p)), (counts{1, 0, 0, 2}));
}

// Both wait, in two orders; then one notify_one wakes either: 4 executions in which one thread gets
// through. Lost entirely or for one of them in all others.
TEST(EveryExecution, NotifyOneMayWakeAnyWaiter) {
  program p;
  p.mutexes = 1;
  p.conditions = 1;
  const thread_code waiter = {lock(0), wait(0, 0), unlock(0)};
  // The body notifies only once both wait: each counts itself, the body assumes it sees 2.
  p.variables = atomics(1);
  const thread_code counted = {lock(0), fetch_add(0, 1), wait(0, 0), unlock(0)};
  p.threads = {
      {lock(0), load(0), skip_unless(2, 1), notify_one(0), unlock(0), assume(2)}, counted, counted};
  const census c = every_execution(p);
  EXPECT_EQ(c.complete, 0u);
  std::size_t woken_first = 0;
  std::size_t woken_last = 0;
  for (const auto& [o, n] : c.outcomes) {
    if (o.threads[1].end == thread_end::finished) woken_first += n;
    if (o.threads[2].end == thread_end::finished) woken_last += n;
  }
  // For each order of the two waits: notify (2 ways), unlock, re-lock, unlock. No other freedom.
  EXPECT_EQ(woken_first, 2u);
  EXPECT_EQ(woken_last, 2u);
  EXPECT_EQ(c.deadlocked, 4u);
}

TEST(EveryExecution, NotifyAllWakesEveryWaiterAndTheMutexOrdersThem) {
  program p;
  p.mutexes = 1;
  p.conditions = 1;
  p.variables = atomics(1);
  const thread_code counted = {lock(0), fetch_add(0, 1), wait(0, 0), unlock(0)};
  p.threads = {
      {lock(0), load(0), skip_unless(2, 1), notify_all(0), unlock(0), assume(2)}, counted, counted};
  EXPECT_EQ(every_execution(p).complete, 4u);
}

// T1: load x; expect 1. T2: store x 1; load x. T1's load comes first in 1 of 3 orders.
TEST(EveryExecution, AFailedCheckEndsOnlyItsThread) {
  program p;
  p.variables = atomics(1);
  p.threads = {{}, {load(0), expect(1), store(0, 2)}, {store(0, 1), load(0)}};
  const census c = every_execution(p);
  // Failing: load1 store2 load2. Passing: store2, then {load1 store1} mixed with load2: 3.
  EXPECT_EQ(numbers(c), (counts{3, 1, 0, 0}));
  p.threads[1][1] = assume(1);
  EXPECT_EQ(numbers(every_execution(p)), (counts{3, 0, 1, 0}));
}

TEST(EveryExecution, IsFailedBeforeBlockedBeforeDeadlocked) {
  program p;
  p.variables = atomics(1);
  p.mutexes = 1;
  const thread_code relock = {lock(0), lock(0)};
  p.threads = {{}, {expect(1)}, {assume(1)}, relock};
  EXPECT_EQ(numbers(every_execution(p)), (counts{0, 1, 0, 0}));
  p.threads = {{}, {assume(1)}, relock};
  EXPECT_EQ(numbers(every_execution(p)), (counts{0, 0, 1, 0}));
}

TEST(EveryExecution, APickBranchesWithoutBeingAStep) {
  program p;
  p.variables = atomics(1);
  p.threads = {{}, {pick(3), store_last_plus(0, 0)}, {load(0)}};
  const census c = every_execution(p);
  EXPECT_EQ(numbers(c), (counts{6, 0, 0, 0}));
  EXPECT_EQ(c.outcomes.size(), 5u);  // 0 is read early and late
}

TEST(EveryExecution, StopsAtTheLimit) {
  const census c = every_execution(independent(3, 2), {.limit = 89});
  EXPECT_TRUE(c.capped);
  EXPECT_EQ(c.executions(), 89u);
  EXPECT_FALSE(every_execution(independent(3, 2), {.limit = 90}).capped);
}

}  // namespace
}  // namespace oracle
