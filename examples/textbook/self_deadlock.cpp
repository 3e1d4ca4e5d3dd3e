// SPDX-License-Identifier: MIT
// Self-deadlock: a thread waits for what only it could do. It acquires a lock twice, directly or in
// a call from a locked method to another; it waits for an event, a notify, a permit of its own.
// Cured by a reentrant lock, or an unlocked inner method; and by letting another thread do it.
#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

HEDDLE_TEST(OwnLockBug, IsAcquiredTwice) {
  lock mine;
  guard outer(mine);
  guard inner(mine);
}

HEDDLE_TEST(OwnLock, IsReentrant) {
  reentrant_lock mine;
  guard outer(mine);
  guard inner(mine);
}

template <class Lock>
class account {
 public:
  void deposit(int amount) {
    guard hold(lock_);
    balance_.store(balance_.load() + amount);
  }
  void deposit_twice(int amount) {
    guard hold(lock_);
    deposit(amount);
    deposit(amount);
  }
  int balance() {
    guard hold(lock_);
    return balance_.load();
  }

 private:
  Lock lock_;
  heddle::var<int> balance_ = 0;
};

template <class Lock>
void deposit_in_two_threads() {
  account<Lock> shared;
  thread other([&] { shared.deposit(1); });
  other.start();
  shared.deposit_twice(10);
  other.join();
  EXPECT_EQ(shared.balance(), 21);
}

HEDDLE_TEST(NestedCallBug, LocksAgain) { deposit_in_two_threads<lock>(); }

HEDDLE_TEST(NestedCall, LocksAReentrantLockAgain) { deposit_in_two_threads<reentrant_lock>(); }

HEDDLE_TEST(OwnEventBug, IsSetAfterTheWait) {
  event done;
  thread worker({.name = "worker"}, [&] {
    done.wait();
    done.set();
  });
  worker.start();
  worker.join();
}

HEDDLE_TEST(OwnEvent, IsSetByAnother) {
  event done;
  thread worker({.name = "worker"}, [&] { done.wait(); });
  worker.start();
  done.set();
  worker.join();
}

HEDDLE_TEST(OwnConditionBug, IsNotifiedAfterTheWait) {
  condition changed;
  thread worker({.name = "worker"}, [&] {
    guard hold(changed);
    changed.wait();
    changed.notify();
  });
  worker.start();
  worker.join();
}

HEDDLE_TEST(OwnCondition, IsNotifiedByAnother) {
  condition changed;
  heddle::var<bool> has_changed = false;
  thread worker({.name = "worker"}, [&] {
    guard hold(changed);
    changed.wait([&] { return has_changed.load(); });
  });
  worker.start();
  {
    guard hold(changed);
    has_changed.store(true);
    changed.notify();
  }
  worker.join();
}

HEDDLE_TEST(OwnPermitBug, IsTheOnlyOne) {
  semaphore permits(1);
  thread worker({.name = "worker"}, [&] {
    permits.acquire();
    permits.acquire();
    permits.release(2);
  });
  worker.start();
  worker.join();
}

HEDDLE_TEST(OwnPermit, IsGivenBackFirst) {
  semaphore permits(1);
  thread worker({.name = "worker"}, [&] {
    permits.acquire();
    permits.release();
    permits.acquire();
    permits.release();
  });
  worker.start();
  worker.join();
}

}  // namespace
