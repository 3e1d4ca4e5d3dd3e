// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <stdexcept>

#include "sched/mailbox.hpp"
#include "shim/counted.hpp"

namespace {

using counted::all;
using counted::in_threads;
using mailboxes::mailbox;

// One put and one take: only that order is possible.
TEST(Monitor, ACallWaitsUntilItIsReady) {
  const auto seen = all([] {
    mailbox box;
    heddle::thread other([&] { heddle::check(box.take() == 7); });
    box.put(7);
    other.join();
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.executions, 1);
  EXPECT_EQ(seen.coverage, heddle::coverage::exhaustive);
}

// Two producers, one consumer of two. p, q: puts; t, u: takes. The orders p t q u and q t p u.
TEST(Monitor, CallsOfSeveralThreadsAreCounted) {
  const auto body = [] {
    mailbox box;
    int sum = 0;
    in_threads(3, [&](unsigned i) {
      if (i == 2) {
        sum += 10 * box.take();
        sum += box.take();
      } else {
        box.put(static_cast<int>(i) + 1);
      }
    });
    return sum;
  };
  const auto found = heddle::outcomes(counted::every_execution(), body);
  EXPECT_EQ(found.values(), (std::set<int>{12, 21}));
  EXPECT_EQ(found.report.executions, 2);
  heddle::options reduced = counted::every_execution();
  reduced.explorer = "dpor";
  EXPECT_EQ(heddle::outcomes(reduced, body).values(), found.values());
  EXPECT_EQ(heddle::outcomes(reduced, body).report.complete, 2);
}

// Reads commute: two threads that only ask make one class; a writer beside them makes three.
TEST(Monitor, CallsThatOnlyReadAreIndependent) {
  heddle::options reduced = counted::every_execution();
  reduced.explorer = "dpor";
  const auto readers = heddle::explore(reduced, [] {
    mailbox box;
    in_threads(2, [&](unsigned) { (void)box.full(); });
  });
  EXPECT_EQ(readers.complete, 1) << readers.text();
  const auto found = heddle::outcomes(reduced, [] {
    mailbox box;
    int seen = 0;
    in_threads(2, [&](unsigned i) {
      if (i == 0) {
        seen = box.full();
      } else {
        box.put(1);
      }
    });
    return seen;
  });
  EXPECT_EQ(found.values(), (std::set<int>{0, 1}));
  EXPECT_EQ(found.report.complete, 2);
}

TEST(Monitor, AFailedCallChangesNothing) {
  const auto found = heddle::outcomes(counted::every_execution(), [] {
    mailbox box;
    int taken = 0;
    heddle::thread other([&] { box.try_take(taken); });
    box.put(3);
    other.join();
    return taken;
  });
  EXPECT_EQ(found.values(), (std::set<int>{0, 3}));
}

TEST(Monitor, ATimedCallEndsEitherWay) {
  heddle::options how = counted::every_execution();
  how.early_timeouts = 1;
  const auto found = heddle::outcomes(how, [] {
    mailbox box;
    box.put(1);
    heddle::thread other([&] { (void)box.take(); });
    const bool done = box.put(2, 1'000);
    other.join();
    return done;
  });
  EXPECT_EQ(found.values(), (std::set<bool>{false, true}));
}

TEST(Monitor, WaitingForEverIsADeadlockThatNamesTheCall) {
  const auto seen = all([] {
    mailbox box;
    heddle::name(box, "box");
    (void)box.take();
  });
  ASSERT_TRUE(seen.failure);
  EXPECT_EQ(counted::kind(seen), "deadlock");
  EXPECT_NE(seen.text().find("take of mailbox `box`"), std::string::npos) << seen.text();
}

// What was written before the put is visible after the take, without a race.
TEST(Monitor, CallsOrderPlainData) {
  EXPECT_TRUE(all([] {
                mailbox box;
                heddle::var<int> data{0};
                heddle::thread other([&] {
                  data.store(5);
                  box.put(1);
                });
                (void)box.take();
                heddle::check(data.load() == 5);
                other.join();
              }).passed());
}

TEST(Monitor, OutsideAnExecutionItActsAtOnce) {
  mailbox box;
  EXPECT_FALSE(box.full());
  box.put(4);
  EXPECT_FALSE(box.put(5, 0));
  EXPECT_THROW(box.put(5), std::logic_error);
  EXPECT_EQ(box.take(), 4);
}

// Made outside, used inside: every execution finds it as it was constructed.
TEST(Monitor, IsAsConstructedAtEachStart) {
  mailbox box;
  const auto seen = all([&] {
    heddle::check(!box.full());
    heddle::thread other([&] { box.put(1); });
    (void)box.full();
    other.join();
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.executions, 2);
}

}  // namespace
