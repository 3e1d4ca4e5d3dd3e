// SPDX-License-Identifier: MIT
// Worked programs with a pool: a thousand tasks, fan-out and fan-in, cancelling, errors.
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "every_execution.hpp"

namespace {

using namespace heddle::threading;
using heddle::failure_kind;
using worked::fails;
using worked::holds;
using worked::results;

// Too many to explore: 20 executions at random.
TEST(Pool, DoesAThousandTasks) {
  heddle::options how = worked::settings();
  how.explorer = "random";
  how.executions = 20;
  const heddle::report seen = heddle::explore(how, [] {
    counter done;
    std::set<std::string> workers;
    {
      thread_pool pool(4);
      std::vector<future<int>> squares;
      for (int i = 0; i < 1'000; ++i) {
        squares.push_back(pool.submit([&, i] {
          workers.insert(current_thread().name());
          done.increment();
          return i * i;
        }));
      }
      for (int i = 0; i < 1'000; ++i) {
        heddle::check(squares[static_cast<std::size_t>(i)].result() == i * i, "another's result");
      }
    }
    heddle::check(done.value() == 1'000, "not every task was done once");
    heddle::check(workers.size() <= 4, "more workers than were asked for");
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.complete, 20);
}

// The destructor waits for all that was accepted, and never more than two tasks run.
TEST(Pool, DoesWhatItAccepted) {
  const auto seen = results([] {
    semaphore two(2);
    counter done;
    {
      thread_pool pool(2);
      for (int i = 0; i < 3; ++i) {
        pool.submit([&] {
          heddle::check(two.try_acquire(), "three tasks at a time");
          done.increment();
          two.release();
        });
      }
    }
    return done.value();
  });
  EXPECT_EQ(seen, std::set<std::int64_t>{3});
}

// Parts are worked on by whoever is free; the results come in the order of the items.
TEST(FanOut, KeepsTheOrderOfTheItems) {
  holds([] {
    thread_pool pool(2);
    const std::vector<int> items = {3, 1, 2};
    heddle::check(
        pool.map(items, [](int item) { return item * 10; }) == std::vector<int>{30, 10, 20},
        "out of order");
  });
}

// A sum of parts, each in a task; fan-in by futures.
TEST(FanIn, AddsUpTheParts) {
  holds([] {
    const std::vector<int> numbers = {1, 2, 3, 4, 5, 6};
    thread_pool pool(2);
    std::vector<future<int>> parts;
    for (int i = 0; i < 3; ++i) {
      parts.push_back(pool.submit([&numbers, i] { return numbers[2u * i] + numbers[2u * i + 1]; }));
    }
    int sum = 0;
    for (auto& part : parts) sum += part.result();
    heddle::check(sum == 21, "a part is missing");
  });
}

TEST(Cancelling, HappensBeforeTheTaskRunsOrNotAtAll) {
  const auto seen = results([] {
    thread_pool pool(1);
    bool ran = false;
    auto task = pool.submit([&] { ran = true; });
    const bool cancelled = task.cancel();
    pool.shutdown();
    heddle::check(ran != cancelled, "cancelled and run, or neither");
    bool told = false;
    try {
      task.result();
    } catch (const cancelled_error&) {
      told = true;
    }
    heddle::check(told == cancelled, "the future says something else");
    return cancelled;
  });
  EXPECT_EQ(seen, (std::set<bool>{false, true}));
}

// One task fails: the others are done all the same, and map throws what the first that failed
// threw.
TEST(FailingTask, IsToldByItsFutureOnly) {
  holds([] {
    thread_pool pool(2);
    counter done;
    std::string told;
    try {
      pool.map(std::vector<int>{1, 0, 2}, [&](int item) {
        done.increment();
        if (item == 0) throw std::domain_error("division by zero");
        return 10 / item;
      });
    } catch (const std::domain_error& error) {
      told = error.what();
    }
    pool.shutdown();
    heddle::check(told == "division by zero", "the error is lost");
    heddle::check(done.value() == 3, "a task was not done");
  });
}

// A task that waits for another task of the same pool: with one worker nobody is left to do it.
void nested_tasks(int workers) {
  thread_pool pool(workers);
  auto outer = pool.submit([&] { return pool.submit([] { return 1; }).result() + 1; });
  heddle::check(outer.result() == 2, "not the result");
}

TEST(NestedTasks, NeedAWorkerEach) {
  holds([] { nested_tasks(2); });
}

TEST(NestedTasks, StarveWithOneWorker) {
  fails(failure_kind::deadlock, [] { nested_tasks(1); });
}

TEST(PoolAfterShutdown, AcceptsNothing) {
  holds([] {
    thread_pool pool(1);
    pool.shutdown();
    bool refused = false;
    try {
      pool.submit([] {});
    } catch (const usage_error&) {
      refused = true;
    }
    heddle::check(refused, "accepted after shutdown");
  });
}

}  // namespace
