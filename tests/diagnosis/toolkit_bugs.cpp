// SPDX-License-Identifier: MIT
#include <heddle/threading.hpp>
#include <memory>

#include "common/sanitizers.hpp"
#include "corpus.hpp"

// Bugs of programs that use the toolkit, and of promises.
namespace corpus {

namespace {

namespace th = heddle::threading;
using heddle::atomic;
using heddle::check;
using heddle::var;

// Toolkit threads: started, and joined in order.
template <class... Functions>
void at_once(Functions&&... functions) {
  std::vector<std::unique_ptr<th::thread>> threads;
  (threads.push_back(std::make_unique<th::thread>(functions)), ...);
  for (auto& one : threads) one->start();
  for (auto& one : threads) one->join();
}

// --- locks -----------------------------------------------------------------------------------

void toolkit_lock_around_each_half() {
  th::lock guard;
  var<int> balance{0};
  const auto deposit = [&] {
    int seen = 0;
    {
      th::guard hold(guard);
      seen = balance.load();
    }
    th::guard hold(guard);
    balance.store(seen + 1);
  };
  at_once(deposit, deposit);
  check(balance.load() == 2, "a deposit is missing");
}

void toolkit_lock_each() {
  th::lock one;
  th::lock two;
  var<int> shared{0};
  at_once(
      [&] {
        th::guard hold(one);
        shared.store(1);
      },
      [&] {
        th::guard hold(two);
        shared.store(2);
      });
}

void toolkit_locks_in_two_orders() {
  th::lock left;
  th::lock right;
  at_once(
      [&] {
        th::guard first(left);
        th::guard second(right);
      },
      [&] {
        th::guard first(right);
        th::guard second(left);
      });
}

void toolkit_lock_taken_twice() {
  th::lock guard;
  guard.acquire();
  guard.acquire();
  guard.release();
}

th::lock& a_global_lock() {
  static th::lock guard;
  return guard;
}

void toolkit_lock_kept() {
  at_once([] { a_global_lock().acquire(); });
}

// --- waiting for what nobody does ------------------------------------------------------------

void queue_never_filled() {
  th::queue<int> orders;
  atomic<bool> closed{false};
  at_once(
      [&] {
        if (!closed.load()) orders.put(1);
      },
      [&] { closed.store(true); }, [&] { orders.get(); });
}

void queue_one_item_short() {
  th::queue<int> orders;
  at_once([&] { orders.put(1); },
          [&] {
            orders.get();
            orders.get();
          });
}

void queue_never_emptied() {
  th::queue<int> orders(1);
  at_once(
      [&] {
        orders.put(1);
        orders.put(2);
        orders.put(3);
      },
      [&] { orders.get(); });
}

void queue_short_of_a_task_done() {
  th::queue<int> orders;
  at_once(
      [&] {
        orders.put(1);
        orders.join();
      },
      [&] { orders.get(); });
}

void event_never_set() {
  th::event ready;
  atomic<bool> failed{false};
  at_once(
      [&] {
        if (!failed.load()) ready.set();
      },
      [&] { failed.store(true); }, [&] { ready.wait(); });
}

void event_cleared_before_the_wait() {
  th::event ready;
  at_once(
      [&] {
        ready.clear();
        ready.wait();
      },
      [&] { ready.set(); });
}

void event_cleared_by_a_third() {
  th::event ready;
  at_once([&] { ready.wait(); },
          [&] {
            ready.set();
            ready.clear();
          });
}

void toolkit_latch_never_opened() {
  th::countdown_latch done(2);
  at_once([&] { done.count_down(); }, [&] { done.wait(); });
}

void toolkit_barrier_short_of_a_party() {
  th::barrier meet(3);
  at_once([&] { meet.wait(); }, [&] { meet.wait(); });
}

void toolkit_permit_kept() {
  th::semaphore permits(1);
  at_once([&] { permits.acquire(); }, [&] { permits.acquire(); });
}

// --- promises --------------------------------------------------------------------------------

void promise_forgotten() {
  heddle::promise<int> answer;
  heddle::future<int> result = answer.get_future();
  atomic<bool> found{false};
  together(
      [&] {
        if (found.load()) answer.set_value(42);
      },
      [&] { found.store(true); }, [&] { (void)result.get(); });
}

void promises_of_each_other() {
  heddle::promise<int> mine;
  heddle::promise<int> yours;
  heddle::future<int> from_me = mine.get_future();
  heddle::future<int> from_you = yours.get_future();
  together([&] { mine.set_value(from_you.get()); }, [&] { yours.set_value(from_me.get()); });
}

// What nobody destroys. In real programs: cycles of shared pointers.
struct lost_and_found {
  heddle::promise<int> answer;
  heddle::future<int> result = answer.get_future();
  std::shared_ptr<lost_and_found> self;
};

void promise_lost() {
  const auto lost = std::make_shared<lost_and_found>();
  atomic<bool> cancelled{false};
  together(
      [&] {
        if (!cancelled.load()) lost->answer.set_value(1);
      },
      [&] { cancelled.store(true); });
  expect_leak(lost.get());
  lost->self = lost;
}

void task_lost() {
  struct work {
    heddle::packaged_task<int()> task{[] { return 1; }};
    heddle::shared_future<int> result = task.get_future().share();
    std::shared_ptr<work> self;
  };
  const auto lost = std::make_shared<work>();
  expect_leak(lost.get());
  lost->self = lost;
  atomic<bool> stop{false};
  together(
      [&] {
        if (!stop.load()) lost->task();
      },
      [&] { stop.store(true); });
}

// --- daemons ---------------------------------------------------------------------------------

// The body ends while the daemon waits for orders, with what it has taken in hand.
template <class Take, class GiveBack>
void end_while_a_daemon_works(Take take, GiveBack give_back) {
  static th::queue<int> orders;
  static th::event served;
  th::thread daemon({.daemon = true}, [=] {
    for (;;) {
      take();
      orders.get();
      give_back();
      served.set();
    }
  });
  daemon.start();
  orders.put(1);
  served.wait();
}

void daemon_with_a_lock() {
  static th::lock table;
  end_while_a_daemon_works([] { table.acquire(); }, [] { table.release(); });
}

void daemon_with_the_only_permit() {
  static th::semaphore table(1);
  end_while_a_daemon_works([] { table.acquire(); }, [] { table.release(); });
}

void daemon_with_the_only_permit_of_the_standard() {
  static heddle::binary_semaphore table{1};
  end_while_a_daemon_works([] { table.acquire(); }, [] { table.release(); });
}

void daemon_with_a_reentrant_lock() {
  static th::reentrant_lock table;
  end_while_a_daemon_works([] { table.acquire(); }, [] { table.release(); });
}

void other_event_set() {
  th::event ready;
  th::event done;
  const auto work = [&] {
    ready.wait();
    done.set();
  };
  th::thread worker(work);
  worker.start();
  done.set();  // ready is meant
  worker.join();
}

void queue_of_one_for_two_results() {
  th::queue<int> results(1);
  const auto work = [&] {
    results.put(1);
    results.put(2);
  };
  th::thread worker(work);
  worker.start();
  worker.join();  // before anything is taken
  static_cast<void>(results.get());
  static_cast<void>(results.get());
}

}  // namespace

std::vector<labelled> toolkit_bugs() {
  using enum heddle::failure_kind;
  return {
      {"toolkit_lock_around_each_half", toolkit_lock_around_each_half, lost_update,
       "a lock around each half"},
      {"toolkit_lock_each", toolkit_lock_each, data_race, "write after write"},
      {"toolkit_locks_in_two_orders", toolkit_locks_in_two_orders, deadlock, "lock cycle"},
      {"toolkit_lock_taken_twice", toolkit_lock_taken_twice, deadlock, "self-deadlock"},
      {"toolkit_lock_kept", toolkit_lock_kept, leak, "locked at the end"},
      {"queue_never_filled", queue_never_filled, deadlock, "queue stays empty"},
      {"queue_one_item_short", queue_one_item_short, deadlock, "queue stays empty"},
      {"queue_never_emptied", queue_never_emptied, deadlock, "queue stays full"},
      {"queue_short_of_a_task_done", queue_short_of_a_task_done, deadlock,
       "queue short of a task_done"},
      {"event_never_set", event_never_set, deadlock, "event never set"},
      {"event_cleared_before_the_wait", event_cleared_before_the_wait, missed_notification,
       "undone before the wait"},
      {"event_cleared_by_a_third", event_cleared_by_a_third, missed_notification,
       "undone before the wait"},
      {"toolkit_latch_never_opened", toolkit_latch_never_opened, deadlock, "latch never opened"},
      {"toolkit_barrier_short_of_a_party", toolkit_barrier_short_of_a_party, deadlock,
       "barrier short of a party"},
      {"toolkit_permit_kept", toolkit_permit_kept, deadlock, "semaphore never released"},
      {"promise_forgotten", promise_forgotten, deadlock, "promise never kept"},
      {"promises_of_each_other", promises_of_each_other, deadlock, "promise never kept"},
      {"promise_lost", promise_lost, leak, "promise never kept"},
      {"task_lost", task_lost, leak, "promise never kept"},
      {"daemon_with_a_lock", daemon_with_a_lock, leak, "daemon abandoned with a lock"},
      {"daemon_with_the_only_permit", daemon_with_the_only_permit, leak,
       "daemon abandoned with a permit"},
      {"daemon_with_the_only_permit_of_the_standard", daemon_with_the_only_permit_of_the_standard,
       leak, "daemon abandoned with a permit"},
      {"daemon_with_a_reentrant_lock", daemon_with_a_reentrant_lock, leak,
       "daemon abandoned with a lock"},
      {"other_event_set", other_event_set, deadlock, "event never set"},
      {"queue_of_one_for_two_results", queue_of_one_for_two_results, deadlock, "queue stays full"},
  };
}

}  // namespace corpus
