// SPDX-License-Identifier: MIT
//
// promise, future, shared_future: results handed from thread to thread.
#include <gtest/gtest.h>

#include <memory>
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
using namespace std::chrono_literals;

template <class Action>
future_errc error_of(Action action) {
  try {
    action();
  } catch (const heddle::future_error& error) {
    return static_cast<future_errc>(error.code().value());
  }
  return {};
}

// --- surface ---
template <template <class> class Future, template <class> class Shared,
          template <class> class Promise>
struct surface {
  using f = Future<int>;
  using s = Shared<int>;
  using p = Promise<int>;
  static constexpr bool value =
      std::is_same_v<decltype(std::declval<f&>().get()), int> &&
      std::is_same_v<decltype(std::declval<Future<int&>&>().get()), int&> &&
      std::is_same_v<decltype(std::declval<Future<void>&>().get()), void> &&
      std::is_same_v<decltype(std::declval<s&>().get()), const int&> &&
      std::is_same_v<decltype(std::declval<Shared<int&>&>().get()), int&> &&
      std::is_same_v<decltype(std::declval<f&>().share()), s> &&
      std::is_same_v<decltype(std::declval<p&>().get_future()), f> &&
      std::is_nothrow_move_constructible_v<f> && !std::is_copy_constructible_v<f> &&
      std::is_nothrow_move_assignable_v<f> && std::is_nothrow_default_constructible_v<f> &&
      std::is_nothrow_copy_constructible_v<s> && std::is_nothrow_constructible_v<s, f> &&
      std::is_convertible_v<f, s> && std::is_default_constructible_v<p> &&
      std::is_nothrow_move_constructible_v<p> && !std::is_copy_constructible_v<p> &&
      std::uses_allocator_v<p, std::allocator<int>> &&
      std::is_constructible_v<p, std::allocator_arg_t, std::allocator<int>>&& noexcept(
          std::declval<f&>().valid()) &&
      !noexcept(std::declval<f&>().get())&& noexcept(std::declval<f&>().share());
};
static_assert(surface<std::future, std::shared_future, std::promise>::value);
static_assert(surface<heddle::future, heddle::shared_future, heddle::promise>::value);

// The get waits for the set: one order.
TEST(Future, HandsAValueOver) {
  const auto found = outcomes_of([] {
    heddle::promise<std::string> promise;
    heddle::future<std::string> future = promise.get_future();
    heddle::var<int> before{0};
    heddle::thread setter([&] {
      before.store(1);
      promise.set_value("value");
    });
    const std::string got = future.get();
    heddle::check(before.load() == 1);  // set before, and no data race
    heddle::check(!future.valid());
    setter.join();
    return got;
  });
  EXPECT_EQ(found.values(), (std::set<std::string>{"value"}));
  EXPECT_EQ(found.report.executions, 1);
}

TEST(Future, HandsReferencesNothingAndMoveOnlyValuesOver) {
  EXPECT_TRUE(all([] {
                int object = 1;
                heddle::promise<int&> reference;
                auto to_object = reference.get_future();
                reference.set_value(object);
                heddle::check(&to_object.get() == &object);
                heddle::promise<void> signal;
                auto signalled = signal.get_future();
                heddle::thread([&] { signal.set_value(); }).join();
                signalled.get();
                heddle::promise<std::unique_ptr<int>> owner;
                auto owned = owner.get_future();
                owner.set_value(std::make_unique<int>(5));
                heddle::check(*owned.get() == 5);
              }).passed());
}

TEST(Future, HandsAnExceptionOver) {
  EXPECT_TRUE(all([] {
                heddle::promise<int> promise;
                auto future = promise.get_future();
                heddle::thread([&] {
                  promise.set_exception(std::make_exception_ptr(std::runtime_error("no")));
                }).join();
                EXPECT_THROW(future.get(), std::runtime_error);
                EXPECT_FALSE(future.valid());
              }).passed());
}

