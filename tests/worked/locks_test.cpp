// SPDX-License-Identifier: MIT
// Worked programs about locks: recursion, philosophers, transfers, things made once.
#include <memory>
#include <utility>
#include <vector>

#include "every_execution.hpp"

namespace {

using namespace heddle::threading;
using heddle::failure_kind;
using worked::fails;
using worked::holds;
using worked::results;

// A recursive method takes the lock at each level; others get it only between whole calls.
template <class Lock>
class factorials {
 public:
  int of(int n) {
    guard hold(lock_);
    calls_.store(calls_.load() + 1);
    return n <= 1 ? 1 : n * of(n - 1);
  }
  int calls() {
    guard hold(lock_);
    return calls_.load();
  }

 private:
  Lock lock_;
  heddle::var<int> calls_ = 0;
};

template <class Lock>
void recursion() {
  factorials<Lock> table;
  thread other([&] { heddle::check(table.of(3) == 6, "3!"); });
  other.start();
  const bool right = table.of(4) == 24;
  const int calls = table.calls();
  other.join();
  heddle::check(right, "4!");
  heddle::check(calls == 4 || calls == 7, "somebody came in the middle of a recursion");
}

TEST(Recursion, RunsUnderAReentrantLock) { holds(&recursion<reentrant_lock>); }

TEST(Recursion, BlocksItselfUnderAPlainLock) { fails(failure_kind::deadlock, &recursion<lock>); }

// Three philosophers, three forks. In order: the lower fork first.
void philosophers(bool in_order) {
  lock forks[3];
  heddle::var<int> meals[3];
  const auto dine = [&](int seat) {
    int first = seat;
    int second = (seat + 1) % 3;
    if (in_order && second < first) std::swap(first, second);
    guard hold_first(forks[first]);
    guard hold_second(forks[second]);
    meals[seat].store(meals[seat].load() + 1);
  };
  thread a([&] { dine(0); });
  thread b([&] { dine(1); });
  thread c([&] { dine(2); });
  for (thread* each : {&a, &b, &c}) each->start();
  for (thread* each : {&a, &b, &c}) each->join();
  for (auto& each : meals) heddle::check(each.load() == 1, "somebody has not eaten");
}

TEST(DiningPhilosophers, AllEatWhenForksHaveAnOrder) {
  holds([] { philosophers(true); });
}

TEST(DiningPhilosophers, StarveRoundTheTable) {
  fails(failure_kind::deadlock, [] { philosophers(false); });
}

// The other cure: one seat fewer at the table, kept by a semaphore.
TEST(DiningPhilosophers, AllEatWhenOneHasToStand) {
  holds([] {
    lock forks[3];
    semaphore seats(2);
    counter meals;
    const auto dine = [&](int seat) {
      guard sit(seats);
      guard left(forks[seat]);
      guard right(forks[(seat + 1) % 3]);
      meals.increment();
    };
    thread a([&] { dine(0); });
    thread b([&] { dine(1); });
    thread c([&] { dine(2); });
    for (thread* each : {&a, &b, &c}) each->start();
    for (thread* each : {&a, &b, &c}) each->join();
    heddle::check(meals.value() == 3, "somebody has not eaten");
  });
}

// And the third: both forks in one step.
TEST(DiningPhilosophers, AllEatWhenForksAreTakenAtOnce) {
  holds([] {
    lock forks[3];
    counter meals;
    const auto dine = [&](int seat) {
      heddle::scoped_lock both(forks[seat], forks[(seat + 1) % 3]);
      meals.increment();
    };
    thread a([&] { dine(0); });
    thread b([&] { dine(1); });
    thread c([&] { dine(2); });
    for (thread* each : {&a, &b, &c}) each->start();
    for (thread* each : {&a, &b, &c}) each->join();
    heddle::check(meals.value() == 3, "somebody has not eaten");
  });
}

struct account {
  explicit account(int with) : balance(with) {}
  lock door;
  heddle::var<int> balance;
};

// Opposite transfers and an auditor: whoever looks at both accounts finds all the money there.
void transfers(bool both_locked) {
  account a(100);
  account b(100);
  const auto move = [&](account& from, account& to, int amount) {
    if (both_locked) {
      guard first(a.door);  // in one order, whatever the direction
      guard second(b.door);
      from.balance.store(from.balance.load() - amount);
      to.balance.store(to.balance.load() + amount);
    } else {
      {
        guard hold(from.door);
        from.balance.store(from.balance.load() - amount);
      }
      guard hold(to.door);
      to.balance.store(to.balance.load() + amount);
    }
  };
  const auto audit = [&] {
    guard first(a.door);
    guard second(b.door);
    heddle::check(a.balance.load() + b.balance.load() == 200, "money is on its way");
  };
  thread one([&] { move(a, b, 10); });
  thread other([&] { move(b, a, 30); });
  thread auditor(audit);
  for (thread* each : {&one, &other, &auditor}) each->start();
  for (thread* each : {&one, &other, &auditor}) each->join();
  heddle::check(a.balance.load() == 120 && b.balance.load() == 80, "money is lost");
}

TEST(Transfers, KeepTheSumUnderBothLocks) {
  holds([] { transfers(true); });
}

TEST(Transfers, ShowMoneyOnItsWayUnderOneLockAtATime) {
  fails(failure_kind::failed_check, [] { transfers(false); });
}

// Made by the first that asks, and only by it.
void made_once(bool ask_again) {
  lock making;
  heddle::atomic<int> there = 0;
  heddle::var<int> made = 0;
  const auto get = [&] {
    if (there.load() == 0) {
      guard hold(making);
      if (!ask_again || there.load() == 0) {
        made.store(made.load() + 1);
        there.store(1);
      }
    }
    heddle::check(made.load() >= 1, "asked for before it was made");
  };
  thread a(get);
  thread b(get);
  a.start();
  b.start();
  a.join();
  b.join();
  heddle::check(made.load() == 1, "made twice");
}

TEST(MadeOnce, AsksAgainUnderTheLock) {
  holds([] { made_once(true); });
}

TEST(MadeOnce, IsMadeTwiceIfItDoesNot) {
  fails([] { made_once(false); });
}

// Tickets from a counter: each number once, without a lock.
TEST(Tickets, AreGivenOutOnceEach) {
  const auto seen = results([] {
    counter next;
    std::int64_t mine[2][2];
    const auto draw = [&](int who) {
      mine[who][0] = next.increment();
      mine[who][1] = next.increment();
    };
    thread a([&] { draw(0); });
    thread b([&] { draw(1); });
    a.start();
    b.start();
    a.join();
    b.join();
    heddle::check(mine[0][0] < mine[0][1] && mine[1][0] < mine[1][1], "in order for each");
    return std::set<std::int64_t>{mine[0][0], mine[0][1], mine[1][0], mine[1][1]};
  });
  EXPECT_EQ(seen, (std::set<std::set<std::int64_t>>{{1, 2, 3, 4}}));
}

}  // namespace
