// SPDX-License-Identifier: MIT
//
// lock, try_lock, scoped_lock: take one, try the others, back off; and timed guards.
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <string>

#include "shim/counted.hpp"

namespace {

using counted::all;
using counted::every_execution;
using namespace std::chrono_literals;

heddle::options backing_off(std::int64_t times) {
  heddle::options how = every_execution();
  how.lock_back_offs = times;
  return how;
}

TEST(TryLock, OfSeveralTakesAllOrNone) {
  const auto seen = all([] {
    heddle::mutex a;
    heddle::mutex b;
    heddle::recursive_mutex c;
    heddle::mutex d;
    heddle::check(heddle::try_lock(a, b) == -1);
    a.unlock();
    b.unlock();
    heddle::latch held(1);
    heddle::latch tried(1);
    heddle::thread holder([&] {
      const heddle::lock_guard first(b);
      const heddle::lock_guard second(d);
      held.count_down();
      tried.wait();
    });
    held.wait();
    heddle::check(heddle::try_lock(a, b) == 1);
    heddle::check(heddle::try_lock(b, a) == 0);
    heddle::check(heddle::try_lock(a, c, d) == 2);
    heddle::check(heddle::try_lock(a, c, b, d) == 2);
    heddle::check(a.try_lock(), "it was given back");
    a.unlock();
    tried.count_down();
    holder.join();
  });
  EXPECT_EQ(counted::kind(seen), "none") << seen.text();
}

TEST(TryLock, GivesBackWhatItHadInReverseOrder) {
  struct logging {
    std::string* log;
    char name;
    bool free;
    void lock() { *log += name; }
    bool try_lock() {
      if (free) *log += name;
      return free;
    }
    void unlock() { *log += static_cast<char>(name - 'a' + 'A'); }
  };
  std::string log;
  logging a{&log, 'a', true};
  logging b{&log, 'b', true};
  logging c{&log, 'c', true};
  logging d{&log, 'd', false};
  EXPECT_EQ(heddle::try_lock(a, b, c, d), 3);
  EXPECT_EQ(log, "abcCBA");
  log.clear();
  EXPECT_EQ(heddle::try_lock(a, b, c), -1);
  EXPECT_EQ(log, "abc");
}

TEST(TryLock, ThatThrowsHoldsNothing) {
  struct throwing {
    void lock() { throw std::runtime_error("no"); }
    bool try_lock() { throw std::runtime_error("no"); }
    void unlock() {}
  };
  heddle::mutex a;
  throwing b;
  EXPECT_THROW((void)heddle::try_lock(a, b), std::runtime_error);
  EXPECT_TRUE(a.try_lock());
  a.unlock();
  EXPECT_THROW(heddle::lock(a, b), std::runtime_error);
  EXPECT_TRUE(a.try_lock());
  a.unlock();
}

// Two threads that lock the same two mutexes in opposite orders. All at once: who is first, 2
// executions.
int lock_both_ways() {
  heddle::mutex left;
  heddle::mutex right;
  int order = 0;
  heddle::thread other([&] {
    const heddle::scoped_lock both(right, left);
    order = order * 10 + 1;
  });
  heddle::thread another([&] {
    const heddle::scoped_lock both(left, right);
    order = order * 10 + 2;
  });
  other.join();
  another.join();
  return order;
}

TEST(Lock, OfSeveralTakenAtOnceHasTwoOrders) {
  const auto found = heddle::outcomes(backing_off(0), lock_both_ways);
  EXPECT_EQ(found.values(), (std::set<int>{12, 21}));
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive) << found.report.text();
}

// Lock, try, back off, as often as it may; then at once. No deadlock, no livelock, the same orders.
TEST(Lock, OfSeveralBacksOffWithoutDeadlock) {
  for (std::int64_t times : {1, 2, 3}) {
    const auto found = heddle::outcomes(backing_off(times), lock_both_ways);
    EXPECT_EQ(found.values(), (std::set<int>{12, 21}));
    EXPECT_EQ(found.report.complete, found.report.executions) << found.report.text();
  }
}