TEST(Future, ThrowsWhatTheStandardSays) {
  EXPECT_TRUE(
      all([] {
        heddle::promise<int> promise;
        auto future = promise.get_future();
        EXPECT_EQ(error_of([&] { (void)promise.get_future(); }),
                  future_errc::future_already_retrieved);
        promise.set_value(1);
        EXPECT_EQ(error_of([&] { promise.set_value(2); }), future_errc::promise_already_satisfied);
        EXPECT_EQ(error_of([&] { promise.set_exception(nullptr); }),
                  future_errc::promise_already_satisfied);
        EXPECT_EQ(error_of([&] { promise.set_value_at_thread_exit(2); }),
                  future_errc::promise_already_satisfied);
        EXPECT_EQ(future.get(), 1);
        EXPECT_EQ(error_of([&] { future.get(); }), future_errc::no_state);
        EXPECT_EQ(error_of([&] { future.wait(); }), future_errc::no_state);
        heddle::promise<int> moved(std::move(promise));
        EXPECT_EQ(error_of([&] { promise.set_value(1); }), future_errc::no_state);  // NOLINT
        EXPECT_EQ(error_of([&] { (void)promise.get_future(); }), future_errc::no_state);
      }).passed());
}

TEST(Future, OfAPromiseThatDiesIsBroken) {
  const auto found = outcomes_of([] {
    heddle::future<int> future;
    auto promise = std::make_unique<heddle::promise<int>>();
    future = promise->get_future();
    heddle::thread dropper([&] { promise.reset(); });
    const bool broken = error_of([&] { future.get(); }) == future_errc::broken_promise;
    dropper.join();
    return broken;
  });
  EXPECT_EQ(found.values(), (std::set<bool>{true}));
}

TEST(Future, OfAPromiseNobodyKeepsOrBreaksIsADeadlock) {
  const auto seen = all([] {
    static heddle::promise<int> promise;
    promise = heddle::promise<int>();
    promise.get_future().wait();
  });
  EXPECT_EQ(kind(seen), "deadlock") << seen.text();
}

TEST(Future, WaitsForATime) {
  heddle::options how = counted::every_execution();
  how.early_timeouts = 1;
  const auto found = heddle::outcomes(how, [] {
    heddle::promise<int> promise;
    auto future = promise.get_future();
    heddle::thread setter([&] { promise.set_value(1); });
    const auto status = future.wait_for(1s);
    setter.join();
    heddle::check(future.wait_until(heddle::steady_clock::now()) == heddle::future_status::ready);
    return static_cast<int>(status);
  });
  EXPECT_EQ(found.values(), (std::set<int>{static_cast<int>(heddle::future_status::ready),
                                           static_cast<int>(heddle::future_status::timeout)}));
}

// Readers commute: two orders of two gets after the set, which reduction takes for one.
TEST(SharedFuture, IsReadByMany) {
  const auto body = [] {
    heddle::promise<int> promise;
    const heddle::shared_future<int> future = promise.get_future();
    heddle::thread setter([&] { promise.set_value(7); });
    in_threads(2, [future](unsigned) { heddle::check(future.get() == 7); });
    setter.join();
    return future.get();
  };
  const auto found = outcomes_of(body);
  EXPECT_EQ(found.report.executions, 2);
  heddle::options how = counted::every_execution();
  how.explorer = "dpor";
  EXPECT_EQ(heddle::outcomes(how, body).report.executions, 1);
}

TEST(Promise, SetAtThreadExitIsReadyAfterTheDestructors) {
  const auto found = outcomes_of([] {
    heddle::promise<int> promise;
    auto future = promise.get_future();
    heddle::atomic<int> state{0};
    struct sets {
      heddle::atomic<int>* at = nullptr;
      ~sets() {
        if (at != nullptr) at->store(2);
      }
    };
    heddle::thread_specific<sets> local;
    heddle::thread setter([&] {
      local->at = &state;
      promise.set_value_at_thread_exit(1);
      state.store(1);
    });
    future.wait();
    const int seen = state.load();
    setter.join();
    return seen;
  });
  EXPECT_EQ(found.values(), (std::set<int>{2}));
}

TEST(Promise, WorksOutsideAnExecution) {
  heddle::promise<int> promise;
  auto future = promise.get_future();
  EXPECT_EQ(future.wait_for(1s), heddle::future_status::timeout);
  EXPECT_THROW(future.wait(), std::logic_error);
  promise.set_value(3);
  EXPECT_EQ(future.get(), 3);
}

}  // namespace
