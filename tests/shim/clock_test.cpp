// SPDX-License-Identifier: MIT
//
// The clocks: virtual, and as the standard's to the compiler.
#include <gtest/gtest.h>

#include <chrono>

#include "shim/counted.hpp"

namespace {

using counted::all;
using namespace std::chrono_literals;

template <class Ours, class Theirs>
constexpr bool agrees() {
  static_assert(std::chrono::is_clock_v<Ours>);
  static_assert(Ours::is_steady == Theirs::is_steady);
  static_assert(std::is_same_v<typename Ours::duration, typename Theirs::duration>);
  static_assert(std::is_same_v<typename Ours::rep, typename Theirs::rep>);
  static_assert(noexcept(Ours::now()) == noexcept(Theirs::now()));
  static_assert(std::is_same_v<decltype(Ours::now()), typename Ours::time_point>);
  return true;
}
static_assert(agrees<heddle::steady_clock, std::chrono::steady_clock>());
static_assert(agrees<heddle::system_clock, std::chrono::system_clock>());
static_assert(std::chrono::is_clock_v<heddle::high_resolution_clock>);
static_assert(std::is_same_v<heddle::chrono::milliseconds, std::chrono::milliseconds>);
static_assert(std::is_same_v<heddle::chrono::steady_clock, heddle::steady_clock>);

TEST(Clock, SystemAndSteadyShowTheSameTime) {
  const auto seen = all([] {
    const auto steady = heddle::steady_clock::now();
    const auto system = heddle::system_clock::now();
    heddle::this_thread::sleep_for(90min);
    heddle::check(heddle::steady_clock::now() - steady == 90min);
    heddle::check(heddle::system_clock::now() - system == 90min);
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

TEST(Clock, StartsOnTheSameDateInEveryExecution) {
  const auto seen = all([] {
    heddle::choose(3);
    const std::time_t date = heddle::system_clock::to_time_t(heddle::system_clock::now());
    heddle::check(date == 946'684'800);  // 1 January 2000
    heddle::check(heddle::system_clock::from_time_t(date) == heddle::system_clock::now());
  });
  EXPECT_EQ(seen.complete, 3) << seen.text();
}

TEST(Clock, DeadlinesOfTheSystemClockAreMetExactly) {
  const auto seen = all([] {
    const auto deadline = heddle::system_clock::now() + 24h;
    heddle::this_thread::sleep_until(deadline);
    heddle::check(heddle::system_clock::now() == deadline);
    heddle::timed_mutex guard;
    guard.lock();
    heddle::thread([&] { heddle::check(!guard.try_lock_until(deadline + 1s)); }).join();
    heddle::check(heddle::system_clock::now() == deadline + 1s);
    guard.unlock();
    heddle::this_thread::sleep_until(heddle::system_clock::time_point{});  // long past
    heddle::check(heddle::system_clock::now() == deadline + 1s);
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

// Hours of virtual time end in milliseconds.
TEST(Clock, SleepsOfHoursTakeNoTime) {
  const auto start = std::chrono::steady_clock::now();
  const auto seen = all([] {
    heddle::mutex guard;
    heddle::condition_variable never;
    for (int day = 0; day < 30; ++day) {
      heddle::this_thread::sleep_for(12h);
      heddle::unique_lock lock(guard);
      heddle::check(never.wait_for(lock, 12h) == heddle::cv_status::timeout);
    }
    heddle::check(heddle::steady_clock::now().time_since_epoch() == 30 * 24h);
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);  // some milliseconds, on a busy machine
}

// Whatever kind of wait it is: the earlier deadline fires first, in every execution.
TEST(Clock, TimeoutsFireInTheOrderOfTheirDeadlines) {
  const auto seen = all([] {
    std::string order;
    heddle::mutex guard;
    heddle::condition_variable never;
    heddle::binary_semaphore none(0);
    heddle::timed_mutex held;
    held.lock();
    heddle::thread first([&] {
      (void)none.try_acquire_for(1s);
      order += '1';
    });
    heddle::thread second([&] {
      heddle::unique_lock lock(guard);
      never.wait_for(lock, 2s);
      order += '2';
    });
    heddle::thread third([&] {
      (void)held.try_lock_for(3s);
      order += '3';
    });
    heddle::thread fourth([&] {
      heddle::this_thread::sleep_for(4s);
      order += '4';
    });
    first.join();
    second.join();
    third.join();
    fourth.join();
    held.unlock();
    heddle::check(order == "1234", order);
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

// The work of one thread is thought to be done in a second. On a loaded machine it is not: a clock
// that advances early shows what the distance in time was hiding.
void trusts_the_clock() {
  heddle::atomic<bool> ready{false};
  heddle::thread worker([&] { ready.store(true); });
  heddle::this_thread::sleep_for(1s);
  heddle::check(ready.load(), "the worker was late");
  worker.join();
}

TEST(Clock, ABodyThatDependsOnADistanceInTimeIsFoundOut) {
  heddle::options how = counted::every_execution();
  how.early_timeouts = 1;
  const auto seen = heddle::explore(how, trusts_the_clock);
  EXPECT_EQ(counted::kind(seen), "order violation") << seen.text();
}

TEST(Clock, ABodyThatWaitsForWhatItNeedsIsNot) {
  heddle::options how = counted::every_execution();
  how.early_timeouts = 1;
  const auto seen = heddle::explore(how, [] {
    heddle::atomic<bool> ready{false};
    heddle::thread worker([&] { ready.store(true); });
    heddle::this_thread::sleep_for(1s);
    worker.join();
    heddle::check(ready.load());
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

}  // namespace
