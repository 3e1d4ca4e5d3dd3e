// SPDX-License-Identifier: MIT
// Livelock: two polite threads. Each takes its own lock, tries for the other's, and gives its own
// back if it cannot have both. If they keep step, nobody ever gets through, with a pause or
// without. Cured by one order for both.
#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;
using namespace std::chrono_literals;

void pass(lock& mine, lock& theirs) {
  for (;;) {
    guard hold(mine);
    if (theirs.try_acquire()) break;
  }
  theirs.release();
}

HEDDLE_TEST(PoliteLocksBug, NeverGetPastEachOther) {
  lock left;
  lock right;
  thread one({.name = "one"}, [&] { pass(left, right); });
  thread other({.name = "other"}, [&] { pass(right, left); });
  one.start();
  other.start();
  one.join();
  other.join();
}

void pass_with_a_pause(lock& mine, lock& theirs) {
  for (;;) {
    {
      guard hold(mine);
      if (theirs.try_acquire()) break;
    }
    sleep(10ms);
  }
  theirs.release();
}

HEDDLE_TEST(SleepyLocksBug, NeverGetPastEachOther) {
  lock left;
  lock right;
  thread one({.name = "one"}, [&] { pass_with_a_pause(left, right); });
  thread other({.name = "other"}, [&] { pass_with_a_pause(right, left); });
  one.start();
  other.start();
  one.join();
  other.join();
}

// As the couple with one spoon: whoever has it offers it to the other as long as that one is
// hungry.
HEDDLE_TEST(LockedAskedBug, NobodyGoesFirst) {
  lock left;
  lock right;
  const auto pass_if_free = [](lock& mine, lock& theirs) {
    for (;;) {
      guard hold(mine);
      if (!theirs.locked()) return;
    }
  };
  thread one({.name = "one"}, [&] { pass_if_free(left, right); });
  thread other({.name = "other"}, [&] { pass_if_free(right, left); });
  one.start();
  other.start();
  one.join();
  other.join();
}

HEDDLE_TEST(PoliteLocks, HaveOneOrder) {
  lock left;
  lock right;
  const auto pass_in_order = [&] {
    guard hold_left(left);
    guard hold_right(right);
  };
  thread one({.name = "one"}, pass_in_order);
  thread other({.name = "other"}, pass_in_order);
  one.start();
  other.start();
  one.join();
  other.join();
}

// Being polite only so often is a cure too: then it waits.
HEDDLE_TEST(PoliteLocks, GiveUpBeingPolite) {
  lock left;
  lock right;
  const auto pass_politely_once = [&] {
    if (right.try_acquire()) {
      const bool both = left.try_acquire();
      if (both) left.release();
      right.release();
      if (both) return;
    }
    guard hold_left(left);
    guard hold_right(right);
  };
  thread one({.name = "one"}, pass_politely_once);
  thread other({.name = "other"}, pass_politely_once);
  one.start();
  other.start();
  one.join();
  other.join();
}

}  // namespace
