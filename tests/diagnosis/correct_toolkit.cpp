// SPDX-License-Identifier: MIT
#include <heddle/threading.hpp>
#include <memory>

#include "common/sanitizers.hpp"
#include "corpus.hpp"

namespace corpus {

namespace {

namespace th = heddle::threading;
using heddle::atomic;
using heddle::check;
using heddle::var;

template <class... Functions>
void at_once(Functions&&... functions) {
  std::vector<std::unique_ptr<th::thread>> threads;
  (threads.push_back(std::make_unique<th::thread>(functions)), ...);
  for (auto& one : threads) one->start();
  for (auto& one : threads) one->join();
}

void toolkit_lock_around_both_halves() {
  th::lock guard;
  var<int> balance{0};
  const auto deposit = [&] {
    th::guard hold(guard);
    balance.store(balance.load() + 1);
  };
  at_once(deposit, deposit);
  check(balance.load() == 2);
}

void toolkit_locks_in_one_order() {
  th::lock left;
  th::lock right;
  const auto both = [&] {
    th::guard first(left);
    th::guard second(right);
  };
  at_once(both, both);
}

// In two orders, but never at once: under a third lock, by try_acquire.
void toolkit_locks_in_two_orders_under_a_third() {
  th::lock gate;
  th::lock left;
  th::lock right;
  at_once(
      [&] {
        th::guard only(gate);
        th::guard first(left);
        th::guard second(right);
      },
      [&] {
        th::guard only(gate);
        th::guard first(right);
        th::guard second(left);
      });
}

void toolkit_locks_in_two_orders_but_one_only_tries() {
  th::lock left;
  th::lock right;
  at_once(
      [&] {
        th::guard first(left);
        th::guard second(right);
      },
      [&] {
        th::guard first(right);
        if (left.try_acquire()) left.release();
      });
}

// Given up by another thread than the one that took it: it is held by nobody afterwards.
void toolkit_lock_as_a_signal() {
  th::lock closed;
  var<int> data{0};
  closed.acquire();
  at_once(
      [&] {
        data.store(1);
        closed.release();
      },
      [&] {
        closed.acquire();
        check(data.load() == 1);
        closed.release();
      });
}

void queue_with_an_end() {
  th::queue<int> orders;
  at_once([&] { orders.put(1); }, [&] { check(orders.get() == 1); });
}

void event_set_before_and_cleared_after() {
  th::event ready;
  at_once([&] { ready.set(); },
          [&] {
            ready.wait();
            ready.clear();
          });
}

void promise_kept() {
  heddle::promise<int> answer;
  heddle::future<int> result = answer.get_future();
  together([&] { answer.set_value(42); }, [&] { check(result.get() == 42); });
}

void promise_dropped_while_nobody_waits() {
  heddle::promise<int> answer;
  heddle::future<int> result = answer.get_future();
  together([given = std::make_shared<heddle::promise<int>>(std::move(answer))] {});
}

// A promise that outlives the execution, but nobody has asked for its result.
void promise_kept_for_nobody() {
  struct lost {
    heddle::promise<int> answer;
    std::shared_ptr<lost> self;
  };
  const auto one = std::make_shared<lost>();
  expect_leak(one.get());
  one->self = one;
  together([&] {}, [&] { (void)one->answer.get_future(); });
}

// Made once for the whole process: nobody can tell whether it is kept one day.
void promise_of_the_program() {
  static heddle::promise<int> at_exit;
  static heddle::future<int> result = at_exit.get_future();
  atomic<int> shared{0};
  together([&] { shared.fetch_add(1); }, [&] { (void)result.wait_for(std::chrono::seconds(0)); });
}

// The permits are signals: the daemon has consumed one that nobody wants back.
void daemon_with_a_signal() {
  static th::semaphore signals(0);
  th::thread daemon({.daemon = true}, [&] {
    for (;;) signals.acquire();
  });
  daemon.start();
  signals.release();
  signals.release();
}

// Ping and pong: one gives what the other takes.
void daemon_that_answers() {
  static th::semaphore question(0);
  static th::semaphore answer(0);
  th::thread daemon({.daemon = true}, [&] {
    for (;;) {
      question.acquire();
      answer.release();
    }
  });
  daemon.start();
  question.release();
  answer.acquire();
}

// A permit out of several is no lock.
void daemon_with_one_of_several_permits() {
  static th::semaphore seats(2);
  th::event at_work;
  th::thread daemon({.daemon = true}, [&] {
    for (int round = 0; round < 2; ++round) {
      seats.acquire();
      if (round == 1) at_work.set();
      th::yield();
      seats.release();
    }
  });
  daemon.start();
  at_work.wait();
}

}  // namespace

std::vector<correct> correct_toolkit() {
  return {
      {"toolkit_lock_around_both_halves", toolkit_lock_around_both_halves},
      {"toolkit_locks_in_one_order", toolkit_locks_in_one_order},
      {"toolkit_locks_in_two_orders_under_a_third", toolkit_locks_in_two_orders_under_a_third},
      {"toolkit_locks_in_two_orders_but_one_only_tries",
       toolkit_locks_in_two_orders_but_one_only_tries},
      {"toolkit_lock_as_a_signal", toolkit_lock_as_a_signal},
      {"queue_with_an_end", queue_with_an_end},
      {"event_set_before_and_cleared_after", event_set_before_and_cleared_after},
      {"promise_kept", promise_kept},
      {"promise_dropped_while_nobody_waits", promise_dropped_while_nobody_waits},
      {"promise_kept_for_nobody", promise_kept_for_nobody},
      {"promise_of_the_program", promise_of_the_program},
      {"daemon_with_a_signal", daemon_with_a_signal},
      {"daemon_that_answers", daemon_that_answers},
      {"daemon_with_one_of_several_permits", daemon_with_one_of_several_permits},
  };
}

}  // namespace corpus
