// SPDX-License-Identifier: MIT
// Check, then act: a thread tests a condition, and acts when it no longer holds. Each of the two
// steps is locked, and it does not help. Cured by testing and acting under one lock, or with a call
// that does both.
#include <map>
#include <string>

#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

class account {
 public:
  explicit account(int balance) : balance_(balance) {}
  int balance() {
    guard hold(lock_);
    return balance_.load();
  }
  void withdraw(int amount) {
    guard hold(lock_);
    balance_.store(balance_.load() - amount);
  }
  bool withdraw_if_covered(int amount) {
    guard hold(lock_);
    if (balance_.load() < amount) return false;
    balance_.store(balance_.load() - amount);
    return true;
  }

 private:
  lock lock_;
  heddle::var<int> balance_;
};

HEDDLE_TEST(WithdrawalBug, TestsTheBalanceThenWithdraws) {
  account shared(100);
  const auto withdraw = [&] {
    if (shared.balance() >= 80) shared.withdraw(80);
  };
  thread one(withdraw);
  thread other(withdraw);
  one.start();
  other.start();
  one.join();
  other.join();
  heddle::check(shared.balance() >= 0, "the account is overdrawn");
}

HEDDLE_TEST(Withdrawal, TestsAndWithdrawsUnderOneLock) {
  account shared(100);
  const auto withdraw = [&] { shared.withdraw_if_covered(80); };
  thread one(withdraw);
  thread other(withdraw);
  one.start();
  other.start();
  one.join();
  other.join();
  EXPECT_EQ(shared.balance(), 20);
}

// A cache: each value is to be computed once.
class cache {
 public:
  bool contains(const std::string& key) {
    guard hold(lock_);
    return values_.read().contains(key);
  }
  void insert(const std::string& key, int value) {
    guard hold(lock_);
    values_.write()[key] = value;
    ++computed_;
  }
  void insert_if_missing(const std::string& key, int value) {
    guard hold(lock_);
    if (values_.write().emplace(key, value).second) ++computed_;
  }
  int computed() {
    guard hold(lock_);
    return computed_;
  }

 private:
  lock lock_;
  heddle::var<std::map<std::string, int>> values_;
  heddle::var<int> computed_ = 0;
};

HEDDLE_TEST(CacheBug, TestsTheKeyThenInserts) {
  cache shared;
  const auto look_up = [&] {
    if (!shared.contains("answer")) shared.insert("answer", 42);
  };
  thread one(look_up);
  thread other(look_up);
  one.start();
  other.start();
  one.join();
  other.join();
  EXPECT_EQ(shared.computed(), 1);
}

HEDDLE_TEST(Cache, InsertsIfMissing) {
  cache shared;
  const auto look_up = [&] { shared.insert_if_missing("answer", 42); };
  thread one(look_up);
  thread other(look_up);
  one.start();
  other.start();
  one.join();
  other.join();
  EXPECT_EQ(shared.computed(), 1);
}

// "It is not locked, so I can have it": not any more.
HEDDLE_TEST(AskedLockBug, IsFreeThenTaken) {
  lock door;
  const auto enter = [&] {
    if (!door.locked()) {
      heddle::check(door.try_acquire(), "the lock was free a moment ago");
      door.release();
    }
  };
  thread one(enter);
  thread other(enter);
  one.start();
  other.start();
  one.join();
  other.join();
}

HEDDLE_TEST(AskedLock, IsTakenIfFree) {
  lock door;
  counter entered;
  const auto enter = [&] {
    if (!door.try_acquire()) return;
    entered.increment();
    door.release();
  };
  thread one(enter);
  thread other(enter);
  one.start();
  other.start();
  one.join();
  other.join();
  EXPECT_GE(entered.value(), 1);
}

}  // namespace
