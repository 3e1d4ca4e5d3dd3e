// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <heddle/heddle.hpp>

#include "algorithms.hpp"

namespace {

using heddle::atomic;
using heddle::memory_order;
using heddle::thread;
using heddle::var;

heddle::options small_tests() {
  heddle::options how;
  how.name = "advised";
  how.memory = heddle::memory::cxx;
  how.capture = false;
  how.environment = false;
  return how;
}

struct lines {
  unsigned store = 0;
  unsigned load = 0;
};

// A message behind a flag, raised and read with these orders.
template <memory_order Store, memory_order Load>
lines message() {
  lines at;
  var<int> data{0};
  atomic<int> flag{0};
  thread writer([&] {
    data.store(1);
    at.store = __LINE__ + 1;
    flag.store(1, Store);
  });
  at.load = __LINE__ + 1;
  if (flag.load(Load) == 1) (void)data.load();
  writer.join();
  return at;
}

template <memory_order Store, memory_order Load>
heddle::order_advice advise(lines& at) {
  return heddle::advise(small_tests(), [&] { at = message<Store, Load>(); });
}

TEST(Advise, NamesNoOrderThatIsNeeded) {
  lines at;
  const auto advice = advise<std::memory_order_release, std::memory_order_acquire>(at);
  EXPECT_TRUE(advice.passes && advice.complete) << advice.text();
  EXPECT_TRUE(advice.changes.empty()) << advice.text();
  EXPECT_EQ(advice.sites, 2U);
}

TEST(Advise, FindsOrdersThatAreTooStrong) {
  lines at;
  const auto advice = advise<std::memory_order_seq_cst, std::memory_order_seq_cst>(at);
  ASSERT_EQ(advice.changes.size(), 2U) << advice.text();
  for (const auto& change : advice.changes) {
    const bool is_store = change.site.where.line == at.store;
    EXPECT_EQ(change.to, is_store ? std::memory_order_release : std::memory_order_acquire)
        << advice.text();
  }
  EXPECT_NE(advice.text().find("does not distinguish"), std::string::npos) << advice.text();
}

TEST(Advise, FindsTheLeastThatMakesAFailureGoAway) {
  lines at;
  const auto both = advise<std::memory_order_relaxed, std::memory_order_relaxed>(at);
  EXPECT_FALSE(both.passes);
  ASSERT_EQ(both.changes.size(), 2U) << both.text();
  const auto one = advise<std::memory_order_release, std::memory_order_relaxed>(at);
  ASSERT_EQ(one.changes.size(), 1U) << one.text();
  EXPECT_EQ(one.changes[0].site.where.line, at.load);
  EXPECT_EQ(one.changes[0].to, std::memory_order_acquire);
}

TEST(Advise, SaysWhereNoOrderHelps) {
  const auto advice = heddle::advise(small_tests(), [] {
    atomic<int> value{0};
    thread other([&] { value.store(1, std::memory_order_relaxed); });
    const int seen = value.load(std::memory_order_relaxed);
    other.join();
    heddle::check(seen == 1);
  });
  EXPECT_FALSE(advice.passes);
  EXPECT_TRUE(advice.complete) << advice.text();
  EXPECT_TRUE(advice.changes.empty()) << advice.text();
  EXPECT_NE(advice.text().find("no order of memory"), std::string::npos) << advice.text();
}

// Every weakened algorithm can be repaired by its orders, and of the correct ones those that are
// written with just what they need are left alone.
TEST(Advise, RepairsTheAlgorithms) {
  for (const algorithms::algorithm& of : algorithms::all()) {
    const auto advice = heddle::advise(small_tests(), of.body);
    EXPECT_TRUE(advice.complete) << of.name << "\n" << advice.text();
    EXPECT_EQ(advice.passes, of.correct) << of.name;
    EXPECT_TRUE(of.correct || !advice.changes.empty()) << of.name << "\n" << advice.text();
  }
}

}  // namespace
