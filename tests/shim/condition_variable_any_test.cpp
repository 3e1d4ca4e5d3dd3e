// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "shim/both_explorers.hpp"

namespace {

using counted::all;
using counted::kind;
using counted::outcomes_of;
using namespace std::chrono_literals;

static_assert(!std::is_copy_constructible_v<heddle::condition_variable_any>);
static_assert(noexcept(std::declval<heddle::condition_variable_any&>().notify_one()));

TEST(ConditionVariableAny, WorksWithAnyLock) {
  const auto wait_with = [](auto&& make_lock) {
    const auto found = outcomes_of([&] {
      heddle::shared_mutex guard;
      heddle::condition_variable_any changed;
      bool ready = false;
      heddle::thread setter([&] {
        {
          const heddle::lock_guard lock(guard);
          ready = true;
        }
        changed.notify_one();
      });
      {
        auto lock = make_lock(guard);
        changed.wait(lock, [&] { return ready; });
        heddle::check(lock.owns_lock() && ready);
      }
      setter.join();
      return 0;
    });
    EXPECT_EQ(found.report.deadlocked, 0) << found.report.text();
    EXPECT_EQ(found.report.failed, 0) << found.report.text();
  };
  wait_with([](heddle::shared_mutex& on) { return heddle::unique_lock(on); });
  wait_with([](heddle::shared_mutex& on) { return heddle::shared_lock(on); });
}

// A lock that is no class of Heddle's.
TEST(ConditionVariableAny, WorksWithALockOfTheUsers) {
  struct spin {
    heddle::atomic_flag taken;
    void lock() {
      while (taken.test_and_set()) heddle::this_thread::yield();
    }
    void unlock() { taken.clear(); }
  };
  heddle::options how = counted::every_execution();
  how.rereads = 2;
  const auto seen = heddle::explore(how, [] {
    spin guard;
    heddle::condition_variable_any changed;
    bool ready = false;
    heddle::thread setter([&] {
      guard.lock();
      ready = true;
      guard.unlock();
      changed.notify_all();
    });
    guard.lock();
    changed.wait(guard, [&] { return ready; });
    guard.unlock();
    setter.join();
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

TEST(ConditionVariableAny, MissesANotifyWithoutAPredicate) {
  const auto found = outcomes_of([] {
    heddle::mutex guard;
    heddle::condition_variable_any changed;
    heddle::thread notifier([&] { changed.notify_one(); });
    heddle::unique_lock lock(guard);
    changed.wait(lock);
    notifier.join();
    return 0;
  });
  EXPECT_GT(found.report.deadlocked, 0);
  EXPECT_GT(found.report.complete, 0);
}

// A thread that tries the lock between the beginning of the wait and its unlock.
TEST(ConditionVariableAny, GivesItsLockUpWhenItWaits) {
  const auto found = outcomes_of([] {
    heddle::mutex guard;
    heddle::condition_variable_any changed;
    std::string log;
    heddle::thread other([&] {
      log += guard.try_lock() ? 't' : 'f';
      if (log.back() == 't') guard.unlock();
      changed.notify_one();
      log += guard.try_lock() ? 't' : 'f';
      if (log.back() == 't') guard.unlock();
    });
    {
      heddle::unique_lock lock(guard);
      changed.wait_for(lock, 1s);
    }
    other.join();
    return log;
  });
  // The lock may have been had by T0 before, in and after the wait.
  EXPECT_EQ(found.values(), (std::set<std::string>{"ff", "ft", "tf", "tt"}));
}

TEST(ConditionVariableAny, NotifyOneWakesAnyOne) {
  const auto found = outcomes_of([] {
    heddle::mutex guard;
    heddle::condition_variable_any changed;
    int tokens = 0;
    std::string order;
    const auto wait = [&](char name) {
      heddle::unique_lock lock(guard);
      changed.wait(lock, [&] { return tokens > 0; });
      --tokens;
      order += name;
    };
    heddle::thread a([&] { wait('a'); });
    heddle::thread b([&] { wait('b'); });
    for (int i = 0; i < 2; ++i) {
      {
        const heddle::lock_guard lock(guard);
        ++tokens;
      }
      changed.notify_one();
    }
    a.join();
    b.join();
    return order;
  });
  EXPECT_EQ(found.values(), (std::set<std::string>{"ab", "ba"}));
}

TEST(ConditionVariableAny, TimesOutInVirtualTime) {
  EXPECT_TRUE(all([] {
                heddle::recursive_mutex guard;
                heddle::condition_variable_any never;
                heddle::unique_lock lock(guard);
                heddle::check(never.wait_for(lock, 1h) == heddle::cv_status::timeout);
                heddle::check(!never.wait_for(lock, 1h, [] { return false; }));
                const auto now = heddle::steady_clock::now();
                heddle::check(never.wait_until(lock, now) == heddle::cv_status::timeout);
                heddle::check(never.wait_until(lock, now + 1h, [] { return true; }));
                heddle::check(now.time_since_epoch() == 2h && lock.owns_lock());
              }).passed());
}

TEST(ConditionVariableAny, DestroyedUnderAWaiterIsMisuse) {
  heddle::options how = counted::every_execution();
  how.stop_at_first_failure = true;
  const auto body = [](bool waits) {
    return [waits] {
      heddle::mutex guard;
      auto changed = std::make_unique<heddle::condition_variable_any>();
      heddle::thread waiting([&] {
        heddle::unique_lock lock(guard);
        if (waits) changed->wait(lock);
      });
      heddle::this_thread::sleep_for(1s);
      changed.reset();
      waiting.join();
    };
  };
  EXPECT_EQ(kind(heddle::explore(how, body(true))), "misuse");
  EXPECT_EQ(kind(heddle::explore(how, body(false))), "none");
}

// --- with a stop token ---
TEST(ConditionVariableAny, AStopEndsItsWait) {
  const auto found = outcomes_of([] {
    heddle::mutex guard;
    heddle::condition_variable_any changed;
    heddle::stop_source source;
    heddle::thread stopper([&] { source.request_stop(); });
    heddle::unique_lock lock(guard);
    const bool result = changed.wait(lock, source.get_token(), [] { return false; });
    heddle::check(lock.owns_lock());
    lock.unlock();
    stopper.join();
    return result;
  });
  EXPECT_EQ(found.values(), (std::set<bool>{false}));
  EXPECT_EQ(found.report.deadlocked, 0) << found.report.text();
}

TEST(ConditionVariableAny, AStopableWaitReturnsWhatThePredicateSays) {
  const auto found = outcomes_of([] {
    heddle::mutex guard;
    heddle::condition_variable_any changed;
    heddle::stop_source source;
    bool ready = false;
    heddle::thread setter([&] {
      {
        const heddle::lock_guard lock(guard);
        ready = true;
      }
      changed.notify_one();
    });
    heddle::thread stopper([&] { source.request_stop(); });
    heddle::unique_lock lock(guard);
    const bool result = changed.wait(lock, source.get_token(), [&] { return ready; });
    heddle::check(result == ready);
    lock.unlock();
    setter.join();
    stopper.join();
    return result;
  });
  EXPECT_EQ(found.values(), (std::set<bool>{false, true}));
  EXPECT_EQ(found.report.deadlocked, 0);
}

TEST(ConditionVariableAny, AStopableTimedWaitEndsInThreeWays) {
  EXPECT_TRUE(all([] {
                heddle::mutex guard;
                heddle::condition_variable_any never;
                heddle::stop_source source;
                heddle::unique_lock lock(guard);
                const auto no = [] { return false; };
                heddle::check(!never.wait_for(lock, source.get_token(), 1h, no));
                const auto now = heddle::steady_clock::now();
                heddle::check(now.time_since_epoch() == 1h);
                heddle::check(!never.wait_until(lock, source.get_token(), now + 1h, no));
                source.request_stop();
                heddle::check(!never.wait_for(lock, source.get_token(), 1h, no));
                heddle::check(never.wait_for(lock, source.get_token(), 1h, [] { return true; }));
                heddle::check(heddle::steady_clock::now() == now + 1h);
              }).passed());
}

// --- at the end of a thread ---
TEST(NotifyAllAtThreadExit, ComesAfterTheDestructors) {
  const auto found = outcomes_of([] {
    heddle::mutex guard;
    heddle::condition_variable changed;
    bool ready = false;
    int state = 0;
    struct ends {
      int* at = nullptr;
      ~ends() {
        if (at != nullptr) *at = 2;
      }
    };
    heddle::thread_specific<ends> local;
    heddle::thread worker([&] {
      local->at = &state;
      heddle::unique_lock lock(guard);
      ready = true;
      state = 1;
      heddle::notify_all_at_thread_exit(changed, std::move(lock));
    });
    int seen = 0;
    {
      heddle::unique_lock lock(guard);
      changed.wait(lock, [&] { return ready; });
      seen = state;
    }
    worker.join();
    return seen;
  });
  EXPECT_EQ(found.values(), (std::set<int>{2}));
  EXPECT_EQ(found.report.deadlocked, 0);
}

TEST(NotifyAllAtThreadExit, WithoutTheLockIsMisuse) {
  EXPECT_EQ(kind(all([] {
              heddle::mutex guard;
              heddle::condition_variable changed;
              heddle::notify_all_at_thread_exit(changed,
                                                heddle::unique_lock(guard, heddle::defer_lock));
            })),
            "misuse");
}

}  // namespace
