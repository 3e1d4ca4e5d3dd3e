// SPDX-License-Identifier: MIT
//
// Waiting on atomics: sleeps while the value is the old one, is woken by a notify after a change.
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "shim/counted.hpp"

namespace {

using counted::all;
using counted::every_execution;
using counted::in_threads;
using counted::kind;

heddle::options with(const char* explorer) {
  heddle::options how = every_execution();
  how.explorer = explorer;
  return how;
}

// w: the wait, s: the store, n: the notify. w s n (the wait sleeps and is woken), s w n, s n w.
TEST(AtomicWait, IsWokenByANotifyAfterAChange) {
  const auto body = [] {
    heddle::atomic<int> flag{0};
    heddle::thread waiter([&] {
      flag.wait(0);
      heddle::check(flag.load() == 1);
    });
    flag.store(1);
    flag.notify_one();
    waiter.join();
  };
  // The load follows its wait: before or after the notify where the wait did not sleep.
  const auto seen = all(body);
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.executions, 4);
  const auto reduced = heddle::explore(with("dpor"), body);
  EXPECT_TRUE(reduced.passed()) << reduced.text();
  EXPECT_EQ(reduced.executions, 3);  // the load and the notify are independent
  EXPECT_EQ(reduced.coverage, heddle::coverage::exhaustive);
}

TEST(AtomicWait, WithoutANotifySleepsOn) {
  for (const char* explorer : {"dfs", "dpor"}) {
    const auto seen = heddle::explore(with(explorer), [] {
      heddle::atomic<int> flag{0};
      heddle::thread waiter([&] { flag.wait(0); });
      flag.store(1);
      waiter.join();
    });
    EXPECT_EQ(seen.deadlocked, 1) << seen.text();
    EXPECT_EQ(seen.complete, 1);
    EXPECT_NE(seen.text().find("waits on atomic `"), std::string::npos) << seen.text();
  }
}

// A notify that comes before the change wakes nobody: w n s and n w s sleep for ever, n s w passes.
TEST(AtomicWait, NotifiedBeforeTheChangeIsAMissedNotification) {
  const auto seen = all([] {
    heddle::atomic<int> flag{0};
    heddle::thread waiter([&] { flag.wait(0); });
    flag.notify_one();
    flag.store(1);
    waiter.join();
  });
  EXPECT_EQ(seen.deadlocked, 2) << seen.text();
  EXPECT_EQ(seen.complete, 1);
}

TEST(AtomicWait, NotifyOneWakesAnyOne) {
  for (const char* explorer : {"dfs", "dpor"}) {
    const auto found = heddle::outcomes(with(explorer), [] {
      heddle::atomic<int> flag{0};
      std::string order;
      const auto wait = [&](char name) {
        flag.wait(0);
        order += name;
        flag.notify_one();
      };
      heddle::thread a([&] { wait('a'); });
      heddle::thread b([&] { wait('b'); });
      flag.store(1);
      flag.notify_one();
      a.join();
      b.join();
      return order;
    });
    EXPECT_EQ(found.values(), (std::set<std::string>{"ab", "ba"}));
    EXPECT_EQ(found.report.deadlocked, 0) << found.report.text();
  }
}

TEST(AtomicWait, NotifyOneIsNotEnoughForTwo) {
  const auto seen = all([] {
    heddle::atomic<bool> flag{false};
    heddle::thread a([&] { flag.wait(false); });
    heddle::thread b([&] { flag.wait(false); });
    flag.store(true);
    flag.notify_one();
    a.join();
    b.join();
  });
  EXPECT_GT(seen.deadlocked, 0);
  EXPECT_GT(seen.complete, 0);
}

TEST(AtomicWait, NotifyAllWakesAll) {
  for (const char* explorer : {"dfs", "dpor"}) {
    const auto seen = heddle::explore(with(explorer), [] {
      heddle::atomic_flag flag;
      heddle::thread a([&] { flag.wait(false); });
      heddle::thread b([&] { heddle::atomic_flag_wait(&flag, false); });
      flag.test_and_set();
      flag.notify_all();
      a.join();
      b.join();
    });
    EXPECT_TRUE(seen.passed()) << seen.text();
    EXPECT_EQ(seen.coverage, heddle::coverage::exhaustive);
  }
}

// A value that is back to what it was: the wait sleeps on.
TEST(AtomicWait, ThatFindsTheOldValueAgainSleepsOn) {
  const auto seen = all([] {
    heddle::atomic<int> flag{0};
    heddle::thread waiter([&] { flag.wait(0); });
    flag.store(1);
    flag.notify_one();
    flag.store(0);
    waiter.join();
  });
  EXPECT_GT(seen.deadlocked, 0) << seen.text();
  EXPECT_GT(seen.complete, 0);
}

TEST(AtomicWait, OrdersPlainDataAsItsOrderSays) {
  const auto pass = [](heddle::memory_order read) {
    return kind(all([read] {
      heddle::var<int> data{0};
      heddle::atomic<int> flag{0};
      heddle::thread waiter([&] {
        flag.wait(0, read);
        (void)data.load();
      });
      data.store(1);
      flag.store(1, heddle::memory_order_release);
      flag.notify_one();
      waiter.join();
    }));
  };
  EXPECT_EQ(pass(heddle::memory_order_acquire), "none");
  EXPECT_EQ(pass(heddle::memory_order_relaxed), "data race");  // a notify orders nothing
}

TEST(AtomicWait, WorksThroughReferences) {
  const auto seen = all([] {
    int plain = 0;
    heddle::thread waiter([&] { heddle::atomic_ref(plain).wait(0); });
    heddle::atomic_ref(plain).store(1);
    heddle::atomic_ref(plain).notify_all();
    waiter.join();
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

TEST(AtomicWait, OnAnAtomicThatDiesIsMisuse) {
  heddle::options how = every_execution();
  how.stop_at_first_failure = true;
  const auto seen = heddle::explore(how, [] {
    auto flag = std::make_unique<heddle::atomic<int>>(0);
    heddle::thread waiter([&] { flag->wait(0); });
    heddle::this_thread::sleep_for(std::chrono::seconds(1));
    flag.reset();
    waiter.join();
  });
  EXPECT_EQ(kind(seen), "misuse") << seen.text();
  EXPECT_NE(seen.text().find("destroys an atomic"), std::string::npos) << seen.text();
}

TEST(AtomicWait, OutsideReturnsWhereItNeedNotSleep) {
  heddle::atomic<int> flag{1};
  flag.wait(0);
  flag.notify_one();
  flag.notify_all();
}

}  // namespace
