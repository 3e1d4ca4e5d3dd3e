// SPDX-License-Identifier: MIT
#include <stdexcept>

#include "corpus.hpp"

namespace corpus {

namespace {

using heddle::atomic;
using heddle::check;
using heddle::lock_guard;
using heddle::mutex;
using heddle::var;

// --- lost updates ----------------------------------------------------------------------------

void atomic_read_then_write() {
  atomic<int> balance{0};
  const auto deposit = [&] { balance.store(balance.load() + 1); };
  together(deposit, deposit);
  check(balance.load() == 2, "a deposit is missing");
}

void three_deposits() {
  atomic<int> balance{0};
  const auto deposit = [&] { balance.store(balance.load() + 1); };
  together(deposit, deposit, deposit);
  check(balance.load() == 3, "a deposit is missing");
}

void a_lock_around_each_half() {
  mutex guard;
  var<int> balance{0};
  const auto deposit = [&] {
    int seen = 0;
    {
      lock_guard hold(guard);
      seen = balance.load();
    }
    lock_guard hold(guard);
    balance.store(seen + 1);
  };
  together(deposit, deposit);
  check(balance.load() == 2, "a deposit is missing");
}

void deposit_against_withdrawal() {
  atomic<int> balance{100};
  together([&] { balance.store(balance.load() + 10); }, [&] { balance.store(balance.load() - 30); });
  check(balance.load() == 80, "the balance is wrong");
}

void exchange_does_not_help() {
  atomic<int> hits{0};
  together(
      [&] {
        const int seen = hits.load();
        hits.store(seen + 1);
      },
      [&] { hits.fetch_add(1); });
  check(hits.load() == 2, "a hit is missing");
}

void maximum() {
  atomic<int> highest{0};
  const auto offer = [&](int value) {
    if (highest.load() < value) highest.store(value);
  };
  together([&] { offer(7); }, [&] { offer(5); });
  check(highest.load() == 7, "the maximum is wrong");
}

void main_takes_part() {
  atomic<int> count{0};
  heddle::thread other([&] { count.store(count.load() + 1); });
  count.store(count.load() + 1);
  other.join();
  check(count.load() == 2, "a count is missing");
}

void bit_set() {
  atomic<unsigned> flags{0};
  together([&] { flags.store(flags.load() | 1u); }, [&] { flags.store(flags.load() | 2u); });
  check(flags.load() == 3u, "a flag is missing");
}

void two_locks_for_one_variable() {  // each thread has a lock of its own
  mutex one;
  mutex two;
  atomic<int> total{0};
  const auto add = [&](mutex& guard) {
    lock_guard hold(guard);
    total.store(total.load() + 1);
  };
  together([&] { add(one); }, [&] { add(two); });
  check(total.load() == 2, "an addition is missing");
}

void shared_lock_for_writing() {
  heddle::shared_mutex guard;
  atomic<int> total{0};
  const auto add = [&] {
    guard.lock_shared();
    total.store(total.load() + 1);
    guard.unlock_shared();
  };
  together(add, add);
  check(total.load() == 2, "an addition is missing");
}

// --- other atomicity violations --------------------------------------------------------------

void check_then_take() {
  mutex guard;
  var<int> items{1};
  const auto take = [&] {
    {
      lock_guard hold(guard);
      if (items.load() == 0) return;
    }
    lock_guard hold(guard);
    check(items.load() > 0, "took from an empty store");
    items.store(items.load() - 1);
  };
  together(take, take);
}

void read_twice() {
  atomic<int> version{0};
  together([&] { check(version.load() == version.load(), "two reads differ"); },
           [&] { version.store(1); });
}

void seen_in_the_middle() {
  atomic<int> value{0};
  together(
      [&] {
        value.store(-1);  // an intermediate value that nobody should see
        value.store(1);
      },
      [&] { check(value.load() != -1, "saw the intermediate value"); });
}

void pair_torn_by_the_reader() {
  atomic<int> low{0};
  atomic<int> high{0};
  together(
      [&] {
        low.store(1);
        high.store(1);
      },
      [&] {
        const int first = low.load();
        const int second = high.load();
        check(first == second, "the two halves do not belong together");
      });
}

void transfer_seen_half_done() {
  mutex guard;
  var<int> from{10};
  var<int> to{0};
  together(
      [&] {
        {
          lock_guard hold(guard);
          from.store(from.load() - 5);
        }
        lock_guard hold(guard);
        to.store(to.load() + 5);
      },
      [&] {
        lock_guard hold(guard);
        check(from.load() + to.load() == 10, "money has vanished");
      });
}

void write_then_read_back() {
  atomic<int> current{0};
  together(
      [&] {
        current.store(1);
        check(current.load() == 1, "somebody else has written");
      },
      [&] { current.store(2); });
}

void size_then_element() {
  mutex guard;
  var<int> size{1};
  const auto count = [&] {
    lock_guard hold(guard);
    return size.load();
  };
  together(
      [&] {
        if (count() > 0) check(count() > 0, "the element is gone");
      },
      [&] {
        lock_guard hold(guard);
        size.store(0);
      });
}

// --- races -----------------------------------------------------------------------------------

void unprotected() {
  var<int> shared{0};
  together([&] { shared.store(1); }, [&] { shared.store(2); });
}

void one_side_locked() {
  mutex guard;
  var<int> shared{0};
  together(
      [&] {
        lock_guard hold(guard);
        shared.store(1);
      },
      [&] { (void)shared.load(); });
}

void different_locks() {
  mutex one;
  mutex two;
  var<int> shared{0};
  together(
      [&] {
        lock_guard hold(one);
        shared.store(1);
      },
      [&] {
        lock_guard hold(two);
        shared.store(2);
      });
}

void relaxed_flag() {
  var<int> data{0};
  atomic<bool> ready{false};
  together(
      [&] {
        data.store(1);
        ready.store(true, std::memory_order_relaxed);
      },
      [&] {
        if (ready.load(std::memory_order_relaxed)) (void)data.load();
      });
}

void read_after_detach() {
  var<int> result{0};
  atomic<bool> done{false};
  heddle::thread worker([&] {
    done.store(true);
    result.store(1);  // after the signal
  });
  while (!done.load()) heddle::this_thread::yield();
  (void)result.load();
  worker.join();
}

void lazy_without_a_lock() {
  var<int> made{0};
  const auto get = [&] {
    if (made.load() == 0) made.store(1);
  };
  together(get, get);
}

void reader_lock_for_writing() {
  heddle::shared_mutex guard;
  var<int> shared{0};
  const auto write = [&](int value) {
    guard.lock_shared();
    shared.store(value);
    guard.unlock_shared();
  };
  together([&] { write(1); }, [&] { write(2); });
}

void notify_orders_nothing() {
  mutex guard;
  heddle::condition_variable changed;
  var<int> data{0};
  var<bool> ready{false};
  heddle::thread waiter([&] {
    heddle::unique_lock lock(guard);
    while (!ready.load()) changed.wait(lock);
    (void)data.load();
  });
  {
    lock_guard hold(guard);
    ready.store(true);
  }
  data.store(1);  // outside the lock
  changed.notify_one();
  waiter.join();
}

}  // namespace

std::vector<labelled> data_bugs() {
  using enum heddle::failure_kind;
  return {
      {"atomic_read_then_write", atomic_read_then_write, lost_update, "without a lock"},
      {"three_deposits", three_deposits, lost_update, "without a lock"},
      {"a_lock_around_each_half", a_lock_around_each_half, lost_update, "a lock around each half"},
      {"deposit_against_withdrawal", deposit_against_withdrawal, lost_update, "without a lock"},
      {"exchange_does_not_help", exchange_does_not_help, lost_update, "without a lock"},
      {"maximum", maximum, lost_update, "without a lock"},
      {"main_takes_part_in_counting", main_takes_part, lost_update, "without a lock"},
      {"bit_set", bit_set, lost_update, "without a lock"},
      {"two_locks_for_one_variable", two_locks_for_one_variable, lost_update, ""},
      {"shared_lock_for_writing", shared_lock_for_writing, lost_update, ""},
      {"check_then_take", check_then_take, failed_check, "atomicity violation"},
      {"read_twice", read_twice, failed_check, "atomicity violation"},
      {"seen_in_the_middle", seen_in_the_middle, failed_check, "atomicity violation"},
      {"pair_torn_by_the_reader", pair_torn_by_the_reader, failed_check, "atomicity violation"},
      {"transfer_seen_half_done", transfer_seen_half_done, failed_check, "atomicity violation"},
      {"write_then_read_back", write_then_read_back, failed_check, "atomicity violation"},
      {"size_then_element", size_then_element, failed_check, "atomicity violation"},
      {"unprotected", unprotected, data_race, "write after write"},
      {"one_side_locked", one_side_locked, data_race, ""},
      {"different_locks", different_locks, data_race, "write after write"},
      {"relaxed_flag", relaxed_flag, data_race, "read after write"},
      {"read_after_detach", read_after_detach, data_race, ""},
      {"lazy_without_a_lock", lazy_without_a_lock, data_race, ""},
      {"reader_lock_for_writing", reader_lock_for_writing, data_race, "write after write"},
      {"notify_orders_nothing", notify_orders_nothing, data_race, ""},
  };
}

}  // namespace corpus
