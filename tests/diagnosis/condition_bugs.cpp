// SPDX-License-Identifier: MIT
#include "corpus.hpp"

namespace corpus {

namespace {

using heddle::condition_variable;
using heddle::lock_guard;
using heddle::mutex;
using heddle::unique_lock;

void flag_without_the_mutex() {
  mutex guard;
  condition_variable changed;
  heddle::atomic<bool> ready{false};
  heddle::thread waiter([&] {
    unique_lock lock(guard);
    while (!ready.load()) changed.wait(lock);
  });
  ready.store(true);
  changed.notify_one();
  waiter.join();
}

void stop_without_the_mutex() {  // a pool that does not stop
  mutex guard;
  condition_variable changed;
  heddle::atomic<bool> stop{false};
  const auto work = [&] {
    unique_lock lock(guard);
    while (!stop.load()) changed.wait(lock);
  };
  heddle::thread one(work);
  heddle::thread two(work);
  stop.store(true);
  changed.notify_all();
  one.join();
  two.join();
}

void no_predicate() {
  mutex guard;
  condition_variable ready;
  heddle::thread waiter([&] {
    unique_lock lock(guard);
    ready.wait(lock);
  });
  {
    lock_guard lock(guard);
    ready.notify_one();
  }
  waiter.join();
}

void no_predicate_notify_all() {
  mutex guard;
  condition_variable ready;
  const auto wait = [&] {
    unique_lock lock(guard);
    ready.wait(lock);
  };
  heddle::thread one(wait);
  heddle::thread two(wait);
  ready.notify_all();
  one.join();
  two.join();
}

void ping_without_a_flag() {
  mutex guard;
  condition_variable ping;
  condition_variable pong;
  heddle::thread other([&] {
    unique_lock lock(guard);
    pong.notify_one();
    ping.wait(lock);
  });
  {
    unique_lock lock(guard);
    pong.wait(lock);
    ping.notify_one();
  }
  other.join();
}

void tested_before_the_lock() {
  mutex guard;
  condition_variable changed;
  heddle::atomic<bool> ready{false};
  heddle::thread waiter([&] {
    if (!ready.load()) {  // tested without the mutex, and not again
      unique_lock lock(guard);
      changed.wait(lock);
    }
  });
  {
    lock_guard lock(guard);
    ready.store(true);
    changed.notify_one();
  }
  waiter.join();
}

void never_notified() {
  mutex guard;
  condition_variable ready;
  heddle::thread waiter([&] {
    unique_lock lock(guard);
    ready.wait(lock);
  });
  waiter.join();
}

void forgot_to_notify() {
  mutex guard;
  condition_variable changed;
  heddle::var<bool> ready{false};
  heddle::thread waiter([&] {
    unique_lock lock(guard);
    while (!ready.load()) changed.wait(lock);
  });
  {
    lock_guard lock(guard);
    ready.store(true);
  }
  waiter.join();
}

void other_condition_notified() {
  mutex guard;
  condition_variable not_empty;
  condition_variable not_full;
  heddle::var<int> items{0};
  heddle::thread consumer([&] {
    unique_lock lock(guard);
    while (items.load() == 0) not_empty.wait(lock);
  });
  {
    lock_guard lock(guard);
    items.store(1);
    not_full.notify_one();  // the wrong one
  }
  consumer.join();
}

void nobody_there() {
  mutex guard;
  condition_variable ready;
  unique_lock lock(guard);
  ready.wait(lock);
}

void wrong_waiter() {
  mutex guard;
  condition_variable changed;
  heddle::var<int> turn{0};
  heddle::atomic<int> waiting{0};
  const auto wait_for = [&](int mine) {
    unique_lock lock(guard);
    waiting.fetch_add(1);
    while (turn.load() != mine) changed.wait(lock);
    if (mine == 1) {
      turn.store(2);
      changed.notify_one();
    }
  };
  heddle::thread one([&] { wait_for(1); });
  heddle::thread two([&] { wait_for(2); });
  while (waiting.load() != 2) heddle::this_thread::yield();
  {
    lock_guard lock(guard);
    turn.store(1);
    changed.notify_one();  // notify_all is needed: either may be woken
  }
  one.join();
  two.join();
}

void notify_one_for_two() {
  mutex guard;
  condition_variable changed;
  heddle::var<bool> open{false};
  heddle::atomic<int> waiting{0};
  const auto enter = [&] {
    unique_lock lock(guard);
    waiting.fetch_add(1);
    while (!open.load()) changed.wait(lock);
  };
  heddle::thread one(enter);
  heddle::thread two(enter);
  while (waiting.load() != 2) heddle::this_thread::yield();
  {
    lock_guard lock(guard);
    open.store(true);
    changed.notify_one();
  }
  one.join();
  two.join();
}

void notified_before_the_change() {
  mutex guard;
  condition_variable changed;
  heddle::var<bool> ready{false};
  heddle::thread waiter([&] {
    unique_lock lock(guard);
    while (!ready.load()) changed.wait(lock);
  });
  changed.notify_one();
  {
    lock_guard lock(guard);
    ready.store(true);
  }
  waiter.join();
}

void waits_with_another_lock() {
  mutex outer;
  mutex guard;
  condition_variable ready;
  heddle::var<bool> done{false};
  heddle::thread waiter([&] {
    lock_guard keep(outer);
    unique_lock lock(guard);
    while (!done.load()) ready.wait(lock);
  });
  {
    lock_guard keep(outer);
    lock_guard lock(guard);
    done.store(true);
    ready.notify_one();
  }
  waiter.join();
}

void monitor_in_a_monitor() {
  mutex pool;
  mutex queue;
  condition_variable filled;
  heddle::var<int> items{0};
  heddle::thread taker([&] {
    lock_guard in_pool(pool);
    unique_lock in_queue(queue);
    while (items.load() == 0) filled.wait(in_queue);
    items.store(items.load() - 1);
  });
  heddle::thread giver([&] {
    lock_guard in_pool(pool);
    lock_guard in_queue(queue);
    items.store(items.load() + 1);
    filled.notify_all();
  });
  taker.join();
  giver.join();
}

// Two kinds of items, one condition: the put of one kind may wake who wants the other.
void wrong_kind_of_item() {
  mutex guard;
  condition_variable put;
  heddle::var<int> apples{0};
  heddle::var<int> pears{0};
  heddle::atomic<int> waiting{0};
  const auto take = [&](heddle::var<int>& kind) {
    unique_lock lock(guard);
    waiting.fetch_add(1);
    while (kind.load() == 0) put.wait(lock);
    kind.store(kind.load() - 1);
  };
  heddle::thread cook([&] { take(apples); });
  heddle::thread baker([&] { take(pears); });
  while (waiting.load() != 2) heddle::this_thread::yield();
  for (heddle::var<int>* kind : {&pears, &apples}) {
    lock_guard lock(guard);
    kind->store(1);
    put.notify_one();
  }
  cook.join();
  baker.join();
}

void stop_told_before_it_is_so() {
  mutex guard;
  condition_variable changed;
  heddle::var<bool> stop{false};
  heddle::thread worker([&] {
    unique_lock lock(guard);
    changed.wait(lock, [&] { return stop.load(); });
  });
  {
    lock_guard lock(guard);
    changed.notify_all();
  }
  {
    lock_guard lock(guard);
    stop.store(true);
  }
  worker.join();
}

void two_signals_for_three() {
  mutex guard;
  condition_variable start;
  heddle::var<bool> started{false};
  heddle::atomic<int> waiting{0};
  std::vector<heddle::thread> runners;
  for (int i = 0; i < 3; ++i) {
    runners.emplace_back([&] {
      unique_lock lock(guard);
      waiting.fetch_add(1);
      start.wait(lock, [&] { return started.load(); });
    });
  }
  while (waiting.load() != 3) heddle::this_thread::yield();
  {
    lock_guard lock(guard);
    started.store(true);
  }
  start.notify_one();
  start.notify_one();
  for (heddle::thread& runner : runners) runner.join();
}

}  // namespace

std::vector<labelled> condition_bugs() {
  constexpr auto missed = heddle::failure_kind::missed_notification;
  constexpr auto deadlock = heddle::failure_kind::deadlock;
  return {
      {"flag_without_the_mutex", flag_without_the_mutex, missed,
       "predicate changed without the mutex"},
      {"stop_without_the_mutex", stop_without_the_mutex, missed,
       "predicate changed without the mutex"},
      {"no_predicate", no_predicate, missed, "notified before the wait"},
      {"no_predicate_notify_all", no_predicate_notify_all, missed, "notified before the wait"},
      {"ping_without_a_flag", ping_without_a_flag, missed, "notified before the wait"},
      {"tested_before_the_lock", tested_before_the_lock, missed, "notified before the wait"},
      {"never_notified", never_notified, deadlock, "never notified"},
      {"forgot_to_notify", forgot_to_notify, deadlock, "never notified"},
      {"other_condition_notified", other_condition_notified, deadlock, "never notified"},
      {"nobody_there", nobody_there, deadlock, "never notified"},
      {"wrong_waiter", wrong_waiter, missed, "wrong waiter"},
      {"notify_one_for_two", notify_one_for_two, deadlock, "fewer notifications than waiters"},
      {"notified_before_the_change", notified_before_the_change, missed,
       "notified before the change"},
      {"waits_with_another_lock", waits_with_another_lock, deadlock, "waits while holding"},
      {"monitor_in_a_monitor", monitor_in_a_monitor, deadlock, "waits while holding"},
      {"wrong_kind_of_item", wrong_kind_of_item, missed, "wrong waiter"},
      {"stop_told_before_it_is_so", stop_told_before_it_is_so, missed,
       "notified before the change"},
      {"two_signals_for_three", two_signals_for_three, deadlock,
       "fewer notifications than waiters"},
  };
}

}  // namespace corpus
