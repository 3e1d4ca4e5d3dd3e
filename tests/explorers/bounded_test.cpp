// SPDX-License-Identifier: MIT
#include "heddle/explorers/bounded.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "quiet_options.hpp"

namespace {

using heddle::coverage;
using heddle::explorers::bounded;

heddle::options within(const char* explorer, std::int64_t preemptions) {
  heddle::options how = quiet(explorer);
  how.preemptions = preemptions;
  how.stop_at_first_failure = false;
  return how;
}

bool assumes(const heddle::report& of, std::string_view text) {
  return std::find(of.assumptions.begin(), of.assumptions.end(), text) != of.assumptions.end();
}

// Two threads of two operations that all depend on each other: 2, 4 and 6 executions with at most
// 0, 1 and 2 preemptions.
void two_writers() {
  heddle::atomic<int> shared{0};
  const auto work = [&] {
    shared.fetch_add(1);
    shared.fetch_add(1);
  };
  heddle::thread a(work);
  heddle::thread b(work);
  a.join();
  b.join();
}

heddle::report search(const bounded::limits& limits, void (*body)()) {
  bounded decide(limits);
  return heddle::explore(quiet("bounded"), decide, body);
}

TEST(Bounded, FindsWhatEachBoundAllows) {
  EXPECT_EQ(search({.first = 0, .most = 0}, two_writers).complete, 2);
  EXPECT_EQ(search({.first = 1, .most = 1}, two_writers).complete, 4);
  EXPECT_EQ(search({.first = 2, .most = 2}, two_writers).complete, 6);
}

TEST(Bounded, SaysWhichBoundItHasFinished) {
  const heddle::report one = heddle::explore(within("bounded", 1), two_writers);
  EXPECT_EQ(one.coverage, coverage::bounded);
  EXPECT_TRUE(assumes(one, "at most 1 preemption in an execution")) << one.text();
  EXPECT_EQ(one.complete, 2 + 4);
  EXPECT_EQ(one.distinct, 4u);
  const heddle::report none = heddle::explore(within("bounded", 0), two_writers);
  EXPECT_TRUE(assumes(none, "at most 0 preemptions in an execution")) << none.text();
}

TEST(Bounded, IsExhaustiveWhereTheBoundHasCutNothing) {
  const heddle::report all = heddle::explore(within("bounded", 9), two_writers);
  EXPECT_EQ(all.coverage, coverage::exhaustive);
  EXPECT_EQ(all.distinct, 6u);
  EXPECT_EQ(all.complete, 2 + 4 + 6);
  for (const std::string& each : all.assumptions) {
    EXPECT_EQ(each.find("preemption"), std::string::npos) << each;
  }
}

TEST(Bounded, ClaimsTheLastBoundThatItHasFinished) {
  heddle::options how = within("bounded", 2);
  how.executions = 7;  // in the midst of bound 2
  const heddle::report r = heddle::explore(how, two_writers);
  EXPECT_EQ(r.executions, 7);
  EXPECT_EQ(r.coverage, coverage::bounded);
  EXPECT_TRUE(assumes(r, "at most 1 preemption in an execution")) << r.text();
  how.executions = 1;
  EXPECT_EQ(heddle::explore(how, two_writers).coverage, coverage::sampled);
}

TEST(Bounded, LeavesOutWhatDiffersInTheOrderOfIndependentOperations) {
  const auto independent = [] {
    heddle::atomic<int> x{0};
    heddle::atomic<int> y{0};
    heddle::thread a([&] {
      for (int i = 0; i < 5; ++i) x.store(i);
    });
    heddle::thread b([&] {
      for (int i = 0; i < 5; ++i) y.store(i);
    });
    a.join();
    b.join();
  };
  const heddle::report r = heddle::explore(within("bounded", 2), independent);
  EXPECT_EQ(r.complete, 1);
  EXPECT_EQ(r.coverage, coverage::exhaustive);
}

TEST(Bounded, ToYieldIsNoPreemption) {
  const auto polite = [] {
    heddle::atomic<int> shared{0};
    const auto work = [&] {
      shared.fetch_add(1);
      heddle::this_thread::yield();
      shared.fetch_add(1);
    };
    heddle::thread a(work);
    heddle::thread b(work);
    a.join();
    b.join();
  };
  const heddle::report r = search({.first = 0, .most = 0, .reduce = false}, +polite);
  // a1 [a yields or b1]: every order of a2 and b2 after a1 b1, b1 a1; and one after the other.
  EXPECT_EQ(r.distinct, 6u);
}

// The thread that spins is parked: the search goes on without reduction, and claims its bound.
TEST(Bounded, CoversItsBoundsWhereThreadsSpin) {
  const heddle::report r = heddle::explore(within("bounded", 2), [] {
    heddle::atomic<int> ready{0};
    heddle::thread setter([&] { ready.store(1); });
    while (ready.load() == 0) {
    }
    setter.join();
  });
  EXPECT_NE(r.coverage, coverage::sampled) << r.text();
  EXPECT_TRUE(r.passed()) << r.text();
}

TEST(Bounded, AnEarlyTimeoutCostsOne) {
  const auto sleeper = [] {
    heddle::atomic<int> shared{0};
    heddle::thread t([&] {
      heddle::this_thread::sleep_for(std::chrono::seconds(1));
      shared.store(1);
    });
    shared.store(2);
    t.join();
    heddle::check(shared.load() == 1, "the sleeper comes last");
  };
  EXPECT_EQ(search({.first = 0, .most = 0}, +sleeper).failed, 0);
  EXPECT_EQ(search({.first = 1, .most = 1}, +sleeper).failed, 1);
}

TEST(Bounded, ExploresDataChoicesForFree) {
  int seen = 0;
  const heddle::report r = heddle::explore(within("bounded", 0), [&] {
    heddle::thread t([&] { seen |= 1 << heddle::choose(3); });
    t.join();
  });
  EXPECT_EQ(seen, 7);
  EXPECT_EQ(r.complete, 3);
  EXPECT_EQ(r.coverage, coverage::exhaustive);
}

TEST(Bounded, ComplainsOfABodyThatDiffers) {
  int executions = 0;
  const heddle::report r = heddle::explore(within("bounded", 2), [&] {
    heddle::atomic<int> x{0};
    const bool odd = executions++ % 2 == 1;
    x.store(1);
    odd ? static_cast<void>(x.load()) : x.store(1);
    heddle::thread t([&] { x.store(3); });
    x.store(2);
    t.join();
  });
  ASSERT_TRUE(r.failure.has_value());
  EXPECT_NE(r.failure->message.find("not deterministic"), std::string::npos) << r.failure->message;
  EXPECT_EQ(r.coverage, coverage::sampled);
}

// a and b and c are started in this order; each names itself once.
std::vector<std::string> orders(std::uint32_t delays) {
  std::vector<std::string> all;
  bounded decide({.of = bounded::cost::delays, .first = delays, .most = delays});
  heddle::explore(quiet("delay"), decide, [&] {
    std::string order;
    heddle::atomic<int> x{0};
    const auto work = [&](char name) {
      x.fetch_add(1);
      order += name;
    };
    heddle::thread a(work, 'a');
    heddle::thread b(work, 'b');
    heddle::thread c(work, 'c');
    a.join();
    b.join();
    c.join();
    all.push_back(order);
  });
  std::sort(all.begin(), all.end());
  return all;
}

TEST(Delay, AtNoneIsTheFixedScheduler) { EXPECT_EQ(orders(0), std::vector<std::string>{"abc"}); }

TEST(Delay, PassesOverOneThreadForEach) {
  EXPECT_EQ(orders(1), (std::vector<std::string>{"abc", "acb", "bca"}));
  EXPECT_EQ(orders(2), (std::vector<std::string>{"abc", "acb", "bac", "bca", "cab"}));
  EXPECT_EQ(orders(3).size(), 6u);
}

TEST(Delay, SaysWhichBoundItHasFinished) {
  const heddle::report r = heddle::explore(within("delay", 2), two_writers);
  EXPECT_EQ(r.coverage, coverage::bounded);
  EXPECT_TRUE(assumes(r, "at most 2 delays in an execution")) << r.text();
}

}  // namespace
