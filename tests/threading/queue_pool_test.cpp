// SPDX-License-Identifier: MIT
#include <memory>
#include <stdexcept>
#include <vector>

#include "threading/explored.hpp"

namespace {

using namespace explored;  // NOLINT(google-build-using-namespace)

TEST(Rule29, ThreeOrders) {
  always_passes([] {
    th::queue<int> fifo;
    th::lifo_queue<int> lifo;
    th::priority_queue<int> least;
    for (const int item : {2, 3, 1}) {
      fifo.put(item);
      lifo.put(item);
      least.put(item);
    }
    heddle::check(fifo.get() == 2 && fifo.get() == 3 && fifo.get() == 1);
    heddle::check(lifo.get() == 1 && lifo.get() == 3 && lifo.get() == 2);
    heddle::check(least.get() == 1 && least.get() == 2 && least.get() == 3);
    heddle::check(fifo.empty() && lifo.size() == 0 && !least.full());
  });
}

TEST(Rule29, EqualPrioritiesKeepTheirOrder) {
  struct by_first {
    bool operator()(const std::pair<int, char>& a, const std::pair<int, char>& b) const {
      return a.first < b.first;
    }
  };
  always_passes([] {
    th::priority_queue<std::pair<int, char>, by_first> jobs;
    jobs.put({2, 'a'});
    jobs.put({1, 'b'});
    jobs.put({2, 'c'});
    jobs.put({1, 'd'});
    std::string order;
    while (const auto job = jobs.try_get()) order += job->second;
    heddle::check(order == "bdac");
  });
}

TEST(Rule29, BoundedQueuesWaitForRoom) {
  EXPECT_EQ(results([] {
              th::queue<int> items(1);
              th::thread producer([&] {
                items.put(1);
                items.put(2);
              });
              producer.start();
              const bool full = items.full();
              const int first = items.get();
              const int second = items.get();
              heddle::check(first == 1 && second == 2);
              producer.join();
              return full;
            }),
            (std::set<bool>{false, true}));
}

TEST(Rule29, FormsThatDoNotWait) {
  always_passes([] {
    th::queue<int> items(1);
    heddle::check(!items.try_get() && !items.get_for(1s));
    bool empty = false;
    try {
      items.get_nowait();
    } catch (const th::queue_empty&) {
      empty = true;
    }
    heddle::check(items.try_put(1) && !items.try_put(2) && !items.put_for(3, 1s));
    bool full = false;
    try {
      items.put_nowait(4);
    } catch (const th::queue_full&) {
      full = true;
    }
    heddle::check(empty && full && items.get_nowait() == 1);
  });
}

TEST(Rule29, JoinWaitsForEveryTask) {
  EXPECT_EQ(results([] {
              th::queue<int> items;
              heddle::var<int> sum{0};
              items.put(1);
              items.put(2);
              th::thread consumer([&] {
                for (int i = 0; i < 2; ++i) {
                  sum.store(sum.load() + items.get());
                  items.task_done();
                }
              });
              consumer.start();
              items.join();
              const int seen = sum.load();
              consumer.join();
              heddle::check(is_refused([&] { items.task_done(); }));
              return seen;
            }),
            (std::set<int>{3}));
}

TEST(Rule29, ATimedJoinSaysWhetherAllIsDone) {
  always_passes([] {
    th::queue<int> items;
    items.put(1);
    heddle::check(!items.join_for(1s));
    items.get();
    items.task_done();
    heddle::check(items.join_for(1s));
  });
}

TEST(Rule29, ASentinelEndsAConsumer) {
  EXPECT_EQ(results([] {
              th::queue<std::unique_ptr<int>> items(1);
              int sum = 0;
              th::thread consumer([&] {
                while (auto item = items.get()) sum += *item;
              });
              consumer.start();
              items.put(std::make_unique<int>(3));
              items.put(std::make_unique<int>(4));
              items.put(nullptr);
              consumer.join();
              return sum;
            }),
            (std::set<int>{7}));
}

// Two producers and two consumers of one item each: any item to any consumer.
TEST(Rule29, AnyoneMayTakeAnyItem) {
  const auto found = results([] {
    th::queue<int> items;
    int got[2] = {};
    std::vector<std::unique_ptr<th::thread>> threads;
    for (int i = 0; i < 2; ++i) {
      threads.push_back(std::make_unique<th::thread>([&, i] { items.put(i + 1); }));
      threads.push_back(std::make_unique<th::thread>([&, i] { got[i] = items.get(); }));
    }
    for (auto& each : threads) each->start();
    for (auto& each : threads) each->join();
    return got[0] * 10 + got[1];
  });
  EXPECT_EQ(found, (std::set<int>{12, 21}));
}

TEST(Rule29, AComparisonMustNotUseControlledObjects) {
  struct nosy {
    bool operator()(int a, int b) const {
      th::yield();
      return a < b;
    }
  };
  EXPECT_EQ(failure([] {
              th::priority_queue<int, nosy> items;
              items.put(1);
              items.put(2);
            }),
            "misuse");
}

TEST(Rule30, AtMostNWorkersWhichAreReused) {
  passes_reduced([] {
    th::counter inside;
    std::vector<th::future<int>> results;
    {
      th::thread_pool pool(2);
      for (int i = 0; i < 3; ++i) {
        results.push_back(pool.submit(
            [&](int number) {
              heddle::check(inside.increment() <= 2);
              inside.decrement();
              return number * number;
            },
            i));
      }
    }  // waits for all of them
    int sum = 0;
    for (auto& each : results) {
      heddle::check(each.done());
      sum += each.result();
    }
    heddle::check(sum == 5);
    heddle::check(th::active_count() == 1);
  });
}

TEST(Rule30, TheExceptionOfATaskIsInItsFuture) {
  always_passes([] {
    th::thread_pool pool(1);
    auto failed = pool.submit([]() -> int { throw std::runtime_error("no"); });
    bool caught = false;
    try {
      failed.result();
    } catch (const std::runtime_error&) {
      caught = true;
    }
    heddle::check(caught && failed.exception() != nullptr && failed.done());
    auto fine = pool.submit([] {});
    heddle::check(fine.exception() == nullptr);
    fine.result();
    fine.result();
  });
}

TEST(Rule30, CancelBeforeItRunsHasTwoOutcomes) {
  EXPECT_EQ(results([] {
              int ran = 0;
              th::thread_pool pool(1);
              auto task = pool.submit([&] { ++ran; });
              const bool cancelled = task.cancel();
              bool refused = false;
              try {
                task.result();
              } catch (const th::cancelled_error&) {
                refused = true;
              }
              pool.shutdown();
              heddle::check(cancelled == refused && cancelled == task.cancelled());
              heddle::check(ran == (cancelled ? 0 : 1));
              return cancelled;
            }),
            (std::set<bool>{false, true}));
}

TEST(Rule30, AResultMayComeTooLate) {
  EXPECT_EQ(results(
                [] {
                  th::thread_pool pool(1);
                  auto task = pool.submit([] {
                    th::sleep(2s);
                    return 1;
                  });
                  heddle::check(!task.wait_for(1s));
                  bool late = false;
                  try {
                    task.result_for(500ms);
                  } catch (const th::timeout_error&) {
                    late = true;
                  }
                  heddle::check(late);
                  return task.result();
                },
                0),
            (std::set<int>{1}));
}

TEST(Rule30, MapKeepsTheOrderOfItsInput) {
  passes_reduced([] {
    th::thread_pool pool(2);
    const auto squares = pool.map(std::vector<int>{3, 1, 2}, [](int of) { return of * of; });
    heddle::check(squares == std::vector<int>({9, 1, 4}));
  });
}

TEST(Rule30, SubmitAfterShutdownIsRefused) {
  always_passes([] {
    th::thread_pool pool(1);
    int ran = 0;
    pool.submit([&] { ++ran; });
    pool.shutdown();
    heddle::check(ran == 1 && is_refused([&] { pool.submit([] {}); }));
    pool.shutdown();
  });
}

}  // namespace
