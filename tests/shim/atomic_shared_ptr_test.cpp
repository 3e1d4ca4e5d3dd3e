// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <memory>
#include <set>

#include "shim/both_explorers.hpp"

namespace {

using counted::all;
using counted::outcomes_of;

template <template <class> class Atomic>
constexpr bool surface() {
  using A = Atomic<std::shared_ptr<int>>;
  using W = Atomic<std::weak_ptr<int>>;
  using P = std::shared_ptr<int>;
  static_assert(std::is_same_v<typename A::value_type, P> && !A::is_always_lock_free);
  static_assert(std::is_nothrow_default_constructible_v<A> &&
                std::is_nothrow_constructible_v<A, P>);
  static_assert(std::is_convertible_v<P, A> && std::is_convertible_v<A, P>);
  static_assert(!std::is_copy_constructible_v<A> && !std::is_copy_assignable_v<A>);
  static_assert(std::is_same_v<decltype(std::declval<A&>() = P()), void>);
  static_assert(std::is_same_v<decltype(std::declval<const A&>().load()), P>);
  static_assert(std::is_same_v<decltype(std::declval<A&>().exchange(P())), P>);
  static_assert(noexcept(std::declval<A&>().store(P()))&& noexcept(std::declval<A&>().load()));
  static_assert(std::is_same_v<decltype(std::declval<const W&>().load()), std::weak_ptr<int>>);
  return true;
}
static_assert(surface<std::atomic>() && surface<heddle::atomic>());

TEST(AtomicSharedPtr, KeepsItsObjectAliveAndLetsItGo) {
  EXPECT_TRUE(all([] {
                auto object = std::make_shared<int>(1);
                const std::weak_ptr<int> watch = object;
                heddle::atomic<std::shared_ptr<int>> on(object);
                object = nullptr;
                heddle::check(*on.load() == 1);
                heddle::check(watch.use_count() == 1);
                on.store(std::make_shared<int>(2));
                heddle::check(watch.expired() && *on.load() == 2);
                const auto before = on.exchange(nullptr);
                heddle::check(*before == 2 && on.load() == nullptr);
                on = std::make_shared<int>(3);
                on = nullptr;
                heddle::check(std::shared_ptr<int>(on) == nullptr);
              }).passed());
}

// Equal are pointers that are stored the same and share ownership: an alias does not.
TEST(AtomicSharedPtr, ComparesPointerAndOwnership) {
  EXPECT_TRUE(all([] {
                const auto object = std::make_shared<int>(1);
                const auto other = std::make_shared<int>(1);
                const std::shared_ptr<int> alias(other, object.get());
                heddle::atomic<std::shared_ptr<int>> on(object);
                auto expected = alias;
                heddle::check(!on.compare_exchange_strong(expected, other));
                heddle::check(expected == object && !expected.owner_before(object));
                heddle::check(on.compare_exchange_weak(expected, other));
                heddle::check(on.load() == other);
                std::shared_ptr<int> none;
                heddle::check(!on.compare_exchange_strong(none, nullptr) && none == other);
              }).passed());
}

// Two pushes onto a list: none is lost.
TEST(AtomicSharedPtr, BuildsAListWithoutLosingANode) {
  struct node {
    int value;
    std::shared_ptr<node> next;
  };
  const auto found = outcomes_of([] {
    heddle::atomic<std::shared_ptr<node>> head;
    counted::in_threads(2, [&](unsigned i) {
      auto made = std::make_shared<node>(node{static_cast<int>(i), head.load()});
      while (!head.compare_exchange_strong(made->next, made)) {
      }
    });
    int order = 0;
    for (auto at = head.load(); at != nullptr; at = at->next) order = order * 10 + at->value + 1;
    return order;
  });
  EXPECT_EQ(found.values(), (std::set<int>{12, 21}));
}

TEST(AtomicSharedPtr, WaitsForAChange) {
  const auto found = outcomes_of([] {
    heddle::atomic<std::shared_ptr<int>> on;
    heddle::thread setter([&] {
      on.store(std::make_shared<int>(5));
      on.notify_one();
    });
    on.wait(nullptr);
    const int seen = *on.load();
    setter.join();
    return seen;
  });
  EXPECT_EQ(found.values(), (std::set<int>{5}));
  EXPECT_EQ(found.report.deadlocked, 0);
}

TEST(AtomicWeakPtr, SeesItsObjectDie) {
  EXPECT_TRUE(all([] {
                auto object = std::make_shared<int>(1);
                heddle::atomic<std::weak_ptr<int>> on(object);
                heddle::check(*on.load().lock() == 1);
                std::weak_ptr<int> expected = object;
                object = nullptr;
                heddle::check(on.load().expired());
                heddle::check(on.compare_exchange_strong(expected, {}));
                heddle::check(on.exchange({}).expired());
              }).passed());
}

}  // namespace
