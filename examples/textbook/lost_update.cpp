// SPDX-License-Identifier: MIT
// Lost update: two threads read the same value, and the later write-back wipes out the earlier one.
// Cured by making one step of the read and the write that it leads to: under one lock, or with a
// counter that counts in one operation.
#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;
using namespace std::chrono_literals;

// A plain count += 1 by two threads. Nothing orders the accesses, so this is a data race before it
// is anything else.
HEDDLE_TEST(CounterBug, CountsWithoutALock) {
  heddle::var<int> count = 0;
  const auto increment = [&] { count.store(count.load() + 1); };
  thread first(increment);
  thread second(increment);
  first.start();
  second.start();
  first.join();
  second.join();
  EXPECT_EQ(count, 2);
}

HEDDLE_TEST(Counter, CountsUnderALock) {
  lock count_lock;
  heddle::var<int> count = 0;
  const auto increment = [&] {
    guard hold(count_lock);
    count.store(count.load() + 1);
  };
  thread first(increment);
  thread second(increment);
  first.start();
  second.start();
  first.join();
  second.join();
  EXPECT_EQ(count, 2);
}

// Every access is atomic, and no race detector objects. The update is still two steps.
HEDDLE_TEST(AtomicCounterBug, LoadsThenStores) {
  heddle::atomic<int> count = 0;
  const auto increment = [&] { count.store(count.load() + 1); };
  thread first(increment);
  thread second(increment);
  first.start();
  second.start();
  first.join();
  second.join();
  EXPECT_EQ(count.load(), 2);
}

HEDDLE_TEST(AtomicCounter, CountsInOneStep) {
  counter count;
  const auto increment = [&] { count.increment(); };
  thread first(increment);
  thread second(increment);
  first.start();
  second.start();
  first.join();
  second.join();
  EXPECT_EQ(count.value(), 2);
}

// One thread adds, the other subtracts as much; the sum should be what it was. Reading and writing
// are locked, each for itself.
class number {
 public:
  int get() {
    guard hold(lock_);
    return value_.load();
  }
  void set(int value) {
    guard hold(lock_);
    value_.store(value);
  }
  void add(int by) {
    guard hold(lock_);
    value_.store(value_.load() + by);
  }

 private:
  lock lock_;
  heddle::var<int> value_ = 0;
};

HEDDLE_TEST(AdderBug, MeetsASubtractor) {
  number sum;
  const auto change = [&](int by) {
    for (int i = 0; i < 3; ++i) sum.set(sum.get() + by);
  };
  thread adder({.name = "adder"}, [&] { change(1); });
  thread subtractor({.name = "subtractor"}, [&] { change(-1); });
  adder.start();
  subtractor.start();
  adder.join();
  subtractor.join();
  EXPECT_EQ(sum.get(), 0);
}

HEDDLE_TEST(Adder, MeetsASubtractor) {
  number sum;
  const auto change = [&](int by) {
    for (int i = 0; i < 3; ++i) sum.add(by);
  };
  thread adder({.name = "adder"}, [&] { change(1); });
  thread subtractor({.name = "subtractor"}, [&] { change(-1); });
  adder.start();
  subtractor.start();
  adder.join();
  subtractor.join();
  EXPECT_EQ(sum.get(), 0);
}

// A withdrawal and a deposit, computed from a balance that was asked for before.
HEDDLE_TEST(AccountBug, WritesBackAnOldBalance) {
  number balance;
  balance.set(100);
  thread wages({.name = "wages"}, [&] { balance.set(balance.get() + 50); });
  thread rent({.name = "rent"}, [&] { balance.set(balance.get() - 80); });
  wages.start();
  rent.start();
  wages.join();
  rent.join();
  EXPECT_EQ(balance.get(), 70);
}

HEDDLE_TEST(Account, ChangesTheBalanceInOneStep) {
  number balance;
  balance.set(100);
  thread wages({.name = "wages"}, [&] { balance.add(50); });
  thread rent({.name = "rent"}, [&] { balance.add(-80); });
  wages.start();
  rent.start();
  wages.join();
  rent.join();
  EXPECT_EQ(balance.get(), 70);
}

// The fake database of the guides: a task copies the record, works for a while, writes its copy.
HEDDLE_TEST(PooledDatabaseBug, IsUpdatedByTwoTasks) {
  number record;
  thread_pool pool(2);
  const auto update = [&] {
    const int copy = record.get() + 1;
    sleep(100ms);
    record.set(copy);
  };
  auto first = pool.submit(update);
  auto second = pool.submit(update);
  first.wait();
  second.wait();
  EXPECT_EQ(record.get(), 2);
}

HEDDLE_TEST(PooledDatabase, IsUpdatedUnderOneLock) {
  lock database;
  heddle::var<int> record = 0;
  thread_pool pool(2);
  const auto update = [&] {
    guard hold(database);
    record.store(record.load() + 1);
  };
  auto first = pool.submit(update);
  auto second = pool.submit(update);
  first.wait();
  second.wait();
  EXPECT_EQ(record, 2);
}

}  // namespace
