// SPDX-License-Identifier: MIT
//
// packaged_task and async.
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
using heddle::future_errc;
using heddle::future_status;
using heddle::launch;
using namespace std::chrono_literals;

int twice(int of) { return 2 * of; }
static_assert(
    std::is_same_v<decltype(heddle::packaged_task(twice)), heddle::packaged_task<int(int)>>);
static_assert(std::is_same_v<decltype(heddle::packaged_task([](char) { return 1.5; })),
                             heddle::packaged_task<double(char)>>);
static_assert(!std::is_copy_constructible_v<heddle::packaged_task<void()>>);
static_assert(std::is_nothrow_move_constructible_v<heddle::packaged_task<void()>>);
static_assert(std::is_same_v<decltype(heddle::async(twice, 1)), heddle::future<int>>);

TEST(PackagedTask, GivesWhatItsFunctionReturns) {
  const auto found = outcomes_of([] {
    heddle::packaged_task task(twice);
    heddle::future<int> future = task.get_future();
    heddle::thread runner([&] { task(21); });
    const int got = future.get();
    runner.join();
    return got;
  });
  EXPECT_EQ(found.values(), (std::set<int>{42}));
}

TEST(PackagedTask, GivesWhatItsFunctionThrows) {
  EXPECT_TRUE(all([] {
                heddle::packaged_task<void()> task([] { throw std::runtime_error("no"); });
                auto future = task.get_future();
                task();
                EXPECT_THROW(future.get(), std::runtime_error);
              }).passed());
}

TEST(PackagedTask, ThrowsWhatTheStandardSays) {
  EXPECT_TRUE(all([] {
                const auto error_of = [](auto action) {
                  try {
                    action();
                  } catch (const heddle::future_error& error) {
                    return static_cast<future_errc>(error.code().value());
                  }
                  return future_errc{};
                };
                heddle::packaged_task<int(int)> none;
                EXPECT_FALSE(none.valid());
                EXPECT_EQ(error_of([&] { none(1); }), future_errc::no_state);
                EXPECT_EQ(error_of([&] { none.reset(); }), future_errc::no_state);
                heddle::packaged_task task(twice);
                auto future = task.get_future();
                EXPECT_EQ(error_of([&] { (void)task.get_future(); }),
                          future_errc::future_already_retrieved);
                task(1);
                EXPECT_EQ(error_of([&] { task(2); }), future_errc::promise_already_satisfied);
                task.reset();
                auto second = task.get_future();
                task(3);
                EXPECT_EQ(future.get() * 10 + second.get(), 26);
                auto third = [&] {
                  heddle::packaged_task dies(twice);
                  return dies.get_future();
                }();
                EXPECT_EQ(error_of([&] { third.get(); }), future_errc::broken_promise);
              }).passed());
}

TEST(PackagedTask, ReadyAtThreadExitIsReadyThen) {
  EXPECT_TRUE(all([] {
                heddle::packaged_task task(twice);
                auto future = task.get_future();
                heddle::thread runner([&] {
                  task.make_ready_at_thread_exit(4);
                  heddle::check(future.wait_for(0s) == future_status::timeout);
                });
                heddle::check(future.get() == 8);
                runner.join();
              }).passed());
}

TEST(Async, RunsInAThreadOfItsOwn) {
  const auto found = outcomes_of([] {
    heddle::atomic<int> count{0};
    const auto id = heddle::this_thread::get_id();
    auto first = heddle::async(launch::async, [&] {
      heddle::check(heddle::this_thread::get_id() != id);
      return ++count;
    });
    auto second = heddle::async(
        launch::async, [&](int by) { return count += by; }, 10);
    return first.get() * 100 + second.get();
  });
  EXPECT_EQ(found.values(), (std::set<int>{111, 1110}));
}

