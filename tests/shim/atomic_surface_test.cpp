// SPDX-License-Identifier: MIT
//
// The surface of atomics: member by member and function by function as std's, checked by the
// compiler; and what they do in an execution.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <set>

#include "shim/counted.hpp"

namespace {

using counted::all;
using counted::every_execution;
using counted::kind;

// --- both have it, or neither; with the same type, throwing the same ---
#define AGREES(name, expression)                                                               \
  template <class A, class B>                                                                  \
  constexpr bool name() {                                                                      \
    constexpr auto has = []<class X>(X*) {                                                     \
      return requires(X & on, typename X::value_type v, typename X::value_type & r) {          \
        expression; };                                                                         \
    };                                                                                         \
    constexpr bool a = has(static_cast<A*>(nullptr));                                          \
    constexpr bool b = has(static_cast<B*>(nullptr));                                          \
    if constexpr (a && b) {                                                                    \
      constexpr auto same = []<class X, class Y>(X*, Y*) {                                     \
        using first = decltype(                                                                \
            [](X& on, typename X::value_type v, typename X::value_type& r) -> decltype(auto) { \
              (void)on, (void)v, (void)r;                                                      \
              return (expression);                                                             \
            });                                                                                \
        using second = decltype(                                                               \
            [](Y& on, typename Y::value_type v, typename Y::value_type& r) -> decltype(auto) { \
              (void)on, (void)v, (void)r;                                                      \
              return (expression);                                                             \
            });                                                                                \
        using value = typename X::value_type;                                                  \
        return std::is_same_v<std::invoke_result_t<first, X&, value, value&>,                  \
                              std::invoke_result_t<second, Y&, value, value&>>;                \
      };                                                                                       \
      return same(static_cast<A*>(nullptr), static_cast<B*>(nullptr));                         \
    }                                                                                          \
    return a == b;                                                                             \
  }

constexpr std::memory_order sc = std::memory_order_seq_cst;

AGREES(load, on.load())
AGREES(load_order, on.load(sc))
AGREES(store, on.store(v))
AGREES(store_order, on.store(v, sc))
AGREES(exchange, on.exchange(v, sc))
AGREES(strong, on.compare_exchange_strong(r, v))
AGREES(strong_one, on.compare_exchange_strong(r, v, sc))
AGREES(strong_two, on.compare_exchange_strong(r, v, sc, sc))
AGREES(weak, on.compare_exchange_weak(r, v, sc, sc))
AGREES(lock_free, on.is_lock_free())
AGREES(assign, on = v)
AGREES(add, on.fetch_add(1, sc))
AGREES(sub, on.fetch_sub(1))
AGREES(bit_and, on.fetch_and(v, sc))
AGREES(bit_or, on.fetch_or(v))
AGREES(bit_xor, on.fetch_xor(v))
AGREES(increment, ++on)
AGREES(decrement, on--)
AGREES(plus, on += 1)
AGREES(minus, on -= 1)
AGREES(and_is, on &= v)
AGREES(or_is, on |= v)
AGREES(xor_is, on ^= v)

template <class X>
constexpr bool has_difference = requires {
  typename X::difference_type;
};

// What a const one allows: nothing but reading an atomic; everything, of an atomic_ref.
template <class A, class B>
constexpr bool surface() {
  static_assert(load<A, B>() && load_order<A, B>() && store<A, B>() && store_order<A, B>());
  static_assert(exchange<A, B>() && strong<A, B>() && strong_one<A, B>() && strong_two<A, B>());
  static_assert(weak<A, B>() && lock_free<A, B>() && assign<A, B>());
  static_assert(add<A, B>() && sub<A, B>() && bit_and<A, B>() && bit_or<A, B>());
  static_assert(bit_xor<A, B>() && increment<A, B>() && decrement<A, B>());
  static_assert(plus<A, B>() && minus<A, B>() && and_is<A, B>() && or_is<A, B>());
  static_assert(xor_is<A, B>());
  static_assert(has_difference<A> == has_difference<B>);
  static_assert(A::is_always_lock_free == B::is_always_lock_free);
  static_assert(std::is_same_v<typename A::value_type, typename B::value_type>);
  static_assert(std::is_copy_constructible_v<A> == std::is_copy_constructible_v<B>);
  static_assert(std::is_copy_assignable_v<A> == std::is_copy_assignable_v<B>);
  static_assert(std::is_default_constructible_v<A> == std::is_default_constructible_v<B>);
  static_assert(std::is_convertible_v<A, typename A::value_type> ==
                std::is_convertible_v<B, typename B::value_type>);
  return true;
}
template <class T>
constexpr bool both_surfaces() {
  using A = heddle::atomic<T>;
  using B = std::atomic<T>;
  static_assert(surface<A, B>() && surface<const A, const B>());
  static_assert(std::is_constructible_v<A, T> && std::is_convertible_v<T, A>);
  static_assert(noexcept(std::declval<A&>().load())&& noexcept(std::declval<A&>().store(T())));
  static_assert(noexcept(A(std::declval<T>())));
  using RA = heddle::atomic_ref<T>;
  using RB = std::atomic_ref<T>;
  // libstdc++ 12 adds to atomic_ref<bool> as if it were a number.
  if constexpr (!std::is_same_v<T, bool>) {
    static_assert(surface<RA, RB>() && surface<const RA, const RB>());
  }
  static_assert(std::is_constructible_v<RA, T&> && !std::is_convertible_v<T&, RA>);
  static_assert(RA::required_alignment == RB::required_alignment);
  return true;
}

enum class colour : short { red, green };
struct pair_of_words {
  std::uint64_t a, b;
};
static_assert(both_surfaces<int>() && both_surfaces<unsigned char>() && both_surfaces<long>());
static_assert(both_surfaces<char>() && both_surfaces<char32_t>() && both_surfaces<wchar_t>());
static_assert(both_surfaces<bool>() && both_surfaces<colour>() && both_surfaces<pair_of_words>());
static_assert(both_surfaces<float>() && both_surfaces<double>());
static_assert(both_surfaces<int*>() && both_surfaces<const char*>());
// The standard library declares arithmetic here and refuses it when it is used.
template <class X>
constexpr bool adds = requires(X& on) {
  on.fetch_add(1);
};
static_assert(!adds<heddle::atomic<void*>> && !adds<heddle::atomic<void (*)()>>);
static_assert(!adds<heddle::atomic<bool>> && !adds<heddle::atomic_ref<bool>>);
static_assert(adds<heddle::atomic<int*>> && adds<heddle::atomic<double>>);
static_assert(std::is_same_v<decltype(heddle::atomic(1)), heddle::atomic<int>>);
static_assert(std::is_same_v<heddle::atomic_uint64_t, heddle::atomic<std::uint64_t>>);

static_assert(std::is_default_constructible_v<heddle::atomic_flag>);
static_assert(!std::is_copy_constructible_v<heddle::atomic_flag>);
static_assert(noexcept(std::declval<heddle::atomic_flag&>().test_and_set()));
static_assert(noexcept(std::declval<const heddle::atomic_flag&>().test()));

TEST(AtomicFlag, IsClearAtFirstAndTakenByOne) {
  const auto found = heddle::outcomes(every_execution(), [] {
    heddle::atomic_flag taken;
    heddle::check(!taken.test());
    int winners = 0;
    counted::in_threads(2, [&](unsigned) { winners += taken.test_and_set() ? 0 : 1; });
    heddle::check(atomic_flag_test(&taken));
    taken.clear();
    heddle::check(!heddle::atomic_flag_test_and_set(&taken));
    heddle::atomic_flag_clear(&taken);
    heddle::atomic_flag old = ATOMIC_FLAG_INIT;
    heddle::check(!old.test());
    return winners;
  });
  EXPECT_EQ(found.values(), (std::set<int>{1}));
  EXPECT_EQ(found.report.executions, 2);
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive);
}

