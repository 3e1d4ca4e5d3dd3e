// SPDX-License-Identifier: MIT
//
// thread and jthread: as in std.
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <system_error>
#include <unordered_set>
#include <utility>
#include <vector>

#include "sched/search.hpp"

namespace {

using heddle::failure_kind;

// One execution is enough: nothing here depends on the order.
template <class Body>
void passes(Body body) {
  const auto seen = heddle::explore(search::every_execution(), body);
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

template <class Action>
std::errc error_of(Action action) {
  try {
    action();
  } catch (const std::system_error& error) {
    return static_cast<std::errc>(error.code().value());
  }
  return {};
}

TEST(Thread, StillJoinableAtItsDestructionIsALeak) {
  heddle::location spawned;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::thread other([] { heddle::point(); }, spawned = heddle::location::current());
  });
  ASSERT_EQ(seen.failed, 1) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::leak);
  EXPECT_EQ(seen.failure->cause.other, 1U);
  EXPECT_EQ(seen.failure->cause.where.line, spawned.line);
  EXPECT_TRUE(seen.failure->unfinished.empty());  // it is waited for all the same
}

TEST(Thread, StillJoinableWhenAssignedToIsALeak) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::thread other([] {});
    other = heddle::thread([] {});
    other.join();
  });
  ASSERT_TRUE(seen.failure) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::leak);
}

TEST(Thread, LeftJoinableByAFailedCheckIsAConsequence) {
  const auto seen = heddle::explore(search::until_a_failure(), [] {
    heddle::thread other([] { heddle::point(); });
    heddle::check(false, "the cause");
  });
  ASSERT_TRUE(seen.failure) << seen.text();
  EXPECT_EQ(seen.failure->kind, failure_kind::failed_check);
}

TEST(Thread, LeftJoinableByAnAssumptionThatFailsIsNoLeak) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::thread other([] { heddle::point(); });
    heddle::assume(heddle::choose(2) == 0);
    other.join();
  });
  EXPECT_EQ(seen.failed, 0) << seen.text();
  EXPECT_EQ(seen.blocked, 1);
  EXPECT_EQ(seen.complete, 1);
}

TEST(Thread, JoinedTwiceThrows) {
  passes([] {
    heddle::thread other([] {});
    other.join();
    EXPECT_EQ(error_of([&] { other.join(); }), std::errc::invalid_argument);
    EXPECT_EQ(error_of([&] { other.detach(); }), std::errc::invalid_argument);
    heddle::thread none;
    EXPECT_EQ(error_of([&] { none.join(); }), std::errc::invalid_argument);
  });
}

TEST(Thread, JoiningItselfThrows) {
  passes([] {
    heddle::thread other;
    std::errc error{};
    heddle::atomic<bool> ready{false};
    other = heddle::thread([&] {
      error = error_of([&] { other.join(); });
      ready.store(true);
    });
    while (!ready.load()) {
    }
    other.join();
    EXPECT_EQ(error, std::errc::resource_deadlock_would_occur);
  });
}

TEST(Thread, JoinWaitsForItsEnd) {
  passes([] {
    int steps = 0;
    heddle::thread other([&] {
      for (int i = 0; i < 3; ++i) {
        heddle::point();
        ++steps;
      }
    });
    heddle::point();
    other.join();
    heddle::check(steps == 3, "all of it");
  });
}

TEST(Thread, TwoThatJoinEachOtherDeadlock) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::thread first;
    heddle::thread second;
    first = heddle::thread([&] {
      heddle::point();
      second.join();
    });
    second = heddle::thread([&] { first.join(); });
    heddle::this_thread::sleep_for(std::chrono::seconds(1));
  });
  EXPECT_GT(seen.deadlocked, 0) << seen.text();
}

TEST(Thread, DetachedRunsToItsEndAfterTheBody) {
  int ended = 0;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::thread([&] {
      heddle::this_thread::sleep_for(std::chrono::hours(1));
      ++ended;
    }).detach();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(ended, seen.executions);
}

TEST(Thread, MovesLeaveNothingBehind) {
  passes([] {
    heddle::thread first([] {});
    const heddle::thread::id id = first.get_id();
    heddle::thread second(std::move(first));
    EXPECT_FALSE(first.joinable());  // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(first.get_id(), heddle::thread::id());
    EXPECT_EQ(second.get_id(), id);
    first = std::move(second);
    EXPECT_TRUE(first.joinable());
    swap(first, second);
    EXPECT_FALSE(first.joinable());
    second.join();
    EXPECT_FALSE(second.joinable());
    std::vector<heddle::thread> many;
    for (int i = 0; i < 5; ++i) many.emplace_back([] {});
    for (heddle::thread& each : many) each.join();
  });
}

