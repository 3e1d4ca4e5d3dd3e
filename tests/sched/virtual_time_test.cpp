// SPDX-License-Identifier: MIT
//
// The clock stands still while anyone can run, and then jumps.
#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>

#include "search.hpp"

namespace {

using namespace std::chrono_literals;

heddle::options early_timeouts(int most) {
  heddle::options how = search::every_execution();
  how.early_timeouts = most;
  return how;
}

TEST(VirtualTime, StartsAtZeroInEveryExecution) {
  std::set<std::int64_t> starts;
  heddle::explore(search::every_execution(), [&] {
    starts.insert(heddle::steady_clock::now().time_since_epoch().count());
    heddle::this_thread::sleep_for(5s);
    heddle::choose(3);
  });
  EXPECT_EQ(starts, std::set<std::int64_t>{0});
}

TEST(VirtualTime, JumpsToTheDeadlineOfASleep) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    const auto before = heddle::steady_clock::now();
    heddle::this_thread::sleep_for(1500ms);
    heddle::check(heddle::steady_clock::now() - before == 1500ms, "exactly");
    heddle::this_thread::sleep_until(before + 2s);
    heddle::check(heddle::steady_clock::now() - before == 2s, "exactly");
    heddle::this_thread::sleep_until(before);  // long past
    heddle::this_thread::sleep_for(-1s);
    heddle::check(heddle::steady_clock::now() - before == 2s, "no way back");
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(VirtualTime, AThousandSleepsOfAnHourTakeNoTime) {
  const auto started = std::chrono::steady_clock::now();
  const auto seen = heddle::explore(search::every_execution(), [] {
    for (int i = 0; i < 1'000; ++i) heddle::this_thread::sleep_for(1h);
    heddle::check(heddle::steady_clock::now().time_since_epoch() == 1'000h, "all were slept");
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_LT(std::chrono::steady_clock::now() - started, 5s);
}

TEST(VirtualTime, WakesSleepersInTheOrderOfTheirDeadlines) {
  std::set<std::string> orders;
  const auto seen = heddle::explore(early_timeouts(0), [&] {
    std::string order;
    const auto sleeper = [&](char name, std::chrono::milliseconds time) {
      return heddle::thread([&order, name, time] {
        heddle::this_thread::sleep_for(time);
        order += name;
      });
    };
    heddle::thread c = sleeper('c', 30ms);
    heddle::thread a = sleeper('a', 10ms);
    heddle::thread b = sleeper('b', 20ms);
    c.join();
    a.join();
    b.join();
    orders.insert(order);
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(orders, std::set<std::string>{"abc"});
}

TEST(VirtualTime, LetsSleepersOfOneDeadlineGoInAnyOrder) {
  std::set<std::string> orders;
  const auto seen = heddle::explore(early_timeouts(0), [&] {
    std::string order;
    const auto sleeper = [&](char name) {
      return heddle::thread([&order, name] {
        heddle::this_thread::sleep_for(10ms);
        order += name;
      });
    };
    heddle::thread a = sleeper('a');
    heddle::thread b = sleeper('b');
    a.join();
    b.join();
    orders.insert(order);
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
  EXPECT_EQ(orders, (std::set<std::string>{"ab", "ba"}));
}

// Work goes before a sleep is over, unless the machine is so slow that it is not.
TEST(VirtualTime, AdvancesEarlyOnlyAsOftenAsAllowed) {
  for (int most = 0; most < 4; ++most) {
    std::set<int> early;
    heddle::options how = early_timeouts(most);
    how.rereads = 10;  // or the sleeper's third look at the same value would wait for another
    const auto seen = heddle::explore(how, [&] {
      heddle::atomic<int> work{0};
      int wakes = 0;
      heddle::thread sleeper([&] {
        for (int i = 0; i < 3; ++i) {
          heddle::this_thread::sleep_for(1s);
          if (work.load() < 1) ++wakes;
        }
      });
      heddle::point();
      work.store(1);
      sleeper.join();
      early.insert(wakes);
    });
    EXPECT_TRUE(search::clean(seen)) << seen.text();
    EXPECT_EQ(*early.begin(), 0);
    EXPECT_EQ(*early.rbegin(), std::min(most, 3));
  }
}

TEST(VirtualTime, AWaitTimesOutOrIsNotified) {
  for (const int most : {0, 1}) {
    std::set<heddle::cv_status> results;
    const auto seen = heddle::explore(early_timeouts(most), [&] {
      heddle::mutex guard;
      heddle::condition_variable changed;
      heddle::thread notifier([&] { changed.notify_one(); });
      heddle::unique_lock lock(guard);
      results.insert(changed.wait_for(lock, 1s));
      heddle::check(lock.owns_lock(), "it has the mutex back");
      lock.unlock();
      notifier.join();
    });
    EXPECT_TRUE(search::clean(seen)) << seen.text();
    // The notify may also come before the wait: that times out even if no clock is early.
    EXPECT_EQ(results, (std::set{heddle::cv_status::no_timeout, heddle::cv_status::timeout}));
  }
}

// The notifier holds the mutex until the waiter waits: only an early clock lets it time out.
TEST(VirtualTime, AnEarlyClockLetsAWaitTimeOutThatWouldBeNotified) {
  for (const int most : {0, 1}) {
    std::set<bool> results;
    const auto seen = heddle::explore(early_timeouts(most), [&] {
      heddle::mutex guard;
      heddle::condition_variable changed;
      bool ready = false;
      heddle::unique_lock lock(guard);
      heddle::thread notifier([&] {
        heddle::unique_lock mine(guard);
        mine.unlock();
        mine.lock();
        ready = true;
        changed.notify_one();
      });
      results.insert(changed.wait_for(lock, 1s, [&] { return ready; }));
      lock.unlock();
      notifier.join();
    });
    EXPECT_TRUE(search::clean(seen)) << seen.text();
    EXPECT_EQ(results, most == 0 ? std::set{true} : (std::set{false, true}));
  }
}

TEST(VirtualTime, AWaitThatNobodyNotifiesTimesOutAtItsDeadline) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::condition_variable changed;
    heddle::unique_lock lock(guard);
    const auto before = heddle::steady_clock::now();
    heddle::check(changed.wait_for(lock, 3s) == heddle::cv_status::timeout, "nobody notifies");
    heddle::check(heddle::steady_clock::now() == before + 3s, "not a moment later");
    heddle::check(!changed.wait_until(lock, before + 7s, [] { return false; }), "nor here");
    heddle::check(heddle::steady_clock::now() == before + 7s, "not a moment later");
    heddle::check(changed.wait_for(lock, -1s) == heddle::cv_status::timeout, "long past");
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

TEST(VirtualTime, ASleepWithoutEndIsADeadlock) {
  const auto seen = heddle::explore(
      search::every_execution(), [] { heddle::this_thread::sleep_for(std::chrono::hours::max()); });
  EXPECT_EQ(seen.deadlocked, 1) << seen.text();
}

TEST(VirtualTime, AWaitWithoutEndIsStillNotified) {
  const auto seen = heddle::explore(search::every_execution(), [] {
    heddle::mutex guard;
    heddle::condition_variable changed;
    bool ready = false;
    heddle::thread notifier([&] {
      const heddle::lock_guard lock(guard);
      ready = true;
      changed.notify_one();
    });
    heddle::unique_lock lock(guard);
    heddle::check(changed.wait_for(lock, std::chrono::hours::max(), [&] { return ready; }),
                  "ready");
    lock.unlock();
    notifier.join();
  });
  EXPECT_TRUE(search::clean(seen)) << seen.text();
}

}  // namespace
