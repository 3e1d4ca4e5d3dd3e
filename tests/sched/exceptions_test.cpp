// SPDX-License-Identifier: MIT
//
// Each thread has its own exception state, wherever it is switched away from.
#include <gtest/gtest.h>

#include <exception>
#include <stdexcept>
#include <string>

#include "search.hpp"

namespace {

using heddle::failure_kind;

// Both threads hold a caught exception while the other runs:
//
//   T1: catch a | point            | throw;
//   T2:         | catch b | point  |        throw;
TEST(Exceptions, AreRethrownByTheThreadThatCaughtThem) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    const auto rethrow = [](const std::string& what) {
      std::string caught;
      try {
        try {
          throw std::runtime_error(what);
        } catch (const std::runtime_error&) {
          heddle::point();
          throw;
        }
      } catch (const std::runtime_error& again) {
        caught = again.what();
      }
      heddle::check(caught == what, "another thread's exception was rethrown");
    };
    heddle::thread a(rethrow, "a");
    heddle::thread b(rethrow, "b");
    a.join();
    b.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(seen.executions, 2);
}

TEST(Exceptions, MayBeNestedAcrossSwitches) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    const auto nested = [](int base) {
      int outer = 0;
      int inner = 0;
      try {
        try {
          throw base;
        } catch (int) {
          heddle::point();
          try {
            throw base + 1;
          } catch (int) {
            heddle::point();
            try {
              throw;
            } catch (int value) {
              inner = value;
            }
          }
          heddle::point();
          throw;
        }
      } catch (int value) {
        outer = value;
      }
      heddle::check(outer == base && inner == base + 1, "levels got mixed up");
    };
    heddle::thread other(nested, 10);
    nested(20);
    other.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(seen.executions, 20);  // two threads of three points
}

struct points_when_destroyed {
  int& uncaught;
  ~points_when_destroyed() {
    heddle::point();
    uncaught = std::uncaught_exceptions();
  }
};

TEST(Exceptions, InFlightAreCountedPerThread) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::thread unwinding([] {
      int uncaught = -1;
      try {
        const points_when_destroyed at_the_end{uncaught};
        throw 1;
      } catch (int) {
      }
      heddle::check(uncaught == 1, "its own exception was in flight");
    });
    heddle::check(std::uncaught_exceptions() == 0, "none of mine");
    heddle::point();
    heddle::check(std::uncaught_exceptions() == 0, "none of mine");
    heddle::check(std::current_exception() == nullptr, "none of mine");
    unwinding.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(seen.executions, 2);
}

// Every lock_guard destructor is a scheduling point during unwinding.
TEST(Exceptions, UnlockWhatGuardsHold) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::var<int> guarded{0};
    const auto throwing = [&](int what) {
      try {
        const heddle::lock_guard lock(guard);
        guarded.store(guarded.load() + 1);
        throw what;
      } catch (int value) {
        heddle::check(value == what, "the exception of another thread");
      }
    };
    heddle::thread other(throwing, 1);
    throwing(2);
    other.join();
    heddle::check(guarded.load() == 2, "both were counted");
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(seen.executions, 2);
}

TEST(Exceptions, ThatAThreadDoesNotCatchAreTheOutcome) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::thread throwing([] { throw std::out_of_range("7 of 5"); });
    throwing.join();
  });
  ASSERT_EQ(seen.failed, 1) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::uncaught_exception);
  EXPECT_EQ(seen.failure->cause.thread, 1U);
  EXPECT_NE(seen.failure->message.find("std::out_of_range"), std::string::npos);
  EXPECT_NE(seen.failure->message.find("7 of 5"), std::string::npos);
}

TEST(Exceptions, ThatTheBodyDoesNotCatchAreTheOutcome) {
  const auto seen =
      heddle::explore(search::every_execution(), [] { throw std::logic_error("of the body"); });
  ASSERT_EQ(seen.failed, 1) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::uncaught_exception);
  EXPECT_EQ(seen.failure->cause.thread, 0U);
  EXPECT_NE(seen.failure->message.find("of the body"), std::string::npos);
}

