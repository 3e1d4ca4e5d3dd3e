// SPDX-License-Identifier: MIT
//
// The random explorers draw what their papers say, with the probabilities that they say.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "quiet_options.hpp"

namespace {

using histogram = std::map<std::string, int>;

heddle::options sampled(const char* explorer, std::int64_t executions) {
  heddle::options how = quiet(explorer, executions);
  how.seed = 11;
  return how;
}

// At most a good three standard deviations above the mean of the chi-square distribution.
void expect_uniform(const histogram& seen, std::size_t classes, int executions) {
  ASSERT_EQ(seen.size(), classes);
  const double expected = static_cast<double>(executions) / static_cast<double>(classes);
  double chi_square = 0;
  for (const auto& [order, times] : seen) {
    chi_square += (times - expected) * (times - expected) / expected;
  }
  const double freedom = static_cast<double>(classes) - 1;
  EXPECT_LT(chi_square, freedom + 3.5 * std::sqrt(2 * freedom) + 4);
}

// Points of threads of these lengths, in the order in which they were performed.
histogram orders_of_points(const heddle::options& how, const std::vector<int>& lengths) {
  histogram seen;
  heddle::explore(how, [&] {
    std::string order;
    std::vector<heddle::thread> threads;
    for (std::size_t t = 0; t < lengths.size(); ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < lengths[t]; ++i) {
          heddle::point();
          order += static_cast<char>('a' + t);
        }
      });
    }
    for (auto& at : threads) at.join();
    ++seen[order];
  });
  return seen;
}

TEST(Urw, DrawsInterleavingsUniformly) {
  expect_uniform(orders_of_points(sampled("urw", 6'000), {2, 2}), 6, 6'000);
  expect_uniform(orders_of_points(sampled("urw", 9'000), {2, 2, 2}), 90, 9'000);
}

TEST(Urw, DrawsInterleavingsOfUnequalThreadsUniformly) {
  expect_uniform(orders_of_points(sampled("urw", 5'600), {5, 3}), 56, 5'600);
  expect_uniform(orders_of_points(sampled("urw", 6'600), {1, 10}), 11, 6'600);
}

TEST(Urw, CountsWhatAThreadHasStillToCreate) {
  // a1 comes before a2 and before the c's of the thread created then: 6! / (4 * 2 * 2) orders.
  histogram seen;
  heddle::explore(sampled("urw", 9'000), [&] {
    std::string order;
    const auto step = [&](char name) {
      heddle::point();
      order += name;
    };
    heddle::thread a([&] {
      step('a');
      heddle::thread c([&] {
        step('c');
        step('c');
      });
      step('a');
      c.join();
    });
    heddle::thread b([&] {
      step('b');
      step('b');
    });
    a.join();
    b.join();
    ++seen[order];
  });
  expect_uniform(seen, 45, 9'000);
}

TEST(RandomWalk, IsFarFromUniform) {
  const histogram seen = orders_of_points(sampled("random", 6'600), {1, 10});
  EXPECT_GT(seen.at("abbbbbbbbbb"), 3'000);
  EXPECT_LT(seen.at("bbbbbbbbbba"), 20);
}

TEST(Surw, DrawsTheOrderOnTheSharedObjectUniformlyWhateverElseThereIs) {
  histogram seen;
  heddle::explore(sampled("surw", 6'000), [&] {
    std::string order;
    heddle::atomic<int> shared{0};
    const auto work = [&](char name, int before, int between) {
      heddle::atomic<int> own{0};
      for (int i = 0; i < before; ++i) own.fetch_add(1);
      shared.fetch_add(1);
      order += name;
      for (int i = 0; i < between; ++i) own.fetch_add(1);
      shared.fetch_add(1);
      order += name;
    };
    heddle::thread a(work, 'a', 0, 15);
    heddle::thread b(work, 'b', 10, 1);
    a.join();
    b.join();
    ++seen[order];
  });
  expect_uniform(seen, 6, 6'000);
}

TEST(Surw, DrawsTheOrderOfCriticalSectionsUniformly) {
  histogram seen;
  heddle::explore(sampled("surw", 6'000), [&] {
    std::string order;
    heddle::mutex m;
    const auto work = [&](char name, int times) {
      for (int i = 0; i < times; ++i) {
        const heddle::lock_guard hold(m);
        order += name;
      }
    };
    heddle::thread a(work, 'a', 4);
    heddle::thread b(work, 'b', 1);
    a.join();
    b.join();
    ++seen[order];
  });
  expect_uniform(seen, 5, 6'000);
}

// An operation on which nobody depends keeps its priority: it is the last of twelve with a chance
// of 1/12, where the random walk has 1/2048.
TEST(Pos, DrawsOnlyOnceForAnOperationThatNobodyMinds) {
  int last = 0;
  heddle::explore(sampled("pos", 6'000), [&] {
    int steps = 0;
    heddle::atomic<int> own{0};
    heddle::thread a([&] {
      for (int i = 0; i < 11; ++i, ++steps) own.fetch_add(1);
    });
    heddle::thread b([&] {
      heddle::point();
      last += steps == 11;
    });
    a.join();
    b.join();
  });
  EXPECT_NEAR(last, 500, 80);
}

// One that races with every step has a new chance each time, as under the random walk.
TEST(Pos, DrawsAnewForAnOperationThatRaces) {
  int last = 0;
  heddle::explore(sampled("pos", 6'000), [&] {
    heddle::atomic<int> shared{0};
    heddle::thread a([&] {
      for (int i = 0; i < 4; ++i) shared.fetch_add(1);
    });
    heddle::thread b([&] { last += shared.exchange(-1) == 4; });
    a.join();
    b.join();
  });
  EXPECT_NEAR(last, 6'000 / 16, 75);
}

// The number of executions in which one thread looks between two steps of another one: a bug of
// depth 2, hit if the other has the higher priority and falls exactly there.
int looks_between(heddle::options how, int steps) {
  int hits = 0;
  heddle::explore(how, [&] {
    heddle::atomic<int> x{0};
    heddle::thread one([&] {
      for (int i = 0; i < steps; ++i) x.store(i);
    });
    heddle::thread two([&] { hits += x.load() == steps / 2; });
    one.join();
    two.join();
  });
  return hits;
}

TEST(Pct, HitsAnOrderOfDepthOneAtLeastOnceInEveryNThreads) {
  heddle::options how = sampled("pct", 3'000);
  how.depth = 1;
  int last = 0;
  heddle::explore(how, [&] {
    heddle::atomic<int> before{0};
    heddle::thread late([&] { last += before.load() == 20; });
    heddle::thread a([&] {
      for (int i = 0; i < 10; ++i) before.fetch_add(1);
    });
    heddle::thread b([&] {
      for (int i = 0; i < 10; ++i) before.fetch_add(1);
    });
    late.join();
    a.join();
    b.join();
  });
  EXPECT_NEAR(last, 1'000, 100);
}

TEST(Pct, HitsABugOfDepthTwoAsOftenAsPromised) {
  constexpr int executions = 20'000;
  constexpr int steps = 16;
  heddle::options how = sampled("pct", executions);
  how.depth = 2;
  const double promised = executions / (2.0 * (steps + 1));
  const int hits = looks_between(how, steps);
  EXPECT_GT(hits, 0.9 * promised);
  // With priorities alone it cannot be found at all.
  how.depth = 1;
  EXPECT_EQ(looks_between(how, steps), 0);
}

TEST(Pct, FindsItAlsoWithADepthOfItsOwn) {
  EXPECT_GT(looks_between(sampled("pct", 2'000), 16), 20);
}

}  // namespace
