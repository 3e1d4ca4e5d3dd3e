// SPDX-License-Identifier: MIT
// Invariants, regions without preemptions, races that are no matter.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "counted.hpp"
#include "heddle/heddle.hpp"

namespace {

heddle::options quiet(const char* explorer) {
  heddle::options how;
  how.name = "Supervision";
  how.explorer = explorer;
  how.environment = how.capture = false;
  how.executions = 2'000;
  return how;
}

constexpr const char* explorers[] = {"auto",   "dfs", "dpor", "source_dpor", "bounded", "delay",
                                     "random", "pct", "pos",  "urw",         "surw"};

// Moves one from `a` to `b` in two steps: the sum is right before and after.
void transfer() {
  heddle::atomic<int> a{2};
  heddle::atomic<int> b{0};
  heddle::invariant([&] { return a + b == 2; });
  heddle::thread mover([&] {
    a.store(1);
    b.store(1);
  });
  mover.join();
  heddle::check(a + b == 2, "afterwards it is right");
}

TEST(Invariant, IsCheckedBetweenTheOperations) {
  for (const char* explorer : explorers) {
    const heddle::report r = heddle::explore(quiet(explorer), transfer);
    ASSERT_TRUE(r.failure) << explorer;
    EXPECT_EQ(r.failure->kind, heddle::failure_kind::failed_check) << explorer;
    EXPECT_NE(r.failure->message.find("invariant"), std::string::npos) << r.text();
    const heddle::report again = heddle::replay(r.failure->schedule, transfer, quiet("dfs"));
    ASSERT_TRUE(again.failure) << explorer;
    EXPECT_EQ(again.failure->message, r.failure->message);
  }
}

TEST(Invariant, ThatHoldsAddsNoExecutions) {
  const auto body = [](bool watched) {
    heddle::atomic<int> x{0};
    heddle::var<int> plain{1};
    int looks = 0;
    if (watched) {
      heddle::invariant([&] {
        ++looks;
        heddle::check(x.load() <= 2 && plain.load() == 1);
      });
    }
    const auto work = [&] {
      x.store(1);
      x.store(2);
    };
    heddle::thread a(work);
    heddle::thread b(work);
    a.join();
    b.join();
    heddle::check(looks == (watched ? 5 : 0), "once at first, then after each operation");
  };
  const heddle::report with = heddle::explore(quiet("dfs"), [&] { body(true); });
  const heddle::report without = heddle::explore(quiet("dfs"), [&] { body(false); });
  EXPECT_TRUE(with.passed()) << with.text();
  EXPECT_EQ(with.executions, 6);
  EXPECT_EQ(without.executions, 6);
  EXPECT_EQ(with.coverage, heddle::coverage::exhaustive);
  const heddle::report reduced = heddle::explore(quiet("dpor"), [&] { body(true); });
  EXPECT_TRUE(reduced.passed()) << reduced.text();
  EXPECT_EQ(reduced.coverage, heddle::coverage::sampled) << "it sees what dpor does not tell apart";
  const heddle::report by_itself = heddle::explore(quiet("auto"), [&] { body(true); });
  EXPECT_EQ(by_itself.coverage, heddle::coverage::exhaustive) << by_itself.text();
}

TEST(Invariant, EndsWithTheThreadThatGaveIt) {
  const heddle::report r = heddle::explore(quiet("dfs"), [] {
    heddle::atomic<int> x{0};
    heddle::thread strict([&] {
      int never = 1;
      heddle::invariant([&] { return never == 1 && x == 0; });
    });
    strict.join();
    x.store(1);
  });
  EXPECT_TRUE(r.passed()) << r.text();
}

TEST(Invariant, MayOnlyLook) {
  const auto says = [](auto act) {
    const heddle::report r = heddle::explore(quiet("dfs"), [&] {
      heddle::atomic<int> x{0};
      heddle::var<int> plain{0};
      heddle::mutex guard;
      heddle::invariant([&] { act(x, plain, guard); });
      x.store(1);
    });
    return r.failure && r.failure->kind == heddle::failure_kind::misuse ? r.failure->message
                                                                        : "no misuse: " + r.text();
  };
  const char* expected = "an invariant does more than look";
  EXPECT_NE(says([](auto& x, auto&, auto&) { x.store(2); }).find(expected), std::string::npos);
  EXPECT_NE(says([](auto&, auto& plain, auto&) { plain.store(2); }).find(expected),
            std::string::npos);
  EXPECT_NE(says([](auto&, auto&, auto& guard) { guard.lock(); }).find(expected),
            std::string::npos);
  EXPECT_NE(says([](auto&, auto&, auto&) { heddle::choose(2); }).find(expected), std::string::npos);
}

TEST(Invariant, ThatThrowsIsAFailure) {
  const heddle::report r = heddle::explore(quiet("dfs"), [] {
    heddle::atomic<int> x{0};
    heddle::invariant([&]() -> bool { throw std::runtime_error("out of order"); });
    x.store(1);
  });
  ASSERT_TRUE(r.failure);
  EXPECT_NE(r.failure->message.find("throws"), std::string::npos) << r.text();
}

TEST(Invariant, OutsideAnExecutionIsAnError) {
  EXPECT_THROW(heddle::invariant([] { return true; }), std::logic_error);
}

// Two threads of three stores each.
void stores(bool whole) {
  heddle::atomic<int> x{0};
  const auto work = [&](int first) {
    const auto three = [&] {
      for (int i = 0; i < 3; ++i) x.store(first + i);
    };
    if (whole) {
      const heddle::no_preemption region;
      three();
    } else {
      three();
    }
  };
  heddle::thread a([&] { work(10); });
  heddle::thread b([&] { work(20); });
  a.join();
  b.join();
}

TEST(NoPreemption, LeavesTheOrdersOfWholeRegions) {
  EXPECT_EQ(heddle::explore(quiet("dfs"), [] { stores(false); }).executions, 20);
  const heddle::report r = heddle::explore(quiet("dfs"), [] { stores(true); });
  EXPECT_EQ(r.executions, 2);
  EXPECT_EQ(r.coverage, heddle::coverage::exhaustive);
  EXPECT_NE(r.text().find("no thread is interrupted"), std::string::npos) << r.text();
}

TEST(NoPreemption, IsKeptByEveryExplorer) {
  const auto body = [] {
    heddle::atomic<int> x{0};
    const auto increment = [&] {
      const heddle::no_preemption region;
      x.store(x.load() + 1);
    };
    heddle::thread a(increment);
    heddle::thread b(increment);
    a.join();
    b.join();
    heddle::check(x == 2, "an update was lost");
  };
  for (const char* explorer : explorers) {
    const heddle::report r = heddle::explore(quiet(explorer), body);
    EXPECT_TRUE(r.passed()) << explorer << '\n' << r.text();
  }
}

TEST(NoPreemption, EndsWhereTheThreadWaitsOrYields) {
  const auto found = [](auto pause) {
    bool between = false;
    const heddle::report r = heddle::explore(quiet("dfs"), [&] {
      heddle::atomic<int> x{0};
      heddle::mutex guard;
      heddle::thread other([&] {
        heddle::lock_guard hold(guard);
        x.store(1);
      });
      {
        const heddle::no_preemption region;
        const int before = x.load();
        pause(guard);
        between = between || x.load() != before;
      }
      other.join();
    });
    EXPECT_TRUE(r.passed()) << r.text();
    return between;
  };
  EXPECT_FALSE(found([](auto&) {}));
  EXPECT_TRUE(found([](auto&) { heddle::this_thread::yield(); }));
  EXPECT_TRUE(found([](auto& guard) { heddle::lock_guard hold(guard); }));
}

TEST(Benign, RacesAreNotReported) {
  const auto body = [](bool benign) {
    heddle::var<int> hits{0};
    if (benign) heddle::benign(hits);
    heddle::thread other([&] { hits.store(1); });
    hits.store(2);
    other.join();
  };
  const heddle::report strict = heddle::explore(quiet("dfs"), [&] { body(false); });
  ASSERT_TRUE(strict.failure);
  EXPECT_EQ(strict.failure->kind, heddle::failure_kind::data_race);
  EXPECT_TRUE(heddle::explore(quiet("dfs"), [&] { body(true); }).passed());
}

}  // namespace