TEST(Exceptions, OfAnyTypeAreNamed) {
  struct odd {};
  const auto seen = heddle::explore(search::every_execution(), [] { throw odd{}; });
  ASSERT_TRUE(seen.failure) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::uncaught_exception);
  EXPECT_NE(seen.failure->message.find("odd"), std::string::npos) << seen.failure->message;
}

// The joinable thread is only a consequence of what threw.
TEST(Exceptions, ThatPassAJoinableThreadAreTheCause) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::thread other([] { heddle::point(); });
    throw std::runtime_error("first");
  });
  ASSERT_TRUE(seen.failure) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::uncaught_exception) << seen.failure->message;
}

TEST(Exceptions, ThatAreCaughtLeaveTheLeakOfAJoinableThread) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    try {
      heddle::thread other([] { heddle::point(); });
      throw std::runtime_error("caught below");
    } catch (const std::runtime_error&) {
    }
  });
  ASSERT_TRUE(seen.failure) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::leak) << seen.failure->message;
}

__attribute__((noinline)) void throw_something() { throw std::runtime_error("broken promise"); }
void promises_not_to_throw() noexcept { throw_something(); }

TEST(Exceptions, ThroughNoexceptAreTheOutcomeAndOthersGoOn) {
  int others = 0;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::thread other([&] {
      heddle::point();
      ++others;
    });
    heddle::thread throwing(promises_not_to_throw);
    throwing.join();
    other.join();
  });
  ASSERT_TRUE(seen.failure) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::uncaught_exception);
  EXPECT_NE(seen.failure->message.find("broken promise"), std::string::npos);
  EXPECT_EQ(others, seen.executions + static_cast<int>(seen.failures.size()));  // and final runs
}

TEST(Exceptions, ThroughNoexceptDoNotHarmTheNextThrow) {
  int caught = 0;
  const auto seen = heddle::explore(search::until_a_failure(), [&] {
    heddle::thread throwing(promises_not_to_throw);
    throwing.join();
    try {
      throw 1;
    } catch (int value) {
      caught = value;
      heddle::check(std::uncaught_exceptions() == 0, "none is left over");
    }
  });
  EXPECT_EQ(seen.failed, 1) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::uncaught_exception);
  EXPECT_EQ(caught, 1);
}

TEST(Exceptions, TerminateIsACrashOfItsThread) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::thread ending([] { std::terminate(); });
    ending.join();
  });
  ASSERT_TRUE(seen.failure) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::crash);
  EXPECT_NE(seen.failure->message.find("std::terminate"), std::string::npos);
}

// A failed check ends its thread by unwinding it: what it holds is given back.
TEST(Exceptions, AFailedCheckUnwindsItsThread) {
  int destroyed = 0;
  struct counting {
    int& count;
    ~counting() { ++count; }
  };
  const auto seen = heddle::explore(search::until_a_failure(), [&] {
    heddle::mutex guard;
    heddle::thread failing([&] {
      const counting here{destroyed};
      const heddle::lock_guard lock(guard);
      heddle::check(false, "the cause");
    });
    failing.join();
    const heddle::lock_guard lock(guard);
  });
  ASSERT_TRUE(seen.failure) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::failed_check);
  EXPECT_TRUE(seen.failure->unfinished.empty());
  EXPECT_EQ(destroyed, 2);  // the execution, and the final run
}

TEST(Exceptions, StayBehindWhenTheirThreadIsDropped) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    try {
      throw 1;
    } catch (int) {
      heddle::mutex guard;
      guard.lock();
      heddle::choose(2);
      guard.lock();  // for ever, inside the handler
    }
  });
  EXPECT_EQ(seen.deadlocked, 2) << seen.text();
  EXPECT_EQ(std::uncaught_exceptions(), 0);
  EXPECT_EQ(std::current_exception(), nullptr);
}

}  // namespace
