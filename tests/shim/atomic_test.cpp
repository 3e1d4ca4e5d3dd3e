// SPDX-License-Identifier: MIT
//
// atomic<T> beside std::atomic<T>: the same operations with the same results.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <heddle/explorers/prng.hpp>
#include <limits>

#include "sched/search.hpp"

namespace {

using heddle::explorers::prng;

template <class T>
T any_integer(prng& random) {
  switch (random.below(6)) {
    case 0:
      return T{};
    case 1:
      return std::numeric_limits<T>::max();
    case 2:
      return std::numeric_limits<T>::min();
    default:
      return static_cast<T>(random.next());
  }
}

// The same random operations on both.
template <class T>
void behaves_as_standard_integer() {
  prng random(sizeof(T));
  heddle::atomic<T> ours{T{3}};
  std::atomic<T> theirs{T{3}};
  for (int i = 0; i < 2'000; ++i) {
    const T v = any_integer<T>(random);
    switch (random.below(20)) {
      case 0:
        ours.store(v), theirs.store(v);
        break;
      case 1:
        ASSERT_EQ(ours.exchange(v), theirs.exchange(v));
        break;
      case 2:
        ASSERT_EQ(ours.fetch_add(v), theirs.fetch_add(v));
        break;
      case 3:
        ASSERT_EQ(ours.fetch_sub(v), theirs.fetch_sub(v));
        break;
      case 4:
        ASSERT_EQ(ours.fetch_and(v), theirs.fetch_and(v));
        break;
      case 5:
        ASSERT_EQ(ours.fetch_or(v), theirs.fetch_or(v));
        break;
      case 6:
        ASSERT_EQ(ours.fetch_xor(v), theirs.fetch_xor(v));
        break;
      case 7:
        ASSERT_EQ(ours++, theirs++);
        break;
      case 8:
        ASSERT_EQ(ours--, theirs--);
        break;
      case 9:
        ASSERT_EQ(++ours, ++theirs);
        break;
      case 10:
        ASSERT_EQ(--ours, --theirs);
        break;
      case 11:
        ASSERT_EQ(ours += v, theirs += v);
        break;
      case 12:
        ASSERT_EQ(ours -= v, theirs -= v);
        break;
      case 13:
        ASSERT_EQ(ours &= v, theirs &= v);
        break;
      case 14:
        ASSERT_EQ(ours |= v, theirs |= v);
        break;
      case 15:
        ASSERT_EQ(ours ^= v, theirs ^= v);
        break;
      case 16:
        ASSERT_EQ(ours = v, theirs = v);
        break;
      case 17:
      case 18: {
        T our_expected = random.below(2) == 0 ? theirs.load() : v;
        T their_expected = our_expected;
        ASSERT_EQ(ours.compare_exchange_strong(our_expected, v),
                  theirs.compare_exchange_strong(their_expected, v));
        ASSERT_EQ(our_expected, their_expected);
        break;
      }
      default: {
        T expected = static_cast<T>(theirs.load() ^ 1);  // fails, weak or not
        ASSERT_FALSE(ours.compare_exchange_weak(expected, v));
        ASSERT_EQ(expected, theirs.load());
      }
    }
    ASSERT_EQ(ours.load(), theirs.load());
    ASSERT_EQ(static_cast<T>(ours), theirs.load());
  }
}

// Inside an execution and outside, where an atomic has the thread for itself.
template <class Action>
void inside_and_outside(Action action) {
  action();
  heddle::options how = search::every_execution();
  const auto seen = heddle::explore(how, action);
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(Atomic, OfSignedIntegersIsAsTheStandards) {
  inside_and_outside(behaves_as_standard_integer<std::int8_t>);
  inside_and_outside(behaves_as_standard_integer<std::int16_t>);
  inside_and_outside(behaves_as_standard_integer<std::int32_t>);
  inside_and_outside(behaves_as_standard_integer<std::int64_t>);
  inside_and_outside(behaves_as_standard_integer<char>);
}

TEST(Atomic, OfUnsignedIntegersIsAsTheStandards) {
  inside_and_outside(behaves_as_standard_integer<std::uint8_t>);
  inside_and_outside(behaves_as_standard_integer<std::uint16_t>);
  inside_and_outside(behaves_as_standard_integer<std::uint32_t>);
  inside_and_outside(behaves_as_standard_integer<std::uint64_t>);
}

TEST(Atomic, OfSignedIntegersWrapsAround) {
  inside_and_outside([] {
    heddle::atomic<int> value{std::numeric_limits<int>::max()};
    EXPECT_EQ(++value, std::numeric_limits<int>::min());
    EXPECT_EQ(value.fetch_sub(1), std::numeric_limits<int>::min());
    EXPECT_EQ(value.load(), std::numeric_limits<int>::max());
  });
}

template <class T>
void holds(const T& first, const T& second) {
  inside_and_outside([&] {
    const auto same = [](const T& a, const T& b) { return std::memcmp(&a, &b, sizeof(T)) == 0; };
    heddle::atomic<T> value{first};
    EXPECT_TRUE(same(value.load(), first));
    EXPECT_TRUE(same(value.exchange(second), first));
    EXPECT_TRUE(same(value.load(), second));
    T expected = first;
    EXPECT_FALSE(value.compare_exchange_strong(expected, first));
    EXPECT_TRUE(same(expected, second));
    EXPECT_TRUE(value.compare_exchange_strong(expected, first));
    EXPECT_TRUE(same(value.load(), first));
    value.store(second);
    value = first;
    EXPECT_TRUE(same(static_cast<T>(value), first));
  });
}

TEST(Atomic, HoldsBoolsAndEnums) {
  enum class colour : std::int8_t { red = -1, green = 7 };
  holds(false, true);
  holds(colour::red, colour::green);
}

TEST(Atomic, HoldsStructsOfEverySize) {
  struct small {
    std::int16_t x, y;
  };
  struct wide {
    std::uint64_t tag;
    void* pointer;
  };
  holds(small{1, -2}, small{-3, 4});
  int here = 0;
  holds(wide{1, nullptr}, wide{2, &here});
  holds(std::array<int, 25>{1, 2, 3}, std::array<int, 25>{4, 5, 6});
}

TEST(Atomic, OfManyDifferentWideValuesKeepsThemApart) {
  using wide = std::array<std::uint64_t, 2>;
  inside_and_outside([] {
    heddle::atomic<wide> value{wide{0, 0}};
    for (std::uint64_t i = 1; i < 300; ++i) {
      EXPECT_EQ(value.exchange(wide{i, i * i}), (wide{i - 1, (i - 1) * (i - 1)}));
    }
    wide expected{299, 299 * 299};
    EXPECT_TRUE(value.compare_exchange_strong(expected, wide{7, 49}));
    EXPECT_EQ(value.load(), (wide{7, 49}));
  });
}

TEST(Atomic, OfFloatingPointAddsAndComparesRepresentations) {
  holds(1.5, -0.25);
  holds(1.5F, -0.25F);
  inside_and_outside([] {
    heddle::atomic<double> value{1.5};
    EXPECT_EQ(value.fetch_add(2.0), 1.5);
    EXPECT_EQ(value.fetch_sub(0.5), 3.5);
    EXPECT_EQ(value += 1.0, 4.0);
    EXPECT_EQ(value -= 4.0, 0.0);
    double expected = -0.0;  // equal as a number, another representation
    EXPECT_FALSE(value.compare_exchange_strong(expected, 1.0));
  });
}

TEST(Atomic, OfPointersStepsByElements) {
  inside_and_outside([] {
    int array[10] = {};
    heddle::atomic<int*> at{array};
    EXPECT_EQ(at.fetch_add(3), array);
    EXPECT_EQ(at.fetch_sub(1), array + 3);
    EXPECT_EQ(at++, array + 2);
    EXPECT_EQ(++at, array + 4);
    EXPECT_EQ(at--, array + 4);
    EXPECT_EQ(--at, array + 2);
    EXPECT_EQ(at += 5, array + 7);
    EXPECT_EQ(at -= 6, array + 1);
    int* expected = array + 1;
    EXPECT_TRUE(at.compare_exchange_strong(expected, nullptr));
    EXPECT_EQ(at.load(), nullptr);
    at = array;
    EXPECT_EQ(static_cast<int*>(at), array);
  });
}

TEST(Atomic, StartsWithTheDefaultValue) {
  struct with_default {
    int value = 9;
  };
  EXPECT_EQ(heddle::atomic<int>().load(), 0);
  EXPECT_EQ(heddle::atomic<int*>().load(), nullptr);
  EXPECT_EQ(heddle::atomic<with_default>().load().value, 9);
}

// load and store apart: 20 interleavings of which an update is lost in all but those in a row.
//
//   T1: load store load store beside the same of T2 would be (4,4); here it is (2,2) = 6
TEST(Atomic, LosesAnUpdateBetweenALoadAndAStore) {
  int lost = 0;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::atomic<int> balance{0};
    const auto add = [&] { balance.store(balance.load() + 1); };
    heddle::thread first(add);
    heddle::thread second(add);
    first.join();
    second.join();
    lost += balance.load() == 1 ? 1 : 0;
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(seen.executions, 6);
  EXPECT_EQ(lost, 4);
}

TEST(Atomic, LosesNoUpdateInOneOperation) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::atomic<int> balance{0};
    heddle::thread first([&] { balance.fetch_add(1); });
    heddle::thread second([&] { ++balance; });
    first.join();
    second.join();
    heddle::check(balance.load() == 2);
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(seen.executions, 2);
}

// Store buffering: under sequential consistency not both threads read 0.
TEST(Atomic, IsSequentiallyConsistent) {
  bool both_zero = false;
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::atomic<int> x{0};
    heddle::atomic<int> y{0};
    int a = -1;
    int b = -1;
    heddle::thread first([&] {
      x.store(1);
      a = y.load();
    });
    heddle::thread second([&] {
      y.store(1);
      b = x.load();
    });
    first.join();
    second.join();
    both_zero |= a == 0 && b == 0;
  });
  EXPECT_EQ(seen.executions, 6);
  EXPECT_FALSE(both_zero);
}

}  // namespace
