// SPDX-License-Identifier: MIT
#include "bugs.hpp"

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include <heddle/heddle.hpp>

namespace bugs {

void data_race() {
  heddle::var<int> balance{100};
  heddle::name(balance, "balance");
  heddle::thread writer(heddle::named("writer"), [&] { balance.store(50); });
  heddle::thread reader(heddle::named("reader"), [&] { (void)balance.load(); });
  writer.join();
  reader.join();
}

void deadlock_cycle() {
  heddle::mutex left;
  heddle::mutex right;
  heddle::name(left, "left");
  heddle::name(right, "right");
  heddle::thread one([&] {
    heddle::lock_guard first(left);
    heddle::lock_guard second(right);
  });
  heddle::thread two([&] {
    heddle::lock_guard first(right);
    heddle::lock_guard second(left);
  });
  one.join();
  two.join();
}

void self_deadlock() {
  heddle::mutex guard;
  heddle::name(guard, "guard");
  heddle::lock_guard outer(guard);
  heddle::lock_guard inner(guard);
}

void never_notified() {
  heddle::mutex guard;
  heddle::condition_variable ready;
  heddle::name(guard, "guard");
  heddle::name(ready, "ready");
  heddle::thread waiter(heddle::named("waiter"), [&] {
    heddle::unique_lock lock(guard);
    ready.wait(lock);
  });
  waiter.join();
}

void missed_notification() {
  heddle::mutex guard;
  heddle::condition_variable ready;
  heddle::name(guard, "guard");
  heddle::name(ready, "ready");
  heddle::thread waiter(heddle::named("waiter"), [&] {
    heddle::unique_lock lock(guard);
    ready.wait(lock);
  });
  ready.notify_one();
  waiter.join();
}

void livelock() {
  heddle::atomic<bool> stop{false};
  heddle::name(stop, "stop");
  heddle::thread spinner(heddle::named("spinner"), [&] {
    while (!stop.load()) heddle::this_thread::yield();
  });
  spinner.join();
  stop.store(true);
}

void failed_check() {
  heddle::atomic<int> balance{0};
  heddle::name(balance, "balance");
  const auto deposit = [&] {
    const int read = balance.load();
    heddle::note("about to write");
    balance.store(read + 1);
  };
  heddle::thread one(heddle::named("one"), deposit);
  heddle::thread two(heddle::named("two"), deposit);
  one.join();
  two.join();
  std::puts("printed by the body\nin two lines");
  heddle::check(balance.load() == 2, "an update was lost");
}

void uncaught_exception() {
  heddle::atomic<int> shared{0};
  heddle::name(shared, "shared");
  heddle::thread thrower([&] {
    if (shared.exchange(1) == 0) throw std::runtime_error("nobody catches this");
  });
  thrower.join();
}

void misuse() {
  heddle::mutex guard;
  heddle::name(guard, "guard");
  guard.lock();
  heddle::thread thief(heddle::named("thief"), [&] { guard.unlock(); });
  thief.join();
}

void leak() {
  heddle::atomic<int> shared{0};
  heddle::name(shared, "shared");
  heddle::thread forgotten(heddle::named("forgotten"), [&] { shared.store(1); });
}

void endless() {
  heddle::atomic<int> count{0};
  heddle::name(count, "count");
  for (;;) count.fetch_add(1);
}

void crash() {
  heddle::atomic<int> shared{0};
  heddle::name(shared, "shared");
  heddle::thread victim(heddle::named("victim"), [&] {
    shared.store(1);
    std::abort();
  });
  victim.join();
}

void no_bug() {
  heddle::atomic<int> shared{0};
  heddle::thread one([&] { shared.fetch_add(1); });
  heddle::thread two([&] { shared.fetch_add(1); });
  one.join();
  two.join();
  heddle::check(shared.load() == 2);
}

}  // namespace bugs
