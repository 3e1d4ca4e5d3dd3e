// SPDX-License-Identifier: MIT
//
// One engine, many executions: nothing of one may be left over for the next.
#include "heddle/sched/engine.hpp"

#include <gtest/gtest.h>

#include <heddle/explorers/depth_first.hpp>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "search.hpp"

namespace {

using heddle::sched::verdict;

// Always the boring candidate.
class boring : public heddle::sched::explorer {
 public:
  bool begin_execution() override { return true; }
  std::uint32_t choose(const heddle::sched::choice&) override {
    ++choices;
    return 0;
  }
  heddle::coverage claim() const override { return heddle::coverage::sampled; }
  int choices = 0;
};

template <class Body>
heddle::sched::outcome run(heddle::sched::engine& on, Body body) {
  boring explorer;
  return on.run(heddle::detail::reference(body), explorer);
}

void a_correct_program() {
  heddle::mutex guard;
  heddle::condition_variable changed;
  heddle::var<int> count{0};
  heddle::thread other([&] {
    const heddle::lock_guard lock(guard);
    ++count;
    changed.notify_one();
  });
  {
    heddle::unique_lock lock(guard);
    changed.wait(lock, [&] { return count == 1; });
  }
  other.join();
  heddle::check(heddle::steady_clock::now().time_since_epoch().count() == 0, "a clock of its own");
}

TEST(Engine, RunsOnAfterEveryKindOfExecution) {
  heddle::sched::settings limits;
  limits.steps = 5'000;
  limits.threads = 50;
  heddle::sched::engine engine(limits);
  static heddle::mutex outside;
  const std::vector<std::pair<verdict, void (*)()>> kinds = {
      {verdict::deadlocked,
       [] {
         outside.lock();
         outside.lock();
       }},
      {verdict::deadlocked,
       [] {
         heddle::mutex guard;
         heddle::condition_variable never;
         heddle::unique_lock lock(guard);
         never.wait(lock);
       }},
      {verdict::failed, [] { heddle::check(false, "no"); }},
      {verdict::failed, [] { throw std::runtime_error("no"); }},
      {verdict::failed, [] { heddle::thread leaked([] { heddle::point(); }); }},
      {verdict::failed, [] { std::terminate(); }},
      {verdict::failed, [] { outside.unlock(); }},
      {verdict::failed, [] { std::abort(); }},
      {verdict::failed,
       [] {
         heddle::atomic<int> flag;
         while (flag.load() == 0) {
         }
       }},
      {verdict::blocked, [] { heddle::assume(false); }},
      {verdict::cut,
       [] {
         for (;;) heddle::point();
       }},
      {verdict::cut,
       [] {
         for (;;) heddle::thread([] { heddle::point(); }).detach();
       }},
      {verdict::passed, [] { heddle::this_thread::sleep_for(std::chrono::hours(1)); }},
      {verdict::failed, [] { outside.lock(); }},  // never unlocked; the next one finds it free
  };
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      EXPECT_EQ(run(engine, kinds[i].second).result, kinds[i].first) << i;
      const auto next = run(engine, a_correct_program);
      EXPECT_EQ(next.result, verdict::passed)
          << "after " << i << ": " << (next.failure ? next.failure->message : "");
      EXPECT_FALSE(next.crashed);
      EXPECT_TRUE(next.unfinished.empty());
      EXPECT_EQ(next.threads, 2U);
    }
  }
}

TEST(Engine, RefusesToRunInsideAnExecution) {
  heddle::sched::engine outer{heddle::sched::settings{}};
  const auto result = run(outer, [] {
    heddle::sched::engine inner{heddle::sched::settings{}};
    EXPECT_THROW(run(inner, [] {}), std::logic_error);
  });
  EXPECT_EQ(result.result, verdict::passed);
}

TEST(Engine, ReportsWhoCouldNotFinishAndWhy) {
  heddle::sched::engine engine{heddle::sched::settings{}};
  heddle::location taken;
  const auto result = run(engine, [&] {
    heddle::mutex guard;
    guard.lock(taken = heddle::location::current());
    heddle::thread other([&] { guard.lock(); });
    other.join();
  });
  ASSERT_EQ(result.result, verdict::deadlocked);
  ASSERT_EQ(result.unfinished.size(), 2U);
  EXPECT_EQ(result.unfinished[0].pending.kind, heddle::sched::op_kind::join);
  EXPECT_EQ(result.unfinished[0].owner, 1U);
  EXPECT_EQ(result.unfinished[1].pending.kind, heddle::sched::op_kind::lock);
  EXPECT_EQ(result.unfinished[1].owner, 0U);
  EXPECT_EQ(result.unfinished[1].acquired.line, taken.line);
}

TEST(Engine, RecordsTheIndicesOfTheChoicesTaken) {
  heddle::sched::engine engine{heddle::sched::settings{}};
  run(engine, [] {
    heddle::choose(3);
    heddle::choose(1);  // no choice
    heddle::thread other([] { heddle::point(); });
    heddle::point();
    other.join();
  });
  EXPECT_EQ(engine.choices(), (std::vector<std::uint32_t>{0, 0}));
}