TEST(AtomicFunctions, DoAsTheMembers) {
  heddle::atomic<int> on{1};
  EXPECT_EQ(heddle::atomic_load(&on), 1);
  EXPECT_EQ(heddle::atomic_load_explicit(&on, sc), 1);
  heddle::atomic_store(&on, 2);
  heddle::atomic_store_explicit(&on, 3, sc);
  EXPECT_EQ(heddle::atomic_exchange(&on, 4), 3);
  EXPECT_EQ(heddle::atomic_exchange_explicit(&on, 5, sc), 4);
  int expected = 4;
  EXPECT_FALSE(heddle::atomic_compare_exchange_strong(&on, &expected, 6));
  EXPECT_TRUE(heddle::atomic_compare_exchange_weak(&on, &expected, 6));
  EXPECT_TRUE(heddle::atomic_compare_exchange_strong_explicit(&on, &(expected = 6), 7, sc, sc));
  EXPECT_TRUE(heddle::atomic_compare_exchange_weak_explicit(&on, &(expected = 7), 8, sc, sc));
  EXPECT_EQ(heddle::atomic_fetch_add(&on, 2), 8);
  EXPECT_EQ(heddle::atomic_fetch_sub_explicit(&on, 3, sc), 10);
  EXPECT_EQ(heddle::atomic_fetch_and(&on, 6), 7);
  EXPECT_EQ(heddle::atomic_fetch_or(&on, 1), 6);
  EXPECT_EQ(heddle::atomic_fetch_xor(&on, 2), 7);
  EXPECT_EQ(on, 5);
  EXPECT_TRUE(heddle::atomic_is_lock_free(&on));
  int array[3] = {};
  heddle::atomic<int*> at{array};
  EXPECT_EQ(heddle::atomic_fetch_add(&at, 2), array);
}

