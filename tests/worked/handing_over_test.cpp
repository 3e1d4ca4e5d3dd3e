// SPDX-License-Identifier: MIT
// Worked programs that hand things from thread to thread: pipelines, queues, ping and pong.
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>
#include <variant>
#include <vector>

#include "every_execution.hpp"

namespace {

using namespace heddle::threading;
using heddle::failure_kind;
using worked::fails;
using worked::holds;
using worked::results;

// One slot; a lock that says it is empty, one that says it is full. Each is acquired by one side
// and released by the other.
void one_slot_pipeline(bool consumer_waits) {
  lock empty;
  lock full;
  heddle::var<int> slot = 0;
  full.acquire();
  thread producer({.name = "producer"}, [&] {
    for (int item = 1; item <= 3; ++item) {
      empty.acquire();
      slot.store(item);
      full.release();
    }
  });
  thread consumer({.name = "consumer"}, [&] {
    for (int item = 1; item <= 3; ++item) {
      if (consumer_waits) full.acquire();
      heddle::check(slot.load() == item, "an item is lost, or comes twice");
      if (consumer_waits) empty.release();
    }
  });
  producer.start();
  consumer.start();
  producer.join();
  consumer.join();
  full.release();  // empty, as at the beginning
}

TEST(OneSlotPipeline, HandsOverEveryItemInOrder) {
  holds([] { one_slot_pipeline(true); });
}

TEST(OneSlotPipeline, NeedsAConsumerWhoWaits) {
  fails([] { one_slot_pipeline(false); });
}

TEST(BoundedQueue, KeepsTheOrderAndItsCapacity) {
  holds([] {
    queue<int> line(1);
    thread producer([&] {
      for (int item = 1; item <= 3; ++item) line.put(item);
    });
    thread consumer([&] {
      for (int item = 1; item <= 3; ++item) {
        heddle::check(line.size() <= 1, "more in the queue than it has room for");
        heddle::check(line.get() == item, "out of order");
      }
    });
    producer.start();
    consumer.start();
    producer.join();
    consumer.join();
    heddle::check(line.empty(), "something is left");
  });
}

// A sentinel (here 0) ends a consumer: each needs one of its own.
void sentinels(int count) {
  queue<int> line;
  heddle::atomic<int> sum = 0;
  const auto consume = [&] {
    while (const int item = line.get()) sum.fetch_add(item);
  };
  thread one(consume);
  thread other(consume);
  one.start();
  other.start();
  line.put(1);
  line.put(2);
  for (int i = 0; i < count; ++i) line.put(0);
  one.join();
  other.join();
  heddle::check(sum.load() == 3, "an item was not consumed once");
}

TEST(Sentinel, EndsTheConsumerThatTakesIt) {
  holds([] { sentinels(2); });
}

TEST(Sentinel, EndsOneConsumerOnly) {
  fails(failure_kind::deadlock, [] { sentinels(1); });
}

struct job {
  int priority;
  char from;
  bool operator<(const job& other) const { return priority < other.priority; }
};

// The least first, whoever was faster; equal ones in the order of their arrival, which is open.
TEST(PrioritisedQueue, GivesTheMostUrgentFirst) {
  const auto seen = results([] {
    priority_queue<job> jobs;
    thread a([&] {
      jobs.put({2, 'a'});
      jobs.put({1, 'a'});
    });
    thread b([&] { jobs.put({2, 'b'}); });
    a.start();
    b.start();
    a.join();
    b.join();
    std::string order;
    int last = 0;
    for (int i = 0; i < 3; ++i) {
      const job next = jobs.get();
      heddle::check(next.priority >= last, "the less urgent one came first");
      last = next.priority;
      order += next.from;
    }
    return order;
  });
  EXPECT_EQ(seen, (std::set<std::string>{"aab", "aba"}));
}

TEST(LifoQueue, GivesTheLatestFirst) {
  const auto seen = results([] {
    lifo_queue<int> pile;
    thread other([&] {
      pile.put(1);
      pile.put(2);
    });
    other.start();
    pile.put(3);
    other.join();
    const int first = pile.get();
    const int second = pile.get();
    return 100 * first + 10 * second + pile.get();
  });
  EXPECT_EQ(seen, (std::set<int>{321, 231, 213}));
}

// The main thread waits until the work is done, not until the threads have ended.
void queue_join(bool done_after_the_work) {
  queue<int> tasks;
  heddle::var<int> done = 0;
  thread worker({.name = "worker"}, [&] {
    while (tasks.get() != 0) {
      if (!done_after_the_work) tasks.task_done();
      done.store(done.load() + 1);
      if (done_after_the_work) tasks.task_done();
    }
  });
  worker.start();
  tasks.put(1);
  tasks.put(2);
  tasks.join();
  const int seen = done.load();
  tasks.put(0);
  worker.join();
  heddle::check(seen == 2, "join returned before the work was done");
}

TEST(TaskQueue, IsJoinedWhenAllIsDone) {
  holds([] { queue_join(true); });
}

TEST(TaskQueue, IsJoinedTooEarlyWhenDoneIsSaidTooEarly) {
  fails(failure_kind::data_race, [] { queue_join(false); });
}

// Two threads take turns, each with a semaphore of its own.
TEST(PingPong, Alternates) {
  const auto seen = results([] {
    semaphore ping_may(1);
    semaphore pong_may(0);
    heddle::var<std::string> said;
    const auto play = [&](semaphore& mine, semaphore& theirs, char word) {
      for (int i = 0; i < 3; ++i) {
        mine.acquire();
        said.write() += word;
        theirs.release();
      }
    };
    thread ping([&] { play(ping_may, pong_may, 'i'); });
    thread pong([&] { play(pong_may, ping_may, 'o'); });
    ping.start();
    pong.start();
    ping.join();
    pong.join();
    return said.load();
  });
  EXPECT_EQ(seen, (std::set<std::string>{"ioioio"}));
}

// A future of one's own: the result, or the exception, comes through a queue of one place.
TEST(ResultThroughAQueue, IsAValueOrAnException) {
  holds([] {
    using result = std::variant<int, std::exception_ptr>;
    queue<result> good(1);
    queue<result> bad(1);
    const auto divide = [](int a, int b, queue<result>& answer) {
      try {
        if (b == 0) throw std::domain_error("division by zero");
        answer.put(a / b);
      } catch (...) {
        answer.put(std::current_exception());
      }
    };
    thread one([&] { divide(6, 3, good); });
    thread other([&] { divide(6, 0, bad); });
    one.start();
    other.start();
    const result value = good.get();
    const result error = bad.get();
    one.join();
    other.join();
    heddle::check(std::get<int>(value) == 2, "not the result");
    bool thrown = false;
    try {
      std::rethrow_exception(std::get<std::exception_ptr>(error));
    } catch (const std::domain_error&) {
      thrown = true;
    }
    heddle::check(thrown, "not the exception");
  });
}

// The sleeping barber: one chair to wait on; who finds it taken leaves.
TEST(SleepingBarber, ServesWhoFindsAChair) {
  const auto seen = results([] {
    queue<int> chairs(1);
    heddle::var<int> served = 0;
    counter left;
    thread barber({.name = "barber"}, [&] {
      while (chairs.get() != 0) served.store(served.load() + 1);
    });
    std::vector<std::unique_ptr<thread>> customers;
    barber.start();
    for (int i = 1; i <= 3; ++i) {
      customers.push_back(std::make_unique<thread>([&, i] {
        if (!chairs.try_put(i)) left.increment();
      }));
      customers.back()->start();
    }
    for (auto& each : customers) each->join();
    chairs.put(0);
    barber.join();
    return std::pair(served.load(), left.value());
  });
  EXPECT_EQ(seen, (std::set<std::pair<int, std::int64_t>>{{3, 0}, {2, 1}, {1, 2}}));
}

// A chain of threads, each of which takes from the one before it: squares, then sums.
TEST(Chain, PassesEverythingOn) {
  holds([] {
    queue<int> numbers(1);
    queue<int> squares(1);
    int sum = 0;
    thread squarer([&] {
      while (const int n = numbers.get()) squares.put(n * n);
      squares.put(0);
    });
    thread adder([&] {
      while (const int n = squares.get()) sum += n;
    });
    squarer.start();
    adder.start();
    for (const int n : {1, 2, 3, 0}) numbers.put(n);
    squarer.join();
    adder.join();
    heddle::check(sum == 14, "1 + 4 + 9");
  });
}

}  // namespace
