// SPDX-License-Identifier: MIT
//
// var<T>: plain data under observation.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sched/search.hpp"

namespace {

TEST(Var, BehavesAsItsValue) {
  heddle::var<int> value{5};
  EXPECT_EQ(value.load(), 5);
  EXPECT_EQ(value.get(), 5);
  EXPECT_EQ(value, 5);
  value.store(6);
  value.set(7);
  EXPECT_EQ(value.read(), 7);
  EXPECT_EQ(value++, 7);
  EXPECT_EQ(value--, 8);
  EXPECT_EQ(++value, 8);
  EXPECT_EQ(--value, 7);
  value += 3;
  value -= 1;
  value *= 2;
  EXPECT_EQ(value, 18);
  value = 4;
  EXPECT_EQ(value.modify([](int& in) { return in++ * 10; }), 40);
  EXPECT_EQ(value, 5);
  value.write() = 9;
  EXPECT_EQ(value, 9);
}

TEST(Var, HoldsClassesAndContainers) {
  heddle::var<std::vector<std::string>> names;
  names.write().push_back("a");
  names.modify([](auto& in) { in.push_back("b"); });
  EXPECT_EQ(names.read().size(), 2U);
  EXPECT_EQ(names->back(), "b");
  const heddle::var<std::string> text{"abc"};
  EXPECT_EQ(text.load(), "abc");
  const heddle::var<std::string> copy = text;
  EXPECT_EQ(copy.load(), "abc");
}

TEST(Var, IsAssignedFromAnother) {
  heddle::var<int> from{3};
  heddle::var<int> to;
  EXPECT_EQ(to, 0);
  to = from;
  EXPECT_EQ(to, 3);
}

// No access is a scheduling point: two threads of ten accesses each have one execution.
TEST(Var, AccessesAreNoSchedulingPoints) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    const auto work = [] {
      heddle::var<int> mine{0};
      for (int i = 0; i < 10; ++i) ++mine;
    };
    heddle::thread other(work);
    work();
    other.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(seen.executions, 1);
  EXPECT_EQ(seen.steps, 0U);
}

// Each kind of access counts as what it is.
template <class First, class Second>
bool races(First first, Second second) {
  const auto seen = heddle::explore(search::every_execution(), [&] {
    heddle::var<int> shared{0};
    heddle::thread other([&] { first(shared); });
    second(shared);
    other.join();
  });
  return seen.failure.has_value() && seen.failure->kind == heddle::failure_kind::data_race;
}

TEST(Var, AccessesAreReadsOrWrites) {
  const auto read = [](heddle::var<int>& v) { (void)v.load(); };
  EXPECT_FALSE(races(read, read));
  EXPECT_FALSE(races(read, [](heddle::var<int>& v) { (void)v.get(); }));
  EXPECT_FALSE(races(read, [](heddle::var<int>& v) { (void)static_cast<int>(v); }));
  EXPECT_FALSE(races(read, [](heddle::var<int>& v) { const heddle::var<int> copy = v; }));
  EXPECT_TRUE(races(read, [](heddle::var<int>& v) { v.store(1); }));
  EXPECT_TRUE(races(read, [](heddle::var<int>& v) { v = 1; }));
  EXPECT_TRUE(races(read, [](heddle::var<int>& v) { ++v; }));
  EXPECT_TRUE(races(read, [](heddle::var<int>& v) { v--; }));
  EXPECT_TRUE(races(read, [](heddle::var<int>& v) { v += 1; }));
  EXPECT_TRUE(races(read, [](heddle::var<int>& v) { v.write() = 1; }));
  EXPECT_TRUE(races(read, [](heddle::var<int>& v) { v.modify([](int& in) { in = 1; }); }));
}

TEST(Var, InARaceStillDoesWhatItSays) {
  int value = 0;
  heddle::explore(search::every_execution(), [&] {
    heddle::var<int> shared{0};
    heddle::thread other([&] { ++shared; });
    other.join();
    heddle::thread again([&] { ++shared; });
    ++shared;
    again.join();
    value = shared;
  });
  EXPECT_EQ(value, 3);
}

}  // namespace