TEST(Atomic, OfLongDoubleAddsInOneOperation) {
  const auto seen = all([] {
    heddle::atomic<long double> sum{0.5L};
    counted::in_threads(2, [&](unsigned) { sum.fetch_add(1.25L); });
    heddle::check(sum.load() == 3.0L);
    heddle::check((sum -= 2.0L) == 1.0L);
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.executions, 2);
}

#if defined(__GNUC__) && !defined(__clang__)
// Padding is no part of the value.
TEST(Atomic, ComparesNoPadding) {
  struct padded {
    char small;
    int large;
  };
  padded garbage;
  std::memset(static_cast<void*>(&garbage), 0xff, sizeof garbage);
  garbage.small = 1;
  garbage.large = 2;
  padded clean;
  std::memset(static_cast<void*>(&clean), 0, sizeof clean);
  clean.small = 1;
  clean.large = 2;
  heddle::atomic<padded> on{garbage};
  EXPECT_TRUE(on.compare_exchange_strong(clean, {3, 4}));
}
#endif

TEST(Atomic, LoadedWithAnOrderThatReleasesIsMisuse) {
  EXPECT_EQ(kind(all([] { (void)heddle::atomic<int>{0}.load(std::memory_order_release); })),
            "misuse");
  EXPECT_EQ(kind(all([] { (void)heddle::atomic<int>{0}.load(std::memory_order_acquire); })),
            "none");
}

TEST(Atomic, StoredWithAnOrderThatAcquiresIsMisuse) {
  EXPECT_EQ(kind(all([] { heddle::atomic<int>{0}.store(1, std::memory_order_acquire); })),
            "misuse");
  EXPECT_EQ(kind(all([] { heddle::atomic_flag().clear(std::memory_order_acq_rel); })), "misuse");
  EXPECT_EQ(kind(all([] { heddle::atomic<int>{0}.store(1, std::memory_order_release); })), "none");
}

TEST(Atomic, ComparedWithAFailureOrderThatReleasesIsMisuse) {
  const auto exchange = [](std::memory_order failure) {
    return kind(all([failure] {
      heddle::atomic<int> on{0};
      int expected = 0;
      on.compare_exchange_strong(expected, 1, sc, failure);
    }));
  };
  EXPECT_EQ(exchange(std::memory_order_release), "misuse");
  EXPECT_EQ(exchange(std::memory_order_relaxed), "none");
}

}  // namespace
