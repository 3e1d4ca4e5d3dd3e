// SPDX-License-Identifier: MIT
//
// What holds of every random explorer. See also tests/bugs/random_family_test.cpp.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "quiet_options.hpp"

namespace {

class RandomFamily : public testing::TestWithParam<const char*> {
 protected:
  heddle::options sampled(std::int64_t executions, std::uint64_t seed = 1) const {
    heddle::options how = quiet(GetParam(), executions);
    how.seed = seed;
    return how;
  }
};
INSTANTIATE_TEST_SUITE_P(Explorers, RandomFamily,
                         testing::Values("random", "pct", "pos", "urw", "surw"),
                         [](const auto& given) { return std::string(given.param); });

// What every execution did: three threads, of which one creates another, on two objects.
std::vector<std::string> orders(const heddle::options& how) {
  std::vector<std::string> seen;
  heddle::explore(how, [&] {
    std::string order;
    heddle::atomic<int> x{0};
    heddle::atomic<int> y{0};
    heddle::mutex m;
    const auto work = [&](char name) {
      x.fetch_add(1);
      order += name;
      const heddle::lock_guard hold(m);
      y.fetch_add(1);
      order += name;
    };
    heddle::thread a(work, 'a');
    heddle::thread b([&] {
      work('b');
      heddle::thread c(work, 'c');
      work('b');
      c.join();
    });
    a.join();
    b.join();
    seen.push_back(order);
  });
  return seen;
}

TEST_P(RandomFamily, RepeatsItselfForTheSameSeedOnly) {
  const auto first = orders(sampled(60, 7));
  EXPECT_EQ(first.size(), 60u);
  EXPECT_EQ(first, orders(sampled(60, 7)));
  EXPECT_NE(first, orders(sampled(60, 8)));
}

TEST_P(RandomFamily, DrawsTheSameExecutionsHoweverManyFollow) {
  auto many = orders(sampled(60));
  many.resize(25);
  EXPECT_EQ(orders(sampled(25)), many);
}

TEST_P(RandomFamily, GivesEachExecutionNewChances) {
  const auto all = orders(sampled(400));
  EXPECT_GT(std::set(all.begin(), all.end()).size(), 40u);
}

TEST_P(RandomFamily, OnlyEverSamples) {
  const heddle::report r = heddle::explore(sampled(20), [] {});
  EXPECT_EQ(r.executions, 20);
  EXPECT_EQ(r.coverage, heddle::coverage::sampled);
}

TEST_P(RandomFamily, DrawsEveryValueAndEveryWaiter) {
  std::set<unsigned> values;
  std::set<int> woken;
  const heddle::report r = heddle::explore(sampled(300), [&] {
    values.insert(heddle::choose(4));
    heddle::mutex m;
    heddle::condition_variable changed;
    int waiting = 0;
    int first = -1;
    const auto wait = [&](int name) {
      heddle::unique_lock lock(m);
      ++waiting;
      changed.wait(lock);
      if (first < 0) first = name;
      changed.notify_all();
    };
    heddle::thread a(wait, 0);
    heddle::thread b(wait, 1);
    heddle::thread c(wait, 2);
    for (bool all = false; !all;) {
      const heddle::lock_guard hold(m);
      all = waiting == 3;
      if (all) changed.notify_one();
    }
    a.join();
    b.join();
    c.join();
    woken.insert(first);
  });
  EXPECT_TRUE(r.passed()) << r.text();
  EXPECT_EQ(values.size(), 4u);
  EXPECT_EQ(woken.size(), 3u);
}

TEST_P(RandomFamily, LetsTheClockAdvanceEarlyOrNot) {
  std::set<int> steps_before;
  const heddle::report r = heddle::explore(sampled(400), [&] {
    heddle::atomic<int> steps{0};
    heddle::thread sleeper([&] {
      heddle::this_thread::sleep_for(std::chrono::seconds(1));
      steps_before.insert(steps.load());
    });
    for (int i = 0; i < 4; ++i) steps.fetch_add(1);
    sleeper.join();
  });
  EXPECT_TRUE(r.passed()) << r.text();
  EXPECT_EQ(steps_before, (std::set{0, 1, 2, 3, 4}));
}

TEST_P(RandomFamily, KeepsToTheBoundOnEarlyTimeouts) {
  heddle::options how = sampled(100);
  how.early_timeouts = 0;
  const heddle::report r = heddle::explore(how, [] {
    heddle::atomic<bool> done{false};
    heddle::thread sleeper([&] {
      heddle::this_thread::sleep_for(std::chrono::seconds(1));
      heddle::check(done.load(), "woken early");
    });
    done.store(true);
    sleeper.join();
  });
  EXPECT_TRUE(r.passed()) << r.text();
}

// Wait loops of all sorts: a strict priority must not keep them going for ever.
TEST_P(RandomFamily, ComesToAnEndWhereThreadsSpin) {
  heddle::options how = sampled(200);
  how.steps = 200'000;
  const heddle::report r = heddle::explore(how, [] {
    heddle::atomic<int> turn{0};
    heddle::atomic<int> tries{0};
    heddle::atomic<int> serving{0};
    heddle::atomic<int> tickets{0};
    heddle::mutex m;
    const auto play = [&](int name) {
      for (int round = 0; round < 3; ++round) {
        while (turn.load() != name) {
        }
        turn.store(1 - name);
        while (turn.load() != name) heddle::this_thread::yield();
        turn.store(1 - name);
      }
      const int mine = tickets.fetch_add(1);
      while (serving.load() != mine) tries.fetch_add(1);  // changes something in each round
      serving.fetch_add(1);
      while (!m.try_lock()) {
      }
      m.unlock();
    };
    heddle::thread a(play, 0);
    heddle::thread b(play, 1);
    a.join();
    b.join();
  });
  EXPECT_TRUE(r.passed()) << r.text();
  EXPECT_EQ(r.cut, 0);
  EXPECT_EQ(r.complete, 200);
}

// A body of which each execution is another one: what was learned of it does not fit.
TEST_P(RandomFamily, CopesWithBodiesThatVary) {
  const heddle::report r = heddle::explore(sampled(300), [] {
    heddle::atomic<int> shared{0};
    const auto work = [&] {
      const unsigned more = heddle::choose(5);
      for (unsigned i = 0; i < more * more; ++i) shared.fetch_add(1);
      if (shared.load() > 9) heddle::thread([&] { shared.store(0); }).join();
    };
    heddle::thread a(work);
    heddle::thread b(work);
    if (heddle::choose(2) == 0) heddle::thread(work).join();
    a.join();
    b.join();
  });
  EXPECT_TRUE(r.passed()) << r.text();
  EXPECT_EQ(r.complete, 300);
}

TEST_P(RandomFamily, FindsWhatReplays) {
  const auto body = [] {
    heddle::atomic<int> x{0};
    heddle::thread other([&] { x.store(x.load() + 1); });
    x.store(x.load() + 1);
    other.join();
    heddle::check(x.load() == 2, "lost");
  };
  const heddle::report r = heddle::explore(sampled(200), body);
  ASSERT_TRUE(r.failure.has_value());
  EXPECT_TRUE(r.failure->reproduced);
  const heddle::report again = heddle::replay(r.failure->schedule, body, sampled(1));
  ASSERT_TRUE(again.failure.has_value()) << again.text();
  EXPECT_EQ(again.failure->cause.message, "lost");
}

}  // namespace
