// SPDX-License-Identifier: MIT
//
// Whatever kills a process elsewhere is an outcome here, and the engine lives on.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>

#include "common/sanitizers.hpp"
#include "search.hpp"

namespace {

using heddle::failure_kind;

// Runs `harmful` in a second thread while the first waits for it.
template <class Harmful>
heddle::report in_a_thread(Harmful harmful, heddle::options how = search::until_a_failure()) {
  return heddle::explore(how, [&] {
    heddle::point();
    heddle::thread other([&] {
      heddle::point();
      harmful();
    });
    other.join();
  });
}

void expect_crash(const heddle::report& seen, const char* says) {
  ASSERT_TRUE(seen.failure) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::crash) << seen.text();
  EXPECT_EQ(seen.failure->cause.thread, 1U);
  EXPECT_NE(seen.failure->message.find(says), std::string::npos) << seen.failure->message;
  EXPECT_NE(seen.failure->schedule, "");
  EXPECT_EQ(seen.failed, 1);
  // Nothing is left that would trouble the next exploration of this process.
  const auto next = heddle::explore(search::every_execution(), [] {
    heddle::thread other([] { heddle::point(); });
    heddle::point();
    other.join();
  });
  EXPECT_TRUE(search::clean(next)) << next.text();
  EXPECT_EQ(next.executions, 2);
}

// Hidden from the compiler, which would take undefined behaviour for what it likes.
int* volatile nowhere = nullptr;
volatile int zero = 0;
volatile int sink = 0;

volatile bool deeper = true;

__attribute__((noinline)) int overflow_the_stack(
    volatile int* above) {  // NOLINT(misc-no-recursion)
  volatile int frame[256];
  frame[0] = *above;
  return deeper ? overflow_the_stack(frame) + frame[0] : 0;
}

TEST(Crash, OfAStackOverflowInAThreadSaysSo) {
  volatile int start = 1;
  expect_crash(in_a_thread([&] { sink = overflow_the_stack(&start); }), "stack overflow");
}

TEST(Crash, OfAStackOverflowInTheBodySaysSo) {
  volatile int start = 1;
  const auto seen =
      heddle::explore(search::until_a_failure(), [&] { sink = overflow_the_stack(&start); });
  ASSERT_TRUE(seen.failure);
  EXPECT_EQ(seen.failure->kind, failure_kind::crash);
  EXPECT_NE(seen.failure->message.find("stack overflow"), std::string::npos) << seen.text();
}

#ifndef HEDDLE_TESTS_WITH_ASAN  // UBSan would stop these itself
TEST(Crash, OfAWriteThroughANullPointer) {
  expect_crash(in_a_thread([] { *nowhere = 1; }), "SIGSEGV");
}

TEST(Crash, OfADivisionByZero) {
  expect_crash(in_a_thread([] { sink = 7 / zero; }), "SIGFPE");
}
#endif

TEST(Crash, OfAbort) {
  expect_crash(in_a_thread([] { std::abort(); }), "abort");
}

TEST(Crash, OfARaisedSignal) {
  expect_crash(in_a_thread([] { std::raise(SIGFPE); }), "SIGFPE");
  expect_crash(in_a_thread([] { std::raise(SIGILL); }), "SIGILL");
  expect_crash(in_a_thread([] { std::raise(SIGBUS); }), "SIGBUS");
}

TEST(Crash, EndsTheExplorationEvenIfItWouldGoOn) {
  const auto seen = in_a_thread([] { std::abort(); }, search::every_execution());
  EXPECT_EQ(seen.executions, 1);
  EXPECT_EQ(seen.coverage, heddle::coverage::sampled);
}

// Only where one thread comes first; the others are clean.
TEST(Crash, OfOneScheduleReplays) {
  const auto body = [] {
    heddle::atomic<int> flag{0};
    heddle::thread other([&] {
      if (flag.load() == 1) std::abort();
    });
    flag.store(1);
    flag.store(2);
    other.join();
  };
  heddle::options how = search::until_a_failure();
  const auto seen = heddle::explore(how, body);
  ASSERT_TRUE(seen.failure) << seen.text();
  EXPECT_GT(seen.complete, 0);
  const auto again = heddle::replay(seen.failure->schedule, body, how);
  ASSERT_TRUE(again.failure) << again.text();
  EXPECT_EQ(again.failure->kind, failure_kind::crash);
}

TEST(Crash, LeavesTheSignalsAsTheyWere) {
  struct sigaction before {};
  struct sigaction after {};
  ::sigaction(SIGSEGV, nullptr, &before);
  in_a_thread([] { std::raise(SIGSEGV); });
  ::sigaction(SIGSEGV, nullptr, &after);
  EXPECT_EQ(before.sa_sigaction, after.sa_sigaction);
}

TEST(EndlessLoop, WithoutASchedulingPointIsFound) {
  heddle::options how = search::until_a_failure();
  how.stuck = std::chrono::seconds(1);
  volatile bool forever = true;
  const auto seen = in_a_thread(
      [&] {
        while (forever) sink = 1 - sink;
      },
      how);
  ASSERT_TRUE(seen.failure);
  EXPECT_FALSE(seen.passed());
  EXPECT_EQ(seen.failure->cause.thread, 1U);
  EXPECT_NE(seen.failure->message.find("endless loop"), std::string::npos) << seen.failure->message;
}

}  // namespace
