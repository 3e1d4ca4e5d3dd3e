// SPDX-License-Identifier: MIT
#include "threading/explored.hpp"

namespace {

using namespace explored;  // NOLINT(google-build-using-namespace)

TEST(Rule22, AtMostNAreInside) {
  passes_reduced([] {
    th::semaphore gate(2);
    th::counter inside;
    std::vector<std::unique_ptr<th::thread>> threads;
    for (int i = 0; i < 3; ++i) {
      threads.push_back(std::make_unique<th::thread>([&] {
        th::guard hold(gate);
        heddle::check(inside.increment() <= 2);
        inside.decrement();
      }));
    }
    for (auto& each : threads) each->start();
    for (auto& each : threads) each->join();
    heddle::check(gate.value() == 2);
  });
}

TEST(Rule22, OnePermitByDefaultAndEveryForm) {
  EXPECT_EQ(results(
                [] {
                  th::semaphore gate;
                  heddle::check(gate.try_acquire() && !gate.try_acquire());
                  th::thread other([&] { gate.release(); });
                  other.start();
                  const bool got = gate.acquire_for(1s);
                  other.join();
                  return got;
                },
                1),
            (std::set<bool>{false, true}));
}

TEST(Rule22, APlainOneMayRiseABoundedOneMayNot) {
  always_passes([] {
    th::semaphore plain(1);
    plain.release(2);
    heddle::check(plain.value() == 3);
    th::bounded_semaphore bounded(2);
    heddle::check(is_refused([&] { bounded.release(); }));
    bounded.acquire();
    heddle::check(is_refused([&] { bounded.release(2); }) && bounded.value() == 1);
    bounded.release();
    heddle::check(is_refused([&] { bounded.release(0); }));
    heddle::check(is_refused([] { th::semaphore negative(-1); }));
  });
}

// With one permit the order of two sections is the only choice, and two release orders commute.
TEST(Rule22, CountsOfReducedSearch) {
  const auto classes = [](int permits) {
    return heddle::explore(by("dpor"),
                           [permits] {
                             th::semaphore gate(permits);
                             const auto work = [&] { th::guard hold(gate); };
                             th::thread a(work);
                             th::thread b(work);
                             a.start();
                             b.start();
                             a.join();
                             b.join();
                           })
        .complete;
  };
  EXPECT_EQ(classes(1), 2);
}

TEST(Rule23, SetWakesThoseWhoWaitEvenIfClearFollows) {
  EXPECT_EQ(results(
                [] {
                  th::event ready;
                  bool woken = false;
                  th::thread waiter([&] { woken = ready.wait_for(1h); });
                  waiter.start();
                  ready.set();
                  ready.clear();
                  waiter.join();
                  heddle::check(!ready.is_set());
                  return woken;
                },
                0),
            (std::set<bool>{false, true}));
}

TEST(Rule23, NotSetAtFirstAndForAllAtOnce) {
  always_passes([] {
    th::event ready;
    heddle::check(!ready.is_set());
    th::counter passed;
    const auto work = [&] {
      ready.wait();
      passed.increment();
    };
    th::thread a(work);
    th::thread b(work);
    a.start();
    b.start();
    ready.set();
    a.join();
    b.join();
    heddle::check(passed.value() == 2 && ready.is_set());
    ready.wait();
    ready.set();
    ready.clear();
    heddle::check(!ready.is_set() && !ready.wait_for(1ms));
  });
}

// The waiter begins to wait before or after the set; after set and clear it waits for ever.
TEST(Rule23, AWaitAfterTheClearIsStuck) {
  const auto of = heddle::explore(by("dfs"), [] {
    th::event ready;
    th::thread waiter([&] { ready.wait(); });
    waiter.start();
    ready.set();
    ready.clear();
    waiter.join();
  });
  EXPECT_GT(of.complete, 0);
  EXPECT_GT(of.deadlocked, 0);
}

TEST(Rule24, CancelAgainstFireHasTwoOutcomes) {
  EXPECT_EQ(results(
                [] {
                  int fired = 0;
                  th::timer alarm(
                      5s, [&](int by) { fired += by; }, 1);
                  alarm.start();
                  th::sleep(5s);
                  alarm.cancel();
                  alarm.join();
                  heddle::check(!alarm.is_alive());
                  return fired;
                },
                0),
            (std::set<int>{0, 1}));
}

TEST(Rule24, CancelledInTimeItNeverFiresAndLaterItHasFired) {
  always_passes([] {
    int fired = 0;
    th::timer early(10s, [&] { fired += 1; });
    early.start();
    early.cancel();
    early.join();
    heddle::check(fired == 0);
    th::timer late(10s, [&] { fired += 10; });
    late.start();
    late.join();
    late.cancel();
    late.cancel();
    heddle::check(fired == 10 && late.join_for(0s));
  });
}

TEST(Rule31, SleepBlocksAtLeastAsLongAsAsked) {
  always_passes(
      [] {
        const auto before = heddle::steady_clock::now();
        th::sleep(1h);
        heddle::check(heddle::steady_clock::now() - before >= 1h);
      },
      1);
}

TEST(Rule31, SleepersWakeInTheOrderOfTheirDeadlines) {
  EXPECT_EQ(results([] {
              std::string order;
              th::thread slow([&] {
                th::sleep(2h);
                order += 's';
              });
              th::thread fast([&] {
                th::sleep(1h);
                order += 'f';
              });
              slow.start();
              fast.start();
              slow.join();
              fast.join();
              return order;
            }),
            (std::set<std::string>{"fs"}));
}

}  // namespace
