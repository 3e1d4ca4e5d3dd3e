// SPDX-License-Identifier: MIT
// Order violation: every access is locked, and yet things happen in the wrong order, because
// nothing makes the second wait for the first. Cured by an event, a condition with a predicate, a
// join, or whatever else says "now".
#include <memory>

#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

class account {
 public:
  void deposit(int amount) {
    guard hold(lock_);
    balance_.store(balance_.load() + amount);
  }
  void withdraw(int amount) {
    guard hold(lock_);
    heddle::check(balance_.load() >= amount, "withdrawn before it was deposited");
    balance_.store(balance_.load() - amount);
  }

 private:
  lock lock_;
  heddle::var<int> balance_ = 0;
};

HEDDLE_TEST(TransferBug, WithdrawsBeforeTheDeposit) {
  account shared;
  thread depositor({.name = "depositor"}, [&] { shared.deposit(50); });
  thread withdrawer({.name = "withdrawer"}, [&] { shared.withdraw(50); });
  depositor.start();
  withdrawer.start();
  depositor.join();
  withdrawer.join();
}

HEDDLE_TEST(Transfer, WithdrawsAfterTheDeposit) {
  account shared;
  event deposited;
  thread depositor({.name = "depositor"}, [&] {
    shared.deposit(50);
    deposited.set();
  });
  thread withdrawer({.name = "withdrawer"}, [&] {
    deposited.wait();
    shared.withdraw(50);
  });
  depositor.start();
  withdrawer.start();
  depositor.join();
  withdrawer.join();
}

// A thread is started before what it needs is there.
HEDDLE_TEST(StartUpBug, UsesWhatIsNotThereYet) {
  lock settings_lock;
  heddle::var<std::shared_ptr<int>> settings;
  thread worker({.name = "worker"}, [&] {
    guard hold(settings_lock);
    heddle::check(settings.read() != nullptr, "the worker runs before the settings are there");
  });
  worker.start();
  {
    guard hold(settings_lock);
    settings.store(std::make_shared<int>(1));
  }
  worker.join();
}

HEDDLE_TEST(StartUp, StartsWhenEverythingIsThere) {
  heddle::var<std::shared_ptr<int>> settings;
  thread worker({.name = "worker"}, [&] {
    heddle::check(settings.read() != nullptr, "the worker runs before the settings are there");
  });
  settings.store(std::make_shared<int>(1));
  worker.start();
  worker.join();
}

}  // namespace
