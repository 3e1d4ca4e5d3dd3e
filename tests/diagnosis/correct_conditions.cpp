// SPDX-License-Identifier: MIT
#include "corpus.hpp"

namespace corpus {

namespace {

using heddle::atomic;
using heddle::check;
using heddle::condition_variable;
using heddle::lock_guard;
using heddle::mutex;
using heddle::unique_lock;
using heddle::var;

void flag_with_the_mutex() {
  mutex guard;
  condition_variable changed;
  var<bool> ready{false};
  heddle::thread waiter([&] {
    unique_lock lock(guard);
    while (!ready.load()) changed.wait(lock);
  });
  {
    lock_guard lock(guard);
    ready.store(true);
  }
  changed.notify_one();
  waiter.join();
}
void notified_under_the_lock() {
  mutex guard;
  condition_variable changed;
  var<bool> ready{false};
  heddle::thread waiter([&] {
    unique_lock lock(guard);
    changed.wait(lock, [&] { return ready.load(); });
  });
  {
    lock_guard lock(guard);
    ready.store(true);
    changed.notify_one();
  }
  waiter.join();
}
void empty_critical_section() {  // the flag is atomic, and the lock is taken before the notify
  mutex guard;
  condition_variable changed;
  atomic<bool> ready{false};
  heddle::thread waiter([&] {
    unique_lock lock(guard);
    while (!ready.load()) changed.wait(lock);
  });
  ready.store(true);
  { lock_guard lock(guard); }
  changed.notify_one();
  waiter.join();
}
void two_waiters_notify_all() {
  mutex guard;
  condition_variable changed;
  var<bool> open{false};
  const auto enter = [&] {
    unique_lock lock(guard);
    while (!open.load()) changed.wait(lock);
  };
  heddle::thread one(enter);
  heddle::thread two(enter);
  {
    lock_guard lock(guard);
    open.store(true);
  }
  changed.notify_all();
  one.join();
  two.join();
}
void two_waiters_pass_it_on() {
  mutex guard;
  condition_variable changed;
  var<bool> open{false};
  const auto enter = [&] {
    unique_lock lock(guard);
    while (!open.load()) changed.wait(lock);
    changed.notify_one();
  };
  heddle::thread one(enter);
  heddle::thread two(enter);
  {
    lock_guard lock(guard);
    open.store(true);
    changed.notify_one();
  }
  one.join();
  two.join();
}
void notify_nobody() {
  mutex guard;
  condition_variable changed;
  changed.notify_one();
  changed.notify_all();
}
void notified_too_early_but_tested() {
  mutex guard;
  condition_variable changed;
  var<bool> ready{false};
  {
    lock_guard lock(guard);
    ready.store(true);
  }
  changed.notify_one();
  heddle::thread waiter([&] {
    unique_lock lock(guard);
    while (!ready.load()) changed.wait(lock);
  });
  waiter.join();
}
void notified_before_and_after() {
  mutex guard;
  condition_variable changed;
  var<bool> ready{false};
  heddle::thread waiter([&] {
    unique_lock lock(guard);
    while (!ready.load()) changed.wait(lock);
  });
  changed.notify_one();
  {
    lock_guard lock(guard);
    ready.store(true);
  }
  changed.notify_one();
  waiter.join();
}
void wait_with_a_timeout() {
  mutex guard;
  condition_variable changed;
  heddle::thread waiter([&] {
    unique_lock lock(guard);
    changed.wait_for(lock, std::chrono::seconds(1));
  });
  changed.notify_one();  // perhaps too early, which does not matter here
  waiter.join();
}
void nobody_notifies_but_time_passes() {
  mutex guard;
  condition_variable changed;
  unique_lock lock(guard);
  changed.wait_for(lock, std::chrono::hours(1));
}
void bounded_buffer() {
  mutex guard;
  condition_variable not_full;
  condition_variable not_empty;
  var<int> items{0};
  together(
      [&] {
        for (int i = 0; i < 2; ++i) {
          unique_lock lock(guard);
          while (items.load() == 1) not_full.wait(lock);
          items.store(1);
          not_empty.notify_one();
        }
      },
      [&] {
        for (int i = 0; i < 2; ++i) {
          unique_lock lock(guard);
          while (items.load() == 0) not_empty.wait(lock);
          items.store(0);
          not_full.notify_one();
        }
      });
}
void ping_pong() {
  mutex guard;
  condition_variable changed;
  var<int> turn{0};
  const auto play = [&](int mine) {
    unique_lock lock(guard);
    while (turn.load() != mine) changed.wait(lock);
    turn.store(1 - mine);
    changed.notify_all();
  };
  together([&] { play(0); }, [&] { play(1); });
}
void different_locks_in_order() {
  mutex outer;
  mutex guard;
  condition_variable ready;
  var<bool> done{false};
  heddle::thread waiter([&] {
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
void closed_while_waiting() {
  mutex guard;
  condition_variable changed;
  var<bool> closed{false};
  const auto work = [&] {
    unique_lock lock(guard);
    while (!closed.load()) changed.wait(lock);
  };
  heddle::thread one(work);
  heddle::thread two(work);
  {
    lock_guard lock(guard);
    closed.store(true);
    changed.notify_all();
  }
  one.join();
  two.join();
}
void destroyed_after_the_last_waiter() {
  mutex guard;
  var<bool> ready{false};
  {
    condition_variable changed;
    heddle::thread waiter([&] {
      unique_lock lock(guard);
      while (!ready.load()) changed.wait(lock);
    });
    {
      lock_guard lock(guard);
      ready.store(true);
      changed.notify_one();
    }
    waiter.join();
  }
}
void polling_with_sleep() {
  atomic<bool> ready{false};
  heddle::thread setter([&] { ready.store(true); });
  while (!ready.load()) heddle::this_thread::sleep_for(std::chrono::milliseconds(1));
  setter.join();
}
void spinning_until_set() {
  atomic<bool> ready{false};
  heddle::thread setter([&] { ready.store(true); });
  while (!ready.load()) heddle::this_thread::yield();
  setter.join();
}
void spin_lock() {
  atomic<bool> taken{false};
  var<int> count{0};
  const auto add = [&] {
    while (taken.exchange(true)) heddle::this_thread::yield();
    count.store(count.load() + 1);
    taken.store(false);
  };
  together(add, add);
  check(count.load() == 2);
}
void try_lock_in_a_loop() {
  mutex guard;
  const auto enter = [&] {
    while (!guard.try_lock()) heddle::this_thread::yield();
    guard.unlock();
  };
  together(enter, enter);
}
void timed_lock() {
  heddle::timed_mutex guard;
  const auto enter = [&] {
    if (guard.try_lock_for(std::chrono::seconds(1))) guard.unlock();
  };
  together(enter, enter);
}

}  // namespace

std::vector<correct> correct_conditions() {
  return {
      {"flag_with_the_mutex", flag_with_the_mutex},
      {"notified_under_the_lock", notified_under_the_lock},
      {"empty_critical_section", empty_critical_section},
      {"two_waiters_notify_all", two_waiters_notify_all},
      {"two_waiters_pass_it_on", two_waiters_pass_it_on},
      {"notify_nobody", notify_nobody},
      {"notified_too_early_but_tested", notified_too_early_but_tested},
      {"notified_before_and_after", notified_before_and_after},
      {"wait_with_a_timeout", wait_with_a_timeout},
      {"nobody_notifies_but_time_passes", nobody_notifies_but_time_passes},
      {"bounded_buffer", bounded_buffer},
      {"ping_pong", ping_pong},
      {"different_locks_in_order", different_locks_in_order},
      {"closed_while_waiting", closed_while_waiting},
      {"destroyed_after_the_last_waiter", destroyed_after_the_last_waiter},
      {"polling_with_sleep", polling_with_sleep},
      {"spinning_until_set", spinning_until_set},
      {"spin_lock", spin_lock},
      {"try_lock_in_a_loop", try_lock_in_a_loop},
      {"timed_lock", timed_lock},
  };
}

}  // namespace corpus
