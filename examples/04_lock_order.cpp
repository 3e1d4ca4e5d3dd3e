// SPDX-License-Identifier: MIT
// Two transfers between the same two accounts, in opposite directions, each locking its source
// first: each may come to hold what the other needs. Taking both at once, or in one global order,
// cannot.
#include <heddle/gtest.hpp>

namespace {

struct account {
  heddle::mutex guard;
  heddle::var<int> balance{100};
};

void transfer_source_first(account& from, account& to, int amount) {
  heddle::lock_guard source(from.guard);
  heddle::lock_guard target(to.guard);
  from.balance.store(from.balance.load() - amount);
  to.balance.store(to.balance.load() + amount);
}

void transfer(account& from, account& to, int amount) {
  heddle::scoped_lock both(from.guard, to.guard);
  from.balance.store(from.balance.load() - amount);
  to.balance.store(to.balance.load() + amount);
}

HEDDLE_TEST(LockOrderBug, OppositeOrders) {
  account savings;
  account current;
  heddle::name(savings.guard, "savings");
  heddle::name(current.guard, "current");
  heddle::thread there([&] { transfer_source_first(savings, current, 30); });
  heddle::thread back([&] { transfer_source_first(current, savings, 10); });
  there.join();
  back.join();
}

HEDDLE_TEST(LockOrder, BothAtOnce) {
  account savings;
  account current;
  heddle::thread there([&] { transfer(savings, current, 30); });
  heddle::thread back([&] { transfer(current, savings, 10); });
  there.join();
  back.join();
  EXPECT_EQ(savings.balance.load(), 80);
  EXPECT_EQ(current.balance.load(), 120);
}

}  // namespace
