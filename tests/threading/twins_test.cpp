// SPDX-License-Identifier: MIT
//
// One body, on the controlled backend and on real threads: what real threads do is among what the
// exploration enumerates.
#include <heddle/shim/threading/real.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "threading/explored.hpp"

namespace {

using namespace explored;  // NOLINT(google-build-using-namespace)
using controlled = th::toolkit<th::controlled>;
using real = th::toolkit<th::real>;

template <class Result>
void expect_subset(Result (*controlled_body)(), Result (*real_body)(), int runs = 300) {
  heddle::options how = by("dfs", 1);
  how.early_timeouts = 2;
  how.explorer = "auto";
  how.executions = 20'000;
  const auto all = heddle::outcomes(how, controlled_body);
  EXPECT_TRUE(all.report.passed()) << all.report.text();
  for (int i = 0; i < runs; ++i) {
    const Result seen = real_body();
    EXPECT_TRUE(all.contains(seen)) << "real threads gave a result that was not enumerated";
    if (::testing::Test::HasFailure()) return;
  }
}
#define HEDDLE_TWINS(body) expect_subset(body<controlled>, body<real>)

// Runs every function on a thread of its own and waits for them.
template <class Tools, class... Functions>
void together(Functions... functions) {
  std::vector<std::unique_ptr<typename Tools::thread>> threads;
  (threads.push_back(std::make_unique<typename Tools::thread>(functions)), ...);
  for (auto& each : threads) each->start();
  for (auto& each : threads) each->join();
}

template <class Tools>
std::string locks() {
  typename Tools::lock gate;
  std::string order;
  together<Tools>(
      [&] {
        th::guard hold(gate);
        order += 'a';
      },
      [&] {
        if (!gate.try_acquire()) return;
        order += 'b';
        gate.release();
      },
      [&] {
        th::guard hold(gate);
        order += 'c';
      });
  return order;
}

template <class Tools>
std::string reentrant_locks() {
  typename Tools::reentrant_lock gate;
  std::string order;
  const auto work = [&](char name) {
    return [&order, &gate, name] {
      th::guard one(gate);
      order += name;
      th::guard two(gate);
      order += name;
    };
  };
  together<Tools>(work('a'), work('b'), work('c'));
  return order;
}

template <class Tools>
std::string conditions() {
  typename Tools::condition ready;
  int items = 0;
  std::string order;
  const auto take = [&](char name) {
    return [&, name] {
      th::guard hold(ready);
      if (!ready.wait_for(50us, [&] { return items > 0; })) return;
      --items;
      order += name;
    };
  };
  together<Tools>(take('a'), take('b'), [&] {
    th::guard hold(ready);
    ++items;
    ready.notify();
  });
  return order;
}

template <class Tools>
int semaphores() {
  typename Tools::semaphore gate(1);
  int got = 0;
  together<Tools>([&] { got += gate.try_acquire(); }, [&] { gate.release(); },
                  [&] { gate.acquire(); });
  return 10 * got + gate.value();
}

template <class Tools>
std::pair<bool, bool> events() {
  typename Tools::event ready;
  bool woken = false;
  bool seen = false;
  together<Tools>([&] { woken = ready.wait_for(100us); },
                  [&] {
                    ready.set();
                    ready.clear();
                  },
                  [&] { seen = ready.is_set(); });
  return {woken, seen};
}

template <class Tools>
bool timers() {
  bool fired = false;
  typename Tools::timer alarm(50us, [&] { fired = true; });
  alarm.start();
  Tools::sleep(50us);
  alarm.cancel();
  alarm.join();
  return fired;
}

template <class Tools>
std::pair<int, int> barriers() {
  typename Tools::barrier gate(2);
  int sum = 0;
  int broken = 0;
  typename Tools::lock guard;
  const auto party = [&] {
    try {
      const int number = gate.wait_for(80us);
      th::guard hold(guard);
      sum += 1 + number;
    } catch (const th::broken_barrier_error&) {
      th::guard hold(guard);
      ++broken;
    }
  };
  together<Tools>(party, party);
  return {sum, broken};
}

template <class Tools>
int latches() {
  typename Tools::countdown_latch gate(2);
  int seen = -1;
  together<Tools>([&] { gate.count_down(); }, [&] { gate.count_down(); },
                  [&] { seen = gate.count(); }, [&] { gate.wait(); });
  return seen;
}

template <class Tools>
std::int64_t counters() {
  typename Tools::counter hits;
  std::int64_t seen = 0;
  together<Tools>([&] { hits.increment(2); }, [&] { hits.decrement(); },
                  [&] { seen = hits.value(); });
  return 100 * hits.value() + seen;
}

template <class Tools>
std::string queues() {
  typename Tools::template queue<char> items(1);
  std::string got;
  together<Tools>([&] { items.put('a'); },
                  [&] {
                    if (!items.try_put('b')) items.put('c');
                  },
                  [&] {
                    got += items.get();
                    got += items.get();
                  });
  return got;
}

template <class Tools>
int pools() {
  typename Tools::thread_pool pool(2);
  auto first = pool.submit([] { return 1; });
  auto second = pool.submit([](int of) { return of; }, 20);
  const bool cancelled = second.cancel();
  return first.result() + (cancelled ? 300 : second.result());
}

template <class Tools>
int threads() {
  typename Tools::thread worker([] {});
  worker.start();
  const int alive = worker.is_alive() ? 1 : 0;
  const int count = Tools::active_count();
  worker.join();
  return 10 * alive + count;
}

TEST(Twins, Locks) { HEDDLE_TWINS(locks); }
TEST(Twins, ReentrantLocks) { HEDDLE_TWINS(reentrant_locks); }
TEST(Twins, Conditions) { HEDDLE_TWINS(conditions); }
TEST(Twins, Semaphores) { HEDDLE_TWINS(semaphores); }
TEST(Twins, Events) { HEDDLE_TWINS(events); }
TEST(Twins, Timers) { HEDDLE_TWINS(timers); }
TEST(Twins, Barriers) { HEDDLE_TWINS(barriers); }
TEST(Twins, Latches) { HEDDLE_TWINS(latches); }
TEST(Twins, Counters) { HEDDLE_TWINS(counters); }
TEST(Twins, Queues) { HEDDLE_TWINS(queues); }
TEST(Twins, Pools) { HEDDLE_TWINS(pools); }
TEST(Twins, Threads) { HEDDLE_TWINS(threads); }

// On real threads a thread that was not joined is waited for by the one that joins it later, a
// subclass runs, exceptions reach the hook.
TEST(Twins, TheRealBackendKeepsTheRules) {
  struct own : real::thread {
    void run() override { ran = true; }
    bool ran = false;
  };
  own worker;
  worker.start();
  worker.join();
  EXPECT_TRUE(worker.ran);
  EXPECT_THROW(worker.start(), th::usage_error);
  std::string told;
  real::set_exception_hook([&](const auto& what) { told = what.message; });
  real::thread thrower([] { throw std::runtime_error("told"); });
  thrower.start();
  thrower.join();
  real::set_exception_hook(nullptr);
  EXPECT_EQ(told, "told");
  real::reentrant_lock mine;
  EXPECT_THROW(mine.release(), th::usage_error);
  real::bounded_semaphore full(1);
  EXPECT_THROW(full.release(), th::usage_error);
}

}  // namespace