TEST(Thread, TakesArgumentsByValue) {
  passes([] {
    std::string text = "before";
    std::string seen;
    heddle::thread other([&seen](const std::string& given) { seen = given; }, text);
    text = "after";
    other.join();
    EXPECT_EQ(seen, "before");
  });
}

TEST(Thread, TakesReferencesThroughRef) {
  passes([] {
    int count = 0;
    const int one = 1;
    heddle::thread other([](int& to, const int& by) { to += by; }, std::ref(count), std::cref(one));
    other.join();
    EXPECT_EQ(count, 1);
  });
}

TEST(Thread, TakesMoveOnlyFunctionsAndArguments) {
  passes([] {
    int seen = 0;
    auto owned = std::make_unique<int>(7);
    heddle::thread function([&seen, mine = std::make_unique<int>(1)] { seen += *mine; });
    heddle::thread argument([&seen](std::unique_ptr<int> given) { seen += *given; },
                            std::move(owned));
    function.join();
    argument.join();
    EXPECT_EQ(seen, 8);
  });
}

struct counter {
  int count = 0;
  void add(int by) { count += by; }
};

TEST(Thread, CallsMembersAndPlainFunctions) {
  static int plain = 0;
  plain = 0;
  passes([] {
    counter on;
    heddle::thread by_pointer(&counter::add, &on, 2);
    by_pointer.join();
    heddle::thread by_reference(&counter::add, std::ref(on), 3);
    by_reference.join();
    EXPECT_EQ(on.count, 5);
    heddle::thread function(+[] { ++plain; });
    function.join();
  });
  EXPECT_EQ(plain, 1);
}

// Whatever a thread was given dies with it, however it ends.
TEST(Thread, DestroysItsArgumentsWhenItEnds) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    const auto shared = std::make_shared<int>(1);
    heddle::thread ends([shared] {});
    ends.join();
    heddle::check(shared.use_count() == 1, "it gave its copy back");
    heddle::thread fails([shared] { heddle::assume(false); });
    fails.join();
    if (shared.use_count() != 1) std::abort();
  });
  EXPECT_EQ(seen.blocked, 1) << seen.text();
}

TEST(Thread, HasAnIdOfItsOwn) {
  passes([] {
    const heddle::thread::id none;
    const heddle::thread::id mine = heddle::this_thread::get_id();
    heddle::thread::id inside;
    heddle::thread other([&] { inside = heddle::this_thread::get_id(); });
    const heddle::thread::id outside = other.get_id();
    other.join();
    EXPECT_EQ(inside, outside);
    EXPECT_NE(inside, mine);
    EXPECT_NE(mine, none);
    EXPECT_LT(mine, inside);
    EXPECT_EQ(other.get_id(), none);
    EXPECT_EQ((std::unordered_set<heddle::thread::id>{mine, inside, outside}.size()), 2U);
    std::ostringstream text;
    text << mine << " " << inside << " " << none;
    EXPECT_EQ(text.str(), "T0 T1 no thread");
  });
}

TEST(Thread, IsNamedByItsFirstArgument) {
  const auto seen = heddle::explore(search::until_a_failure(), [] {
    heddle::thread other(
        heddle::named("the writer"), [](int value) { heddle::check(value == 0, "no"); }, 1);
    other.join();
  });
  ASSERT_TRUE(seen.failure);
  EXPECT_NE(seen.failure->message.find("the writer"), std::string::npos) << seen.failure->message;
}

// Starting, ending and joining make no choices: 2 threads of 1 operation in 2 orders.
TEST(Thread, StartsAndEndsAreNoSchedulingPoints) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    std::vector<heddle::thread> threads;
    for (int i = 0; i < 20; ++i) threads.emplace_back([] {});
    heddle::thread first([] { heddle::point(); });
    heddle::thread second([] { heddle::point(); });
    for (heddle::thread& each : threads) each.join();
    first.join();
    second.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(seen.executions, 2);
  EXPECT_EQ(seen.steps, 4U);
}

TEST(JThread, JoinsWhenDestroyedAndWhenAssignedTo) {
  passes([] {
    int ended = 0;
    const auto work = [&] {
      heddle::point();
      ++ended;
    };
    {
      const heddle::jthread one(work);
      heddle::jthread two(work);
      two = heddle::jthread(work);
      EXPECT_GE(ended, 1);
    }
    EXPECT_EQ(ended, 3);
    heddle::jthread gone([] { heddle::point(); });
    gone.detach();
    EXPECT_FALSE(gone.joinable());
  });
}

}  // namespace
