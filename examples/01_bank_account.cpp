// SPDX-License-Identifier: MIT
// A bank account and a fake database: two threads read a balance, compute, and write it back. If
// both read before either writes, one update is lost. The accesses themselves are locked, so no
// race detector objects; the mistake is that the lock is given up in between.
#include <heddle/gtest.hpp>

namespace {

class account {
 public:
  int balance() {
    heddle::lock_guard lock(guard_);
    return balance_.load();
  }
  void set_balance(int value) {
    heddle::lock_guard lock(guard_);
    balance_.store(value);
  }
  // Right: the read and the write it leads to under one lock.
  void deposit(int amount) {
    heddle::lock_guard lock(guard_);
    balance_.store(balance_.load() + amount);
  }

 private:
  heddle::mutex guard_;
  heddle::var<int> balance_{100};
};

HEDDLE_TEST(BankAccountBug, LosesAnUpdate) {
  account shared;
  const auto pay_in = [&](int amount) { shared.set_balance(shared.balance() + amount); };
  heddle::thread first(heddle::named("wages"), pay_in, 50);
  heddle::thread second(heddle::named("gift"), pay_in, 20);
  first.join();
  second.join();
  EXPECT_EQ(shared.balance(), 170);
}

HEDDLE_TEST(BankAccount, KeepsEveryUpdate) {
  account shared;
  heddle::thread first(heddle::named("wages"), [&] { shared.deposit(50); });
  heddle::thread second(heddle::named("gift"), [&] { shared.deposit(20); });
  first.join();
  second.join();
  EXPECT_EQ(shared.balance(), 170);
}

// The fake database of the threading guides: an update reads the record, works for a while, and
// writes its copy back.
class fake_database {
 public:
  void update_without_lock() {
    int copy = value_.load();
    ++copy;
    heddle::this_thread::sleep_for(std::chrono::milliseconds(100));
    value_.store(copy);
  }
  void update() {
    heddle::lock_guard lock(guard_);
    int copy = value_.load();
    ++copy;
    heddle::this_thread::sleep_for(std::chrono::milliseconds(100));
    value_.store(copy);
  }
  int value() { return value_.load(); }

 private:
  heddle::mutex guard_;
  heddle::atomic<int> value_{0};
};

HEDDLE_TEST(FakeDatabaseBug, LosesAnUpdate) {
  fake_database database;
  heddle::thread first([&] { database.update_without_lock(); });
  heddle::thread second([&] { database.update_without_lock(); });
  first.join();
  second.join();
  EXPECT_EQ(database.value(), 2);
}

HEDDLE_TEST(FakeDatabase, KeepsEveryUpdate) {
  fake_database database;
  heddle::thread first([&] { database.update(); });
  heddle::thread second([&] { database.update(); });
  first.join();
  second.join();
  EXPECT_EQ(database.value(), 2);
}

}  // namespace
