// SPDX-License-Identifier: MIT
// GoogleTest's assertions inside explored bodies. Tests of suites ending in Fails must fail; the
// TESTs after them check what the executions left behind.
#include <stdexcept>

#include <heddle/gtest.hpp>

namespace {

int after_expect = 0;
int after_assert = 0;
int other_thread = 0;

HEDDLE_TEST(ExpectInTwoThreadsFails, GoesOn) {
  heddle::thread one([] {
    EXPECT_EQ(1, 2) << "from the first";
    ++after_expect;
  });
  heddle::thread two([] {
    EXPECT_EQ(3, 4) << "from the second";
    ++after_expect;
  });
  one.join();
  two.join();
}
TEST(ExpectInTwoThreads, WentOnInBoth) { EXPECT_EQ(after_expect % 2, 0); }
TEST(ExpectInTwoThreads, RanAtAll) { EXPECT_GE(after_expect, 2); }

void assert_in_a_function() { ASSERT_EQ(1, 2) << "in a function of the thread"; }

HEDDLE_TEST(AssertInAThreadFails, EndsThatThreadOnly) {
  heddle::atomic<int> shared{0};
  heddle::thread one([&] {
    shared.store(1);
    assert_in_a_function();
    ++after_assert;
  });
  heddle::thread two([&] {
    shared.store(2);
    shared.store(3);
    ++other_thread;
  });
  one.join();
  two.join();
  ++other_thread;
}
TEST(AssertInAThread, EndedItsThread) { EXPECT_EQ(after_assert, 0); }
TEST(AssertInAThread, LeftTheOthersRunning) {
  EXPECT_GE(other_thread, 2);
  EXPECT_EQ(other_thread % 2, 0);
}

HEDDLE_TEST(AssertInTheBodyFails, ComesBeforeTheJoinableThread) {
  heddle::atomic<int> shared{0};
  heddle::thread one([&] { shared.store(1); });
  ASSERT_EQ(shared.load(), 7) << "the assertion and not the leak";
  one.join();
}

HEDDLE_TEST(AddFailureFails, WithItsMessage) { ADD_FAILURE() << "added by hand"; }
HEDDLE_TEST(FailFails, WithItsMessage) { FAIL() << "failed by hand"; }
HEDDLE_TEST(ThrowFails, Uncaught) { throw std::runtime_error("thrown by the body"); }
HEDDLE_TEST(ThrowInAThreadFails, Uncaught) {
  heddle::thread one([] { throw std::runtime_error("thrown by a thread"); });
  one.join();
}
HEDDLE_TEST(LeakFails, WhereNothingElseDid) {
  heddle::thread one([] {});
}

int executions_of_skip = 0;
HEDDLE_TEST(Skip, EndsTheExploration) {
  ++executions_of_skip;
  heddle::choose(10);
  GTEST_SKIP() << "not on this machine";
}
TEST(AfterSkip, OneExecutionWasEnough) { EXPECT_LE(executions_of_skip, 1); }

HEDDLE_TEST(Skip, LeavesJoinableThreadsAlone) {
  heddle::atomic<int> shared{0};
  heddle::thread one([&] { shared.store(1); });
  GTEST_SKIP() << "with a thread";
}
HEDDLE_TEST(Skip, InAThread) {
  heddle::thread one([] { GTEST_SKIP() << "by a thread"; });
  one.join();
}
HEDDLE_TEST(Skip, AfterAFailureFails) {
  EXPECT_TRUE(false) << "failed before";
  GTEST_SKIP() << "too late";
}

HEDDLE_TEST(Mixed, Explored) {
  heddle::atomic<int> shared{0};
  heddle::thread one([&] { shared.fetch_add(1); });
  one.join();
  EXPECT_EQ(shared.load(), 1);
}
TEST(Mixed, Plain) { SUCCEED(); }

int executions_with_options = 0;
HEDDLE_TEST(Options, Limit, {.explorer = "random", .executions = 17, .seed = 5}) {
  ++executions_with_options;
}
TEST(Options, LimitWasObeyed) { EXPECT_EQ(executions_with_options, 17); }

heddle::options made_by_a_function() {
  heddle::options how;
  how.explorer = "random";
  how.executions = 5;
  return how;
}
int executions_with_function = 0;
HEDDLE_TEST(Options, FromAFunction, made_by_a_function()) { ++executions_with_function; }
TEST(Options, FromAFunctionWereObeyed) { EXPECT_EQ(executions_with_function, 5); }

HEDDLE_TEST(BadOptionsFails, Name, {.executions = -3}) {}

}  // namespace
