// SPDX-License-Identifier: MIT
// Polling: a loop that asks again and again whether something has happened. It ends if somebody
// else can make it happen. It cannot end if nobody does, or if it holds what the other one needs.
// Cured by waiting for an event instead, and by holding nothing meanwhile.
#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

HEDDLE_TEST(PollingBug, ForWhatNobodyDoes) {
  heddle::atomic<bool> done = false;
  thread poller({.name = "poller"}, [&] {
    while (!done.load()) yield();
  });
  poller.start();
  poller.join();
}

HEDDLE_TEST(PollingWithLockBug, KeepsTheOtherOneOut) {
  lock door;
  heddle::atomic<bool> done = false;
  thread poller({.name = "poller"}, [&] {
    guard hold(door);
    while (!done.load()) yield();
  });
  poller.start();
  {
    guard hold(door);
    done.store(true);
  }
  poller.join();
}

HEDDLE_TEST(Polling, EndsWhenItIsDone) {
  heddle::atomic<bool> done = false;
  thread poller({.name = "poller"}, [&] {
    while (!done.load()) yield();
  });
  poller.start();
  done.store(true);
  poller.join();
}

HEDDLE_TEST(Polling, IsNotNeeded) {
  lock door;
  event done;
  thread waiter({.name = "waiter"}, [&] {
    done.wait();
    guard hold(door);
  });
  waiter.start();
  {
    guard hold(door);
    done.set();
  }
  waiter.join();
}

}  // namespace