TEST(Async, DeferredRunsInTheThreadThatWaits) {
  EXPECT_TRUE(all([] {
                int runs = 0;
                const auto id = heddle::this_thread::get_id();
                auto future = heddle::async(launch::deferred, [&] {
                  heddle::check(heddle::this_thread::get_id() == id);
                  return ++runs;
                });
                heddle::check(runs == 0);
                heddle::check(future.wait_for(1h) == future_status::deferred);
                heddle::check(future.get() == 1);
                auto dropped = heddle::async(launch::deferred, [&] { ++runs; });
                dropped = {};
                heddle::check(runs == 1, "nobody waited");
              }).passed());
}

// Two waiters of one deferred call: one runs it, the other waits for that.
TEST(Async, DeferredRunsOnceForManyWaiters) {
  const auto found = outcomes_of([] {
    int runs = 0;
    std::string log;
    const heddle::shared_future<int> future = heddle::async(launch::deferred, [&] {
                                                heddle::point();
                                                return ++runs;
                                              }).share();
    in_threads(2, [&](unsigned) { heddle::check(future.get() == 1); });
    return runs;
  });
  EXPECT_EQ(found.values(), (std::set<int>{1}));
}

TEST(Async, GivesWhatItsFunctionThrows) {
  EXPECT_TRUE(all([] {
                auto future = heddle::async(launch::async, []() -> int { throw 7; });
                EXPECT_THROW(future.get(), int);
                auto deferred = heddle::async(launch::deferred, []() -> int { throw 7; });
                EXPECT_THROW(deferred.get(), int);
              }).passed());
}

// The destructor of the last future of an asynchronous call waits for its end.
TEST(Async, DroppedIsWaitedFor) {
  const auto seen = all([] {
    heddle::var<int> done{0};
    {
      const auto dropped = heddle::async(launch::async, [&] {
        heddle::point();
        done.store(1);
      });
    }
    heddle::check(done.load() == 1);
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

// Even who only looks whether it is ready knows that the thread has ended, its locals destroyed.
TEST(Async, FoundReadyHasEndedItsThread) {
  const auto seen = all([] {
    heddle::var<int> ended{0};
    struct ends {
      heddle::var<int>* at = nullptr;
      ~ends() {
        if (at != nullptr) at->store(1);
      }
    };
    heddle::thread_specific<ends> local;
    auto future = heddle::async(launch::async, [&] { local->at = &ended; });
    if (future.wait_for(0s) == future_status::ready) heddle::check(ended.load() == 1);
    future.wait();
    heddle::check(ended.load() == 1);
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

// A failed check in it is the failure, no value of the future.
TEST(Async, AFailedCheckInItIsTheOutcome) {
  const auto seen = all([] {
    auto future = heddle::async(launch::async, [] { heddle::check(false, "in the call"); });
    future.get();
  });
  EXPECT_EQ(kind(seen), "failed check") << seen.text();
}

// Without a policy the implementation may defer: a loop that polls for the result then never ends.
int polls() {
  auto future = heddle::async([] { return 1; });
  int polled = 0;
  while (future.wait_for(1ms) != future_status::ready) {
    if (++polled > 3) return -1;
  }
  return future.get();
}

TEST(Async, WithoutAPolicyMayBeDeferred) {
  heddle::options how = counted::every_execution();
  EXPECT_EQ(heddle::outcomes(how, polls).values(), (std::set<int>{1}));
  how.deferred_asyncs = 1;
  const auto found = heddle::outcomes(how, polls);
  EXPECT_EQ(found.values(), (std::set<int>{-1, 1})) << found.report.text();
  // and the schedule says so
  how.stop_at_first_failure = true;
  const auto seen = heddle::explore(how, [] { heddle::check(polls() == 1); });
  ASSERT_TRUE(seen.failure) << seen.text();
  const auto again = heddle::replay(
      seen.failure->schedule, [] { heddle::check(polls() == 1); }, counted::every_execution());
  EXPECT_EQ(kind(again), "failed check") << again.text();
}

}  // namespace
