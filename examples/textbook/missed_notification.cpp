// SPDX-License-Identifier: MIT
// Missed notification: a condition remembers nothing, so a notify that comes before the wait is
// lost and the wait never ends. Cured by a predicate that is changed and tested under the lock of
// the condition; or by an event, which stays set.
#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

HEDDLE_TEST(NotifyBug, ComesBeforeTheWait) {
  condition ready;
  thread waiter({.name = "waiter"}, [&] {
    guard hold(ready);
    ready.wait();
  });
  waiter.start();
  {
    guard hold(ready);
    ready.notify();
  }
  waiter.join();
}

HEDDLE_TEST(Notify, ComesWithAPredicate) {
  condition ready;
  heddle::var<bool> is_ready = false;
  thread waiter({.name = "waiter"}, [&] {
    guard hold(ready);
    while (!is_ready.load()) ready.wait();
  });
  waiter.start();
  {
    guard hold(ready);
    is_ready.store(true);
    ready.notify();
  }
  waiter.join();
}

HEDDLE_TEST(Notify, IsAnEvent) {
  event ready;
  thread waiter({.name = "waiter"}, [&] { ready.wait(); });
  waiter.start();
  ready.set();
  waiter.join();
}

// A predicate that is tested outside the lock: the notify comes between the test and the wait.
HEDDLE_TEST(PredicateBug, IsTestedWithoutTheLock) {
  condition ready;
  heddle::atomic<bool> is_ready = false;
  thread waiter({.name = "waiter"}, [&] {
    if (is_ready.load()) return;
    guard hold(ready);
    ready.wait();
  });
  waiter.start();
  is_ready.store(true);
  {
    guard hold(ready);
    ready.notify();
  }
  waiter.join();
}

// The notifier waits until the waiter says that it is about to wait. The race has only moved: it is
// now between that word and the wait.
HEDDLE_TEST(ReadyEventBug, IsSetBeforeTheLockIsTaken) {
  condition ready;
  event about_to_wait;
  thread waiter({.name = "waiter"}, [&] {
    about_to_wait.set();
    guard hold(ready);
    ready.wait();
  });
  waiter.start();
  about_to_wait.wait();
  {
    guard hold(ready);
    ready.notify();
  }
  waiter.join();
}

// Under the lock it is right: the notifier gets the lock only when the wait gives it up.
HEDDLE_TEST(ReadyEvent, IsSetUnderTheLock) {
  condition ready;
  event about_to_wait;
  thread waiter({.name = "waiter"}, [&] {
    guard hold(ready);
    about_to_wait.set();
    ready.wait();
  });
  waiter.start();
  about_to_wait.wait();
  {
    guard hold(ready);
    ready.notify();
  }
  waiter.join();
}

// A wait without a loop takes any wake-up for the one that it waits for: here that of an item which
// another consumer has meanwhile taken.
HEDDLE_TEST(StolenWakeUpBug, MeetsAnIf) {
  condition changed;
  heddle::var<int> items = 0;
  const auto take = [&] {
    guard hold(changed);
    if (items.load() == 0) changed.wait();
    heddle::check(items.load() > 0, "woken up, and there is nothing to take");
    items.store(items.load() - 1);
  };
  const auto put = [&] {
    guard hold(changed);
    items.store(items.load() + 1);
    changed.notify();
  };
  thread one({.name = "one"}, take);
  thread other({.name = "other"}, take);
  one.start();
  other.start();
  put();
  put();
  one.join();
  other.join();
}

HEDDLE_TEST(StolenWakeUp, MeetsALoop) {
  condition changed;
  heddle::var<int> items = 0;
  const auto take = [&] {
    guard hold(changed);
    while (items.load() == 0) changed.wait();
    items.store(items.load() - 1);
  };
  const auto put = [&] {
    guard hold(changed);
    items.store(items.load() + 1);
    changed.notify();
  };
  thread one({.name = "one"}, take);
  thread other({.name = "other"}, take);
  one.start();
  other.start();
  put();
  put();
  one.join();
  other.join();
  EXPECT_EQ(items.load(), 0);
}

// An event that is cleared by the one who waits, just before it waits.
HEDDLE_TEST(ClearedEventBug, ForgetsThatItWasSet) {
  event ready;
  thread waiter({.name = "waiter"}, [&] {
    ready.clear();
    ready.wait();
  });
  waiter.start();
  ready.set();
  waiter.join();
}

HEDDLE_TEST(ClearedEvent, IsClearedAfterTheWait) {
  event ready;
  thread waiter({.name = "waiter"}, [&] {
    ready.wait();
    ready.clear();
  });
  waiter.start();
  ready.set();
  waiter.join();
  EXPECT_FALSE(ready.is_set());
}

}  // namespace
