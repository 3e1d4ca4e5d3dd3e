// SPDX-License-Identifier: MIT
//
// stop_token, stop_source, stop_callback, and jthread with them.
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>

#include "shim/both_explorers.hpp"

namespace {

using counted::all;
using counted::kind;
using counted::outcomes_of;

template <class Source, class Token, class NoState>
constexpr bool surface =
    std::is_nothrow_default_constructible_v<Token>&& std::is_nothrow_copy_constructible_v<Token>&&
        std::is_nothrow_constructible_v<Source, NoState>&&
            std::is_default_constructible_v<Source> &&
    !std::is_convertible_v<NoState, Source> && std::is_nothrow_copy_constructible_v<Source> &&
    std::is_nothrow_move_assignable_v<Source> &&
    std::is_nothrow_swappable_v<Source>&& noexcept(std::declval<Source&>().request_stop()) &&
    std::is_same_v<decltype(std::declval<const Source&>().get_token()), Token>&& noexcept(
        std::declval<const Token&>().stop_requested())&& noexcept(std::declval<const Token&>()
                                                                      .stop_possible()) &&
    std::equality_comparable<Source>;
static_assert(surface<std::stop_source, std::stop_token, std::nostopstate_t>);
static_assert(surface<heddle::stop_source, heddle::stop_token, heddle::nostopstate_t>);
static_assert(noexcept(heddle::stop_token() == heddle::stop_token()));  // libstdc++ 12 forgot it
using callback = heddle::stop_callback<void (*)()>;
static_assert(!std::is_move_constructible_v<callback> && !std::is_copy_constructible_v<callback>);
static_assert(std::is_constructible_v<callback, heddle::stop_token, void (*)()>);
static_assert(!std::is_constructible_v<callback, heddle::stop_token, int>);
static_assert(std::is_same_v<decltype(heddle::stop_callback(heddle::stop_token(), [] {})),
                             decltype(heddle::stop_callback(heddle::stop_token(), [] {}))> ==
              false);  // each lambda has a type of its own: it was deduced

TEST(StopSource, IsStoppedOnce) {
  const auto found = outcomes_of([] {
    heddle::stop_source source;
    const heddle::stop_token token = source.get_token();
    heddle::check(token.stop_possible() && !token.stop_requested());
    int winners = 0;
    counted::in_threads(2, [&](unsigned) { winners += source.request_stop() ? 1 : 0; });
    heddle::check(source.stop_requested() && token.stop_requested() && token.stop_possible());
    return winners;
  });
  EXPECT_EQ(found.values(), (std::set<int>{1}));
  EXPECT_EQ(found.report.executions, 2);
}

TEST(StopSource, WithoutAStateDoesNothing) {
  const heddle::stop_token none;
  EXPECT_FALSE(none.stop_possible() || none.stop_requested());
  heddle::stop_source source(heddle::nostopstate);
  EXPECT_FALSE(source.stop_possible() || source.request_stop() || source.stop_requested());
  EXPECT_EQ(source.get_token(), none);
}

TEST(StopToken, CannotStopWhenAllSourcesAreGone) {
  EXPECT_TRUE(all([] {
                std::optional<heddle::stop_source> source(std::in_place);
                const heddle::stop_token token = source->get_token();
                {
                  const heddle::stop_source copy(*source);
                  heddle::check(copy == *source);
                  source.reset();
                  heddle::check(token.stop_possible());
                }
                heddle::check(!token.stop_possible());
                bool called = false;
                const heddle::stop_callback never(token, [&] { called = true; });
                heddle::check(!called);
              }).passed());
}

TEST(StopToken, OrdersWhatCameBeforeTheRequest) {
  EXPECT_EQ(kind(all([] {
              heddle::stop_source source;
              heddle::var<int> data{0};
              heddle::thread stopper([&] {
                data.store(1);
                source.request_stop();
              });
              if (source.get_token().stop_requested()) (void)data.load();
              stopper.join();
            })),
            "none");
}

// Registered before the request it runs in the thread that requests, after it in its own.
TEST(StopCallback, RunsExactlyOnce) {
  const auto found = outcomes_of([] {
    heddle::stop_source source;
    int calls = 0;
    bool in_stopper = false;
    heddle::thread stopper([&] { source.request_stop(); });
    const auto id = stopper.get_id();
    std::optional<heddle::stop_callback<std::function<void()>>> callback;
    callback.emplace(source.get_token(), [&] {
      ++calls;
      in_stopper = heddle::this_thread::get_id() == id;
    });
    stopper.join();
    heddle::check(calls == 1);
    return in_stopper;
  });
  EXPECT_EQ(found.values(), (std::set<bool>{false, true}));
}

// The destructor returns only when the callback will not run any more, or has ended.
TEST(StopCallback, DestructorWaitsForTheCallbackInAnotherThread) {
  const auto found = outcomes_of([] {
    heddle::stop_source source;
    auto alive = std::make_unique<heddle::var<int>>(1);
    int calls = 0;
    heddle::thread stopper([&] { source.request_stop(); });
    {
      const heddle::stop_callback callback(source.get_token(), [&] {
        heddle::point();
        alive->store(alive->load() + 1);
        ++calls;
      });
    }
    alive->store(0);  // no data race
    alive.reset();
    stopper.join();
    return calls;
  });
  EXPECT_EQ(found.values(), (std::set<int>{0, 1}));
  EXPECT_EQ(found.report.failed, 0) << found.report.text();
}

// In its own thread it does not wait: the callback may destroy its own registration.
TEST(StopCallback, MayDestroyItselfInItsCall) {
  const auto seen = all([] {
    heddle::stop_source source;
    struct self_destructing {
      std::unique_ptr<heddle::stop_callback<std::function<void()>>> callback;
      int calls = 0;
    } self;
    self.callback =
        std::make_unique<heddle::stop_callback<std::function<void()>>>(source.get_token(), [&self] {
          auto own = std::move(self.callback);  // the closure lives until this returns
          ++self.calls;
          heddle::thread([] {}).join();
        });
    source.request_stop();
    heddle::check(self.calls == 1 && self.callback == nullptr);
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

TEST(StopCallback, DestroyedUnderALockThatTheCallbackWantsDeadlocks) {
  const auto seen = all([] {
    heddle::stop_source source;
    heddle::mutex guard;
    auto callback = std::make_unique<heddle::stop_callback<std::function<void()>>>(
        source.get_token(), [&] { const heddle::lock_guard lock(guard); });
    heddle::thread stopper([&] { source.request_stop(); });
    {
      const heddle::lock_guard lock(guard);
      callback.reset();
    }
    stopper.join();
  });
  EXPECT_GT(seen.deadlocked, 0) << seen.text();
  EXPECT_GT(seen.complete, 0);
}

// In which order several run is a choice.
TEST(StopCallback, OfSeveralAnyMayRunFirst) {
  const auto found = outcomes_of([] {
    heddle::stop_source source;
    std::string log;
    const heddle::stop_callback a(source.get_token(), [&] { log += 'a'; });
    const heddle::stop_callback b(source.get_token(), [&] { log += 'b'; });
    const heddle::stop_callback c(source.get_token(), [&] { log += 'c'; });
    source.request_stop();
    return log;
  });
  EXPECT_EQ(found.size(), 6U);
}

TEST(StopCallback, ThatThrowsIsAnUncaughtException) {
  const auto seen = all([] {
    heddle::stop_source source;
    const heddle::stop_callback callback(source.get_token(), [] { throw 7; });
    source.request_stop();
  });
  EXPECT_EQ(kind(seen), "uncaught exception") << seen.text();
}

TEST(StopCallback, WorksOutsideAnExecution) {
  heddle::stop_source source;
  int calls = 0;
  const heddle::stop_callback first(source.get_token(), [&] { ++calls; });
  {
    const heddle::stop_callback gone(source.get_token(), [&] { calls += 10; });
  }
  EXPECT_TRUE(source.request_stop());
  EXPECT_FALSE(source.request_stop());
  EXPECT_EQ(calls, 1);
  const heddle::stop_callback late(source.get_token(), [&] { ++calls; });
  EXPECT_EQ(calls, 2);
}

// --- jthread ---
template <class J>
concept stoppable = requires(J& of, const J& same) {
  { of.request_stop() }
  noexcept->std::same_as<bool>;
  of.get_stop_source();
  same.get_stop_token();
  of.swap(of);
};
static_assert(stoppable<std::jthread> && stoppable<heddle::jthread>);
static_assert(std::is_nothrow_default_constructible_v<heddle::jthread>);
static_assert(std::is_nothrow_move_assignable_v<heddle::jthread>);
static_assert(!std::is_copy_constructible_v<heddle::jthread>);
static_assert(!std::is_copy_constructible_v<heddle::thread>);

TEST(JThread, AsksItsThreadToStopAndJoins) {
  const auto seen = heddle::explore(
      [] {
        heddle::options how = counted::every_execution();
        how.rereads = 2;  // it polls
        return how;
      }(),
      [] {
        int ended = 0;
        {
          const heddle::jthread loop([&](heddle::stop_token stop) {
            while (!stop.stop_requested()) heddle::this_thread::yield();
            ++ended;
          });
        }
        heddle::check(ended == 1);
      });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

TEST(JThread, PassesItsTokenBeforeTheArguments) {
  const auto seen = all([] {
    int got = 0;
    heddle::jthread both(
        [&](heddle::stop_token stop, int by) {
          heddle::check(stop.stop_possible());
          got += by;
        },
        5);
    heddle::jthread plain([&](int by) { got += by; }, 2);
    both.join();
    plain.join();
    heddle::check(got == 7);
    heddle::check(both.get_stop_token() == both.get_stop_source().get_token());
    both.request_stop();
    heddle::check(both.get_stop_token().stop_requested());
    heddle::check(!heddle::jthread().get_stop_token().stop_possible());
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

}  // namespace