// What backing off is for: another thread sees one of the mutexes taken while the lock of both has
// not succeeded. Taking all at once hides it.
TEST(Lock, OfSeveralHoldsTheFirstWhileItTriesTheOthers) {
  const auto body = [] {
    heddle::mutex a;
    heddle::mutex b;
    b.lock();
    heddle::thread locker([&] { const heddle::scoped_lock both(a, b); });
    const bool seen_taken = !a.try_lock();
    if (!seen_taken) a.unlock();
    b.unlock();
    locker.join();
    return seen_taken;
  };
  EXPECT_EQ(heddle::outcomes(backing_off(0), body).values(), (std::set<bool>{false}));
  EXPECT_EQ(heddle::outcomes(backing_off(1), body).values(), (std::set<bool>{false, true}));
}

TEST(Lock, OfUniqueLocksIsBoundedToo) {
  const auto found = heddle::outcomes(backing_off(1), [] {
    heddle::mutex left;
    heddle::mutex right;
    const auto work = [&](heddle::mutex& first, heddle::mutex& second) {
      heddle::unique_lock a(first, heddle::defer_lock);
      heddle::unique_lock b(second, heddle::defer_lock);
      heddle::lock(a, b);
      heddle::check(a.owns_lock() && b.owns_lock());
    };
    heddle::thread other([&] { work(left, right); });
    work(right, left);
    other.join();
    return 0;
  });
  EXPECT_EQ(found.report.complete, found.report.executions) << found.report.text();
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive);
}

TEST(Lock, OfAnOwnedUniqueLockThrows) {
  EXPECT_TRUE(all([] {
                heddle::mutex a;
                heddle::mutex b;
                heddle::unique_lock first(a);
                heddle::unique_lock second(b, heddle::defer_lock);
                EXPECT_THROW(heddle::lock(second, first), std::system_error);
                EXPECT_TRUE(first.owns_lock());
                EXPECT_FALSE(second.owns_lock());
              }).passed());
}

// Four and more, and locks that are not Heddle's.
TEST(Lock, TakesAnyNumberOfAnyLocks) {
  const auto seen = all([] {
    heddle::mutex a;
    heddle::recursive_mutex b;
    heddle::timed_mutex c;
    heddle::shared_mutex d;
    heddle::shared_mutex e;
    heddle::shared_lock reads(e, heddle::defer_lock);
    heddle::lock(a, b, c, d, reads);
    heddle::check(reads.owns_lock());
    heddle::thread([&] {
      heddle::check(!a.try_lock() && !b.try_lock() && !c.try_lock() && !d.try_lock_shared());
      heddle::check(e.try_lock_shared());
      e.unlock_shared();
    }).join();
    const heddle::scoped_lock give_back(heddle::adopt_lock, a, b, c, d);
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

TEST(UniqueLock, TriesForATime) {
  const auto seen = all([] {
    heddle::timed_mutex guard;
    heddle::unique_lock held(guard);
    heddle::thread([&] {
      const auto start = heddle::steady_clock::now();
      const heddle::unique_lock late(guard, 1s);
      heddle::check(!late);
      const heddle::unique_lock later(guard, start + 2s);
      heddle::check(!later && heddle::steady_clock::now() == start + 2s);
      heddle::unique_lock again(guard, heddle::defer_lock);
      heddle::check(!again.try_lock_for(1s) && !again.try_lock_until(start + 4s));
      heddle::check(heddle::steady_clock::now() == start + 4s);
    }).join();
    held.unlock();
    heddle::check(held.try_lock_for(1s));
    EXPECT_THROW((void)held.try_lock_for(1s), std::system_error);
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

TEST(SharedLock, TriesForATime) {
  const auto seen = all([] {
    heddle::shared_timed_mutex guard;
    guard.lock();
    heddle::thread([&] {
      const heddle::shared_lock late(guard, 1s);
      heddle::check(!late);
      heddle::shared_lock again(guard, heddle::defer_lock);
      heddle::check(!again.try_lock_for(1s));
    }).join();
    guard.unlock();
    heddle::shared_lock first(guard, 1s);
    heddle::check(first.owns_lock());
    first.unlock();
    heddle::check(first.try_lock_until(heddle::steady_clock::now()));
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

}  // namespace
