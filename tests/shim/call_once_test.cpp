// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <string>

#include "shim/both_explorers.hpp"

namespace {

using counted::all;
using counted::in_threads;
using counted::kind;
using counted::outcomes_of;

static_assert(!std::is_copy_constructible_v<heddle::once_flag>);
static_assert(std::is_nothrow_default_constructible_v<heddle::once_flag>);

// Two threads: the first begins and ends, the other then passes: which is first, 2 executions. The
// second cannot come between the beginning and the end.
TEST(CallOnce, CallsOnceAndTheOthersWaitForTheEnd) {
  const auto found = outcomes_of([] {
    heddle::once_flag flag;
    heddle::var<int> made{0};
    int calls = 0;
    in_threads(2, [&](unsigned) {
      heddle::call_once(flag, [&] {
        ++calls;
        made.store(1);
      });
      heddle::check(made.load() == 1);  // and no data race
    });
    return calls;
  });
  EXPECT_EQ(found.values(), (std::set<int>{1}));
  EXPECT_EQ(found.report.executions, 2);
}

TEST(CallOnce, PassesArgumentsOn) {
  EXPECT_TRUE(all([] {
                heddle::once_flag flag;
                int sum = 0;
                struct adder {
                  int* to;
                  void add(int a, int& b) { *to += a + b++; }
                } on{&sum};
                int b = 2;
                heddle::call_once(flag, &adder::add, on, 1, b);
                heddle::call_once(flag, &adder::add, on, 1, b);
                heddle::check(sum == 3 && b == 3);
              }).passed());
}

// An exceptional call does not count: its caller gets the exception, and the next one calls.
TEST(CallOnce, ThatThrowsLeavesItToTheNext) {
  const auto found = outcomes_of([] {
    heddle::once_flag flag;
    int attempts = 0;
    std::string log;
    in_threads(2, [&](unsigned i) {
      try {
        heddle::call_once(flag, [&] {
          if (++attempts == 1) throw std::runtime_error("not yet");
          log += "done";
        });
        log += static_cast<char>('a' + i);
      } catch (const std::runtime_error&) {
        log += '!';
      }
    });
    return log;
  });
  EXPECT_EQ(found.values(), (std::set<std::string>{"!donea", "!doneb"}));
}

TEST(CallOnce, InItselfIsADeadlock) {
  const auto seen = all([] {
    heddle::once_flag flag;
    heddle::call_once(flag, [&] { heddle::call_once(flag, [] {}); });
  });
  EXPECT_EQ(kind(seen), "deadlock") << seen.text();
  EXPECT_NE(seen.text().find("flag"), std::string::npos) << seen.text();
}

TEST(CallOnce, OfTwoFlagsInOppositeOrdersDeadlocks) {
  const auto seen = all([] {
    heddle::once_flag a;
    heddle::once_flag b;
    heddle::thread other([&] { heddle::call_once(b, [&] { heddle::call_once(a, [] {}); }); });
    heddle::call_once(a, [&] { heddle::call_once(b, [] {}); });
    other.join();
  });
  EXPECT_GT(seen.deadlocked, 0) << seen.text();
  EXPECT_GT(seen.complete, 0);
}

TEST(CallOnce, WorksOutsideAnExecution) {
  heddle::once_flag flag;
  int calls = 0;
  EXPECT_THROW(heddle::call_once(flag, [] { throw 1; }), int);
  heddle::call_once(flag, [&] { ++calls; });
  heddle::call_once(flag, [&] { ++calls; });
  EXPECT_EQ(calls, 1);
}

// Made outside, it is as new in every execution.
TEST(CallOnce, StartsAnewInEachExecution) {
  heddle::once_flag flag;
  int calls = 0;
  const auto seen = all([&] {
    heddle::choose(3);
    heddle::call_once(flag, [&] { ++calls; });
  });
  EXPECT_EQ(seen.executions, 3);
  EXPECT_EQ(calls, 3);
}

}  // namespace
