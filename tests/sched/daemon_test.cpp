// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "shim/counted.hpp"

// Threads that the execution does not wait for.
namespace {

using counted::all;

void start_daemon(void (*entry)(void*), void* with) {
  heddle::sched::make_daemon(
      heddle::sched::spawn(entry, with, "daemon", heddle::location::current()));
}

// It has made 0, 1 or 2 of its two steps when the body ends: the third ordering is the one where
// it ends first.
TEST(Daemon, IsAbandonedWhenEverybodyElseHasEnded) {
  const auto seen = all([] {
    static heddle::atomic<int> steps;  // outlives the execution, as the daemon may
    start_daemon(
        [](void*) {
          ++steps;
          ++steps;
        },
        nullptr);
    (void)steps.load();
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.executions, 3);
  EXPECT_EQ(seen.coverage, heddle::coverage::exhaustive);
}

TEST(Daemon, ThatNeverEndsIsNoLivelockAndNoDeadlock) {
  const auto seen = all([] {
    static heddle::mutex guard;
    start_daemon(
        [](void*) {
          for (;;) {
            heddle::this_thread::sleep_for(std::chrono::seconds(1));
          }
        },
        nullptr);
    heddle::this_thread::sleep_for(std::chrono::seconds(3));
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

TEST(Daemon, AbandonedWithALockIsALeak) {
  const auto seen = all([] {
    static heddle::mutex guard;
    start_daemon(
        [](void*) {
          guard.lock();
          heddle::this_thread::yield();
          guard.unlock();
        },
        nullptr);
    heddle::this_thread::yield();
  });
  ASSERT_TRUE(seen.failure);
  EXPECT_EQ(counted::kind(seen), "leak");
  EXPECT_NE(seen.text().find("daemon"), std::string::npos) << seen.text();
}

// The others are stuck for ever, whatever a daemon still does.
TEST(Daemon, DoesNotHideADeadlock) {
  const auto seen = all([] {
    static heddle::binary_semaphore never(0);
    start_daemon([](void*) { (void)never.try_acquire(); }, nullptr);
    never.acquire();
  });
  ASSERT_TRUE(seen.failure);
  EXPECT_EQ(counted::kind(seen), "deadlock");
}

TEST(Daemon, MakesReductionClaimNothing) {
  heddle::options how = counted::every_execution();
  how.explorer = "dpor";
  const auto seen = heddle::explore(how, [] {
    static heddle::atomic<int> steps;
    start_daemon([](void*) { ++steps; }, nullptr);
    (void)steps.load();
  });
  EXPECT_TRUE(seen.passed());
  EXPECT_NE(seen.coverage, heddle::coverage::exhaustive);
}

}  // namespace
