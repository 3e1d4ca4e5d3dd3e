// SPDX-License-Identifier: MIT
// The same program twice: under control, which enumerates its results, and on threads of the
// standard library, which must show no other. What was tested is what ships.
#include <cstdlib>
#include <string>
#include <utility>

#include <heddle/shim/threading/real.hpp>

#include "every_execution.hpp"

namespace {

using namespace heddle::threading;
using namespace std::chrono_literals;
using under_control = toolkit<controlled>;
using shipped = toolkit<real>;

// `expected`: so that an enumeration that finds too little is noticed.
template <class Result>
void same_on_both(Result (*controlled_body)(), Result (*real_body)(),
                  const std::set<Result>& expected) {
  EXPECT_EQ(worked::results(controlled_body), expected);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(expected.contains(real_body()));
}

template <class Tools>
int most_inside() {
  typename Tools::semaphore two(2);
  typename Tools::lock count_lock;
  int inside = 0;
  int most = 0;
  const auto work = [&] {
    guard permit(two);
    {
      guard hold(count_lock);
      most = std::max(most, ++inside);
    }
    guard hold(count_lock);
    --inside;
  };
  typename Tools::thread a(work);
  typename Tools::thread b(work);
  typename Tools::thread c(work);
  for (auto* each : {&a, &b, &c}) each->start();
  for (auto* each : {&a, &b, &c}) each->join();
  return most;
}

TEST(OnBoth, ASemaphoreLimits) {
  same_on_both<int>(&most_inside<under_control>, &most_inside<shipped>, {1, 2});
}

template <class Tools>
std::string order_of_items() {
  typename Tools::template queue<char> line(1);
  typename Tools::thread producer([&] {
    line.put('1');
    line.put('2');
  });
  typename Tools::thread other([&] { line.put('a'); });
  producer.start();
  other.start();
  std::string order;
  for (int i = 0; i < 3; ++i) order += line.get();
  producer.join();
  other.join();
  return order;
}

TEST(OnBoth, AQueueKeepsEachProducersOrder) {
  same_on_both<std::string>(&order_of_items<under_control>, &order_of_items<shipped>,
                            {"12a", "1a2", "a12"});
}

template <class Tools>
std::pair<int, int> places_at_a_barrier() {
  int actions = 0;
  typename Tools::barrier meeting(2, [&] { ++actions; });
  int other_place = 0;
  typename Tools::thread other([&] { other_place = meeting.wait(); });
  other.start();
  const int place = meeting.wait();
  other.join();
  return {place + 2 * other_place, actions};
}

TEST(OnBoth, ABarrierNumbersItsParties) {
  same_on_both<std::pair<int, int>>(&places_at_a_barrier<under_control>,
                                    &places_at_a_barrier<shipped>, {{1, 1}, {2, 1}});
}

template <class Tools>
bool timer_against_cancel() {
  typename Tools::event fired;
  typename Tools::timer soon(1ms, [&] { fired.set(); });
  soon.start();
  Tools::sleep(1ms);
  soon.cancel();
  soon.join();
  return fired.is_set();
}

TEST(OnBoth, ATimerFiresOrNot) {
  same_on_both<bool>(&timer_against_cancel<under_control>, &timer_against_cancel<shipped>,
                     {false, true});
}

template <class Tools>
std::string woken_first() {
  typename Tools::condition changed;
  int tokens = 0;
  std::string order;
  const auto take = [&](char name) {
    guard hold(changed);
    while (tokens == 0) changed.wait();
    --tokens;
    order += name;
  };
  typename Tools::thread a(take, 'a');
  typename Tools::thread b(take, 'b');
  a.start();
  b.start();
  for (int i = 0; i < 2; ++i) {
    guard hold(changed);
    ++tokens;
    changed.notify();
  }
  a.join();
  b.join();
  return order;
}

TEST(OnBoth, WhichWaiterIsWokenIsNotKnown) {
  same_on_both<std::string>(&woken_first<under_control>, &woken_first<shipped>, {"ab", "ba"});
}

template <class Tools>
bool cancelled_task() {
  bool ran = false;
  bool cancelled = false;
  {
    typename Tools::thread_pool pool(1);
    auto task = pool.submit([&] { ran = true; });
    cancelled = task.cancel();
  }
  if (ran == cancelled) throw std::logic_error("cancelled and run, or neither");
  return cancelled;
}

TEST(OnBoth, ATaskIsCancelledOrRuns) {
  same_on_both<bool>(&cancelled_task<under_control>, &cancelled_task<shipped>, {false, true});
}

template <class Tools>
int recursion() {
  typename Tools::reentrant_lock door;
  int depth = 0;
  const auto dive = [&](auto&& again, int levels) -> void {
    guard hold(door);
    ++depth;
    if (levels > 1) again(again, levels - 1);
  };
  typename Tools::thread other([&] { dive(dive, 2); });
  other.start();
  dive(dive, 3);
  other.join();
  return depth;
}

TEST(OnBoth, RecursionUnderAReentrantLock) {
  same_on_both<int>(&recursion<under_control>, &recursion<shipped>, {5});
}

template <class Tools>
int latch_of_workers() {
  typename Tools::countdown_latch ready(2);
  typename Tools::counter done;
  const auto work = [&] {
    done.increment();
    ready.count_down();
  };
  typename Tools::thread a(work);
  typename Tools::thread b(work);
  a.start();
  b.start();
  ready.wait();
  const auto seen = static_cast<int>(done.value());
  a.join();
  b.join();
  return seen;
}

TEST(OnBoth, ALatchOpensAfterTheLastOne) {
  same_on_both<int>(&latch_of_workers<under_control>, &latch_of_workers<shipped>, {2});
}

// programs/real_toolkit.cpp: the macro instead of the template parameter.
TEST(OnBoth, AProgramIsShippedWithAMacro) {
  EXPECT_EQ(std::system(HEDDLE_PROGRAM_DIR "/program_real_toolkit > /dev/null"), 0);
}

}  // namespace
