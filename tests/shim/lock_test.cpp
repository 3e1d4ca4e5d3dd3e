// SPDX-License-Identifier: MIT
//
// lock_guard, unique_lock, scoped_lock and lock(): as in std, with the caller's place.
#include <gtest/gtest.h>

#include <system_error>
#include <type_traits>
#include <utility>

#include "sched/search.hpp"

namespace {

template <class Action>
std::errc error_of(Action action) {
  try {
    action();
  } catch (const std::system_error& error) {
    return static_cast<std::errc>(error.code().value());
  }
  return {};
}

TEST(UniqueLock, OwnsWhatItsConstructorSays) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    {
      const heddle::unique_lock lock(guard);
      heddle::check(lock.owns_lock() && lock && lock.mutex() == &guard);
    }
    {
      const heddle::unique_lock lock(guard, heddle::defer_lock);
      heddle::check(!lock.owns_lock() && !lock && lock.mutex() == &guard);
    }
    {
      const heddle::unique_lock lock(guard, heddle::try_to_lock);
      heddle::check(lock.owns_lock());
    }
    guard.lock();
    { const heddle::unique_lock lock(guard, heddle::adopt_lock); }
    heddle::check(guard.try_lock(), "it was given back");
    guard.unlock();
    const heddle::unique_lock<heddle::mutex> none;
    heddle::check(!none.owns_lock() && none.mutex() == nullptr);
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(UniqueLock, ThrowsWhatTheStandardSays) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::unique_lock<heddle::mutex> none;
    EXPECT_EQ(error_of([&] { none.lock(); }), std::errc::operation_not_permitted);
    EXPECT_EQ(error_of([&] { (void)none.try_lock(); }), std::errc::operation_not_permitted);
    EXPECT_EQ(error_of([&] { none.unlock(); }), std::errc::operation_not_permitted);
    heddle::unique_lock lock(guard);
    EXPECT_EQ(error_of([&] { lock.lock(); }), std::errc::resource_deadlock_would_occur);
    EXPECT_EQ(error_of([&] { (void)lock.try_lock(); }), std::errc::resource_deadlock_would_occur);
    lock.unlock();
    EXPECT_EQ(error_of([&] { lock.unlock(); }), std::errc::operation_not_permitted);
    lock.lock();
    EXPECT_TRUE(lock.owns_lock());
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(UniqueLock, GivesUpItsOwnLockWhenAssignedTo) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex first;
    heddle::mutex second;
    heddle::unique_lock lock(first);
    lock = heddle::unique_lock(second);
    heddle::check(lock.mutex() == &second && lock.owns_lock());
    heddle::check(first.try_lock(), "it was given back");
    first.unlock();
    heddle::unique_lock moved(std::move(lock));
    heddle::check(!lock.owns_lock() && lock.mutex() == nullptr);  // NOLINT(bugprone-use-after-move)
    heddle::check(moved.owns_lock());
    heddle::check(moved.release() == &second && !moved.owns_lock());
    second.unlock();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(UniqueLock, SwapsWhatItOwns) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::unique_lock lock(guard);
    heddle::unique_lock<heddle::mutex> none;
    swap(lock, none);
    heddle::check(none.owns_lock() && !lock.owns_lock());
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(UniqueLock, IsMovedOnly) {
  using lock = heddle::unique_lock<heddle::mutex>;
  EXPECT_FALSE(std::is_copy_constructible_v<lock>);
  EXPECT_TRUE(std::is_nothrow_move_constructible_v<lock>);
  EXPECT_FALSE(std::is_copy_constructible_v<heddle::lock_guard<heddle::mutex>>);
  EXPECT_FALSE(std::is_move_constructible_v<heddle::scoped_lock<heddle::mutex>>);
  EXPECT_FALSE(std::is_copy_constructible_v<heddle::mutex>);
}

// Both ways round, as std::scoped_lock promises.
TEST(ScopedLock, OfTwoMutexesNeverDeadlocks) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex left;
    heddle::mutex right;
    heddle::var<int> count{0};
    heddle::thread other([&] {
      const heddle::scoped_lock both(left, right);
      ++count;
    });
    {
      const heddle::scoped_lock both(right, left);
      ++count;
    }
    other.join();
    heddle::check(count == 2, "both were counted");
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(ScopedLock, WaitsUntilAllAreFree) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex first;
    heddle::mutex second;
    heddle::mutex third;
    heddle::thread other([&] {
      const heddle::lock_guard lock(second);
      heddle::point();
    });
    {
      const heddle::scoped_lock all(first, second, third);
      for (heddle::mutex* each : {&first, &second, &third}) {
        heddle::thread([each] { heddle::check(!each->try_lock(), "it is taken"); }).join();
      }
    }
    other.join();
    heddle::check(first.try_lock() && second.try_lock() && third.try_lock(), "all are free again");
    first.unlock();
    second.unlock();
    third.unlock();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

// It locks the first and tries the others.
TEST(ScopedLock, OfAMutexHeldByItsOwnThreadIsADeadlockOrMisuse) {
  const auto held_first = heddle::explore(search::every_execution(), [] {
    heddle::mutex first;
    heddle::mutex second;
    const heddle::lock_guard held(first);
    const heddle::scoped_lock both(first, second);
  });
  EXPECT_EQ(held_first.deadlocked, 1) << held_first.text();
  const auto held_second = heddle::explore(search::every_execution(), [] {
    heddle::mutex first;
    heddle::mutex second;
    const heddle::lock_guard held(second);
    const heddle::scoped_lock both(first, second);
  });
  ASSERT_TRUE(held_second.failure) << held_second.text();
  EXPECT_EQ(held_second.failure->kind, heddle::failure_kind::misuse);
}

TEST(ScopedLock, OfOneOrNoneOrAdoptedMutexesWorks) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex first;
    heddle::recursive_mutex second;
    { const heddle::scoped_lock<> none; }
    { const heddle::scoped_lock one(first); }
    { const heddle::scoped_lock two(first, second); }
    heddle::lock(first, second);
    { const heddle::scoped_lock adopted(heddle::adopt_lock, first, second); }
    heddle::check(first.try_lock(), "it was given back");
    first.unlock();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(Lock, OfUniqueLocksNeverDeadlocks) {
  heddle::options how = search::every_execution();
  how.explorer = "random";
  how.executions = 1'000;
  const auto seen = heddle::explore(how, [] {
    heddle::mutex left;
    heddle::mutex right;
    heddle::thread other([&] {
      heddle::unique_lock first(left, heddle::defer_lock);
      heddle::unique_lock second(right, heddle::defer_lock);
      heddle::lock(first, second);
      heddle::check(first.owns_lock() && second.owns_lock());
    });
    {
      heddle::unique_lock first(right, heddle::defer_lock);
      heddle::unique_lock second(left, heddle::defer_lock);
      heddle::lock(first, second);
      heddle::check(first.owns_lock() && second.owns_lock());
    }
    other.join();
  });
  EXPECT_EQ(seen.deadlocked, 0) << seen.text();
  EXPECT_EQ(seen.failed, 0) << seen.text();
  EXPECT_GT(seen.complete, 0);
}

TEST(LockGuard, NamesTheLineOfItsOwnDeclaration) {
  heddle::location line;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::mutex guard;
    guard.lock();
    line = heddle::location::current();  // the line before
    const heddle::lock_guard lock(guard);
  });
  ASSERT_EQ(seen.deadlocked, 1);
  EXPECT_EQ(seen.failure->unfinished.front().pending.where.line, line.line + 1);
}

}  // namespace
