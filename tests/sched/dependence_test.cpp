// SPDX-License-Identifier: MIT
//
// The two functions of dependence, pair by pair. diamond_test.cpp checks them against the engine.
#include <gtest/gtest.h>

#include <heddle/sched/dependence.hpp>
#include <heddle/sched/operation.hpp>
#include <vector>

namespace {

using heddle::sched::dependent;
using heddle::sched::may_be_coenabled;
using heddle::sched::op_kind;
using heddle::sched::operation;
using heddle::sched::resolution;

// Objects: atomics 1 2, mutexes 11 12, conditions 21 22.
operation op(op_kind kind, heddle::sched::stable_key object = 0,
             heddle::sched::stable_key second = 0) {
  operation made;
  made.kind = kind;
  made.object = object;
  made.second = second;
  return made;
}
operation resolved(operation of, resolution as) {
  of.result = as;
  return of;
}
operation timed(operation of) {
  of.deadline = 5;
  return of;
}
operation lock_all(heddle::sched::stable_key first, heddle::sched::stable_key second,
                   bool more = false) {
  operation made = op(op_kind::lock_all, first, second);
  made.many = more;
  return made;
}

const operation load = op(op_kind::load, 1);
const operation store = op(op_kind::store, 1);
const operation add = op(op_kind::read_modify_write, 1);
const operation cas = op(op_kind::compare_exchange, 1);
const operation failed_cas = resolved(cas, resolution::failed);
const operation lock = op(op_kind::lock, 11);
const operation unlock = op(op_kind::unlock, 11);
const operation try_lock = op(op_kind::try_lock, 11);
const operation failed_try = resolved(try_lock, resolution::failed);
const operation wait = op(op_kind::wait, 21, 11);
const operation wake = op(op_kind::wake, 21, 11);
const operation timed_wake = timed(wake);
const operation timed_out = resolved(timed_wake, resolution::failed);
const operation notify_one = op(op_kind::notify_one, 21);
const operation notify_all = op(op_kind::notify_all, 21);
const operation sleep = timed(op(op_kind::sleep));
const operation now = op(op_kind::read_clock);
const operation yield = op(op_kind::yield);
const operation point = op(op_kind::point, 31);
const operation none = op(op_kind::none);

std::vector<operation> all() {
  return {load,
          store,
          add,
          cas,
          failed_cas,
          lock,
          unlock,
          try_lock,
          failed_try,
          wait,
          wake,
          timed_wake,
          timed_out,
          notify_one,
          notify_all,
          sleep,
          now,
          yield,
          point,
          none,
          lock_all(11, 12),
          lock_all(13, 14, true),
          op(op_kind::load, 2),
          op(op_kind::lock, 12),
          op(op_kind::read, 41),
          op(op_kind::write, 41),
          op(op_kind::join)};
}

TEST(Dependence, IsSymmetric) {
  for (const operation& a : all()) {
    for (const operation& b : all()) {
      EXPECT_EQ(dependent(a, b), dependent(b, a))
          << to_string(a.kind) << " and " << to_string(b.kind);
      EXPECT_EQ(may_be_coenabled(a, b), may_be_coenabled(b, a))
          << to_string(a.kind) << " and " << to_string(b.kind);
    }
  }
}

TEST(Dependence, NeverHoldsForNothing) {
  for (const operation& a : all()) EXPECT_FALSE(dependent(a, none)) << to_string(a.kind);
}

// What an operation may turn out to be cannot be more dependent than what it may be.
TEST(Dependence, OfAResolvedOperationIsNeverMoreThanThatOfAPendingOne) {
  for (const operation& a : all()) {
    for (const operation& b : all()) {
      if (a.result != resolution::pending || b.result != resolution::pending) continue;
      for (const resolution as : {resolution::succeeded, resolution::failed}) {
        EXPECT_TRUE(dependent(a, b) || !dependent(resolved(a, as), b))
            << to_string(a.kind) << " and " << to_string(b.kind);
      }
    }
  }
}

TEST(Dependence, OfAtomicsNeedsOneObjectAndAWrite) {
  EXPECT_FALSE(dependent(load, load));
  EXPECT_TRUE(dependent(load, store));
  EXPECT_TRUE(dependent(store, store));
  EXPECT_TRUE(dependent(add, add));
  EXPECT_TRUE(dependent(load, add));
  EXPECT_FALSE(dependent(store, op(op_kind::store, 2)));
  EXPECT_FALSE(dependent(store, lock));
}

TEST(Dependence, OfACompareExchangeThatFailedIsThatOfALoad) {
  EXPECT_TRUE(dependent(cas, load));
  EXPECT_TRUE(dependent(cas, cas));
  EXPECT_FALSE(dependent(failed_cas, load));
  EXPECT_FALSE(dependent(failed_cas, failed_cas));
  EXPECT_TRUE(dependent(failed_cas, store));
  EXPECT_TRUE(dependent(failed_cas, cas));
}

TEST(Dependence, OfMutexOperationsNeedsOneMutex) {
  for (const operation& a : {lock, unlock, try_lock, wait, wake}) {
    for (const operation& b : {lock, unlock, try_lock, failed_try, wait, wake}) {
      EXPECT_TRUE(dependent(a, b)) << to_string(a.kind) << " and " << to_string(b.kind);
    }
    EXPECT_FALSE(dependent(a, op(op_kind::lock, 12))) << to_string(a.kind);
    EXPECT_FALSE(dependent(a, op(op_kind::wait, 22, 12))) << to_string(a.kind);
  }
  EXPECT_FALSE(dependent(failed_try, failed_try));
}

TEST(Dependence, OfALockOfSeveralMutexesIsThatOfEach) {
  EXPECT_TRUE(dependent(lock_all(11, 12), lock));
  EXPECT_TRUE(dependent(lock_all(12, 11), lock));
  EXPECT_TRUE(dependent(lock_all(12, 11), wait));
  EXPECT_TRUE(dependent(lock_all(11, 12), lock_all(13, 12)));
  EXPECT_TRUE(dependent(lock_all(11, 12), lock_all(12, 13)));
  EXPECT_FALSE(dependent(lock_all(12, 13), lock));
  EXPECT_FALSE(dependent(lock_all(11, 12), lock_all(13, 14)));
  EXPECT_TRUE(dependent(lock_all(12, 13, true), lock));  // of more than it can name
}

TEST(Dependence, OfANotifyIsWithWhoMayBeWoken) {
  for (const operation& notify : {notify_one, notify_all}) {
    EXPECT_TRUE(dependent(notify, wait));
    EXPECT_TRUE(dependent(notify, notify_one));
    EXPECT_TRUE(dependent(notify, notify_all));
    EXPECT_FALSE(dependent(notify, wake));  // it was notified, and can only follow
    EXPECT_TRUE(dependent(notify, timed_wake));
    EXPECT_TRUE(dependent(notify, timed_out));
    EXPECT_FALSE(dependent(notify, op(op_kind::wait, 22, 11)));
    EXPECT_FALSE(dependent(notify, lock));
  }
}

// The deadline had passed when the notify came: in the other order the wait times out.
TEST(Dependence, OfANotifyIsWithATimedWaitThatItSaved) {
  EXPECT_TRUE(dependent(notify_one, resolved(timed_wake, resolution::succeeded)));
  EXPECT_TRUE(dependent(notify_all, resolved(timed_wake, resolution::succeeded)));
}

TEST(Dependence, OfWaitersOfOneConditionIsThroughTheirMutexAlone) {
  EXPECT_TRUE(dependent(wait, wait));
  EXPECT_FALSE(dependent(wait, op(op_kind::wait, 21, 12)));
}

TEST(Dependence, OfTimeIsBetweenDeadlinesAndTheClock) {
  EXPECT_TRUE(dependent(sleep, sleep));
  EXPECT_TRUE(dependent(sleep, timed_wake));
  EXPECT_TRUE(dependent(sleep, now));
  EXPECT_TRUE(dependent(now, timed_wake));
  EXPECT_FALSE(dependent(now, now));
  EXPECT_FALSE(dependent(sleep, store));
  EXPECT_FALSE(dependent(yield, yield));
  EXPECT_FALSE(dependent(yield, store));
}

TEST(Dependence, OfPointsIsByName) {
  EXPECT_TRUE(dependent(point, point));
  EXPECT_FALSE(dependent(point, op(op_kind::point, 32)));
  EXPECT_FALSE(dependent(point, store));
}

TEST(Coenabled, AreNeverTwoWhoFreeOneMutex) {
  EXPECT_FALSE(may_be_coenabled(unlock, unlock));
  EXPECT_FALSE(may_be_coenabled(unlock, wait));
  EXPECT_TRUE(may_be_coenabled(unlock, op(op_kind::unlock, 12)));
}

TEST(Coenabled, AreNeverWhoFreesAMutexAndWhoNeedsItFree) {
  EXPECT_FALSE(may_be_coenabled(unlock, lock));
  EXPECT_FALSE(may_be_coenabled(wait, lock));
  EXPECT_FALSE(may_be_coenabled(unlock, wake));
  EXPECT_FALSE(may_be_coenabled(unlock, lock_all(12, 11)));
}

TEST(Coenabled, MayBeWhateverDoesNotWaitForTheMutex) {
  EXPECT_TRUE(may_be_coenabled(unlock, try_lock));
  EXPECT_TRUE(may_be_coenabled(lock, lock));
  EXPECT_TRUE(may_be_coenabled(lock, try_lock));
  EXPECT_TRUE(may_be_coenabled(unlock, timed_wake));  // it may time out instead
  EXPECT_TRUE(may_be_coenabled(unlock, timed_out));
  EXPECT_TRUE(may_be_coenabled(notify_one, wake));
  EXPECT_TRUE(may_be_coenabled(store, load));
}

}  // namespace