TEST(Engine, AsksNothingWhereThereIsNoChoice) {
  heddle::sched::engine engine{heddle::sched::settings{}};
  boring explorer;
  auto body = [] {
    heddle::atomic<int> count{0};
    for (int i = 0; i < 100; ++i) count.fetch_add(1);
    heddle::thread other([&] { count.fetch_add(1); });
    other.join();
  };
  const auto result = engine.run(heddle::detail::reference(body), explorer);
  EXPECT_EQ(explorer.choices, 0);
  EXPECT_EQ(result.steps, 101U);
}

// Gives an execution up at a given step.
class impatient final : public boring {
 public:
  explicit impatient(int patience) : patience_(patience) {}
  needs wants() const override { return {true, true}; }
  bool permits(const heddle::sched::execution_state&, heddle::sched::thread_id) override {
    ++asked;
    return patience_-- > 0;
  }
  void step(const heddle::sched::event&, const heddle::sched::operation&) override { ++steps; }
  int asked = 0;
  int steps = 0;

 private:
  int patience_;
};

TEST(Engine, RunsAnExecutionThatIsGivenUpOutToItsEnd) {
  heddle::sched::engine engine{heddle::sched::settings{}};
  for (int patience = 0; patience < 6; ++patience) {
    impatient explorer(patience);
    int done = 0;
    auto body = [&] {
      const auto work = [&] {
        for (int i = 0; i < 3; ++i) heddle::point();
        ++done;
      };
      heddle::thread other(work);
      work();
      other.join();
    };
    const auto result = engine.run(heddle::detail::reference(body), explorer);
    EXPECT_EQ(result.result, verdict::redundant);
    EXPECT_EQ(done, 2);
    EXPECT_EQ(result.steps, 6U);
    EXPECT_EQ(explorer.asked, patience + 1);
    EXPECT_EQ(explorer.steps, patience);
  }
}

TEST(Engine, ReportsAFailureMetWhileAnExecutionIsRunOut) {
  heddle::sched::engine engine{heddle::sched::settings{}};
  impatient explorer(0);
  auto body = [] {
    heddle::point();
    heddle::check(false, "real all the same");
  };
  const auto result = engine.run(heddle::detail::reference(body), explorer);
  EXPECT_EQ(result.result, verdict::failed);
}

TEST(Engine, DropsAnExecutionThatIsGivenUpAndCannotEnd) {
  heddle::sched::engine engine{heddle::sched::settings{}};
  impatient explorer(0);
  auto body = [] {
    for (;;) heddle::point();
  };
  const auto result = engine.run(heddle::detail::reference(body), explorer);
  EXPECT_EQ(result.result, verdict::redundant);
}

TEST(Engine, WorksOnSeveralOsThreadsAtOnce) {
  std::vector<heddle::report> reports(4);
  std::vector<std::thread> threads;
  for (auto& into : reports) {
    threads.emplace_back([&into] {
      into = heddle::explore(search::every_execution(), [] {
        heddle::atomic<int> count{0};
        const auto work = [&] {
          for (int i = 0; i < 4; ++i) count.fetch_add(1);
        };
        heddle::thread other(work);
        work();
        other.join();
      });
    });
  }
  for (std::thread& each : threads) each.join();
  for (const auto& each : reports) {
    EXPECT_TRUE(search::clean(each)) << each.text();
    EXPECT_EQ(each.executions, 70);  // 8! / (4! 4!)
  }
}

// Legal C++: all threads have been notified, and none of them waits again.
TEST(Engine, LetsAConditionDieBeforeTheThreadsItWokeGoOn) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    auto changed = std::make_unique<heddle::condition_variable>();
    bool ready = false;
    bool waiting = false;
    heddle::thread other([&] {
      heddle::unique_lock lock(guard);
      waiting = true;
      changed->wait(lock, [&] { return ready; });
    });
    {
      const heddle::lock_guard lock(guard);
      heddle::assume(waiting);
      ready = true;
      changed->notify_all();
      changed.reset();
      heddle::point();
    }
    other.join();
  });
  EXPECT_EQ(seen.failed, 0) << seen.text();
  EXPECT_EQ(seen.deadlocked, 0) << seen.text();
  EXPECT_GT(seen.complete, 0);
}

// What a dropped thread owns is never destroyed: a leak on purpose, of which no sanitizer
// complains.
TEST(Engine, ForgetsWhatDroppedThreadsOwn) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    guard.lock();
    const auto shared = std::make_shared<std::string>(1'000, 'x');
    heddle::thread other([shared, &guard] {
      const std::vector<int> mine(1'000);
      guard.lock();
    });
    heddle::thread never_started([shared = std::make_unique<int>(7)] {});
    guard.lock();
  });
  EXPECT_EQ(seen.deadlocked, seen.executions) << seen.text();
}

}  // namespace
