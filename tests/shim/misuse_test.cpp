// SPDX-License-Identifier: MIT
//
// Undefined behaviour is an outcome that names the object, the places and the rule; and the same
// program without the mistake is silent. One test per situation of docs/causes.md.
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "shim/counted.hpp"

namespace {

using namespace std::chrono_literals;

heddle::report run(const std::function<void(bool)>& body, bool wrong) {
  heddle::options how = counted::every_execution();
  how.stop_at_first_failure = true;
  return heddle::explore(how, [&] { body(wrong); });
}

// body(true) is reported as misuse, in these words and naming this object; body(false) is silent.
void expect_misuse(const char* words, const char* object, const std::function<void(bool)>& body) {
  const auto wrong = run(body, true);
  EXPECT_EQ(counted::kind(wrong), "misuse") << wrong.text();
  EXPECT_NE(wrong.text().find(words), std::string::npos) << wrong.text();
  EXPECT_NE(wrong.text().find(object), std::string::npos) << wrong.text();
  EXPECT_NE(wrong.text().find("misuse_test.cpp:"), std::string::npos) << wrong.text();
  const auto right = run(body, false);
  EXPECT_EQ(counted::kind(right), "none") << right.text();
  EXPECT_GT(right.complete, 0);
}

TEST(Misuse, UnlockOfAMutexNobodyHolds) {
  expect_misuse("unlocks a mutex that nobody holds", "mutex `guard`", [](bool wrong) {
    heddle::mutex guard;
    guard.lock();
    guard.unlock();
    if (wrong) guard.unlock();
  });
}
TEST(Misuse, UnlockOfAMutexAnotherThreadHolds) {
  expect_misuse("unlocks a mutex that another thread holds", "mutex `guard`", [](bool wrong) {
    heddle::mutex guard;
    guard.lock();
    heddle::thread other([&] {
      if (wrong) guard.unlock();
    });
    other.join();
    guard.unlock();
  });
}
TEST(Misuse, TryLockByTheOwner) {
  expect_misuse("calls try_lock on a non-recursive mutex", "mutex `guard`", [](bool wrong) {
    heddle::mutex guard;
    guard.lock();
    if (wrong && guard.try_lock()) guard.unlock();
    heddle::thread([&] { heddle::check(!guard.try_lock()); }).join();
    guard.unlock();
  });
}
TEST(Misuse, TimedLockByTheOwner) {
  expect_misuse("waits for a non-recursive mutex that it already holds", "mutex `guard`",
                [](bool wrong) {
                  heddle::timed_mutex guard;
                  guard.lock();
                  if (wrong && guard.try_lock_for(1s)) guard.unlock();
                  heddle::thread([&] { heddle::check(!guard.try_lock_for(1s)); }).join();
                  guard.unlock();
                });
}
TEST(Misuse, DestructionOfALockedMutex) {
  expect_misuse("destroys a mutex that is still locked", "mutex `guard`", [](bool wrong) {
    heddle::mutex guard;
    guard.lock();
    if (!wrong) guard.unlock();
  });
}
TEST(Misuse, RecursiveSharedLock) {
  expect_misuse("takes shared ownership of a shared mutex that it already holds",
                "shared mutex `guard`", [](bool wrong) {
                  heddle::shared_mutex guard;
                  guard.lock_shared();
                  heddle::thread other([&] {
                    guard.lock_shared();
                    guard.unlock_shared();
                  });
                  if (wrong) guard.lock_shared();
                  if (wrong) guard.unlock_shared();
                  guard.unlock_shared();
                  other.join();
                });
}
TEST(Misuse, TryLockSharedByTheOwner) {
  expect_misuse("calls try_lock_shared on a shared mutex that it already holds",
                "shared mutex `guard`", [](bool wrong) {
                  heddle::shared_mutex guard;
                  guard.lock();
                  if (wrong) (void)guard.try_lock_shared();
                  guard.unlock();
                  heddle::check(guard.try_lock_shared());
                  guard.unlock_shared();
                });
}
TEST(Misuse, TryLockByAReader) {
  expect_misuse("calls try_lock on a shared mutex that it already holds", "shared mutex `guard`",
                [](bool wrong) {
                  heddle::shared_mutex guard;
                  guard.lock_shared();
                  if (wrong) (void)guard.try_lock();
                  guard.unlock_shared();
                });
}
TEST(Misuse, UnlockOfASharedMutexOneDoesNotOwn) {
  expect_misuse("unlocks a shared mutex that it does not own", "shared mutex `guard`",
                [](bool wrong) {
                  heddle::shared_mutex guard;
                  guard.lock_shared();
                  if (wrong) guard.unlock();
                  guard.unlock_shared();
                });
}
TEST(Misuse, UnlockSharedOfASharedMutexOneDoesNotRead) {
  expect_misuse("gives up a shared lock that it does not hold", "shared mutex `guard`",
                [](bool wrong) {
                  heddle::shared_mutex guard;
                  guard.lock();
                  if (wrong) guard.unlock_shared();
                  guard.unlock();
                });
}
TEST(Misuse, DestructionOfALockedSharedMutex) {
  expect_misuse("destroys a shared mutex that is still locked", "shared mutex `guard`",
                [](bool wrong) {
                  heddle::shared_mutex guard;
                  guard.lock_shared();
                  if (!wrong) guard.unlock_shared();
                });
}

TEST(Misuse, WaitWithAnUnlockedLock) {
  expect_misuse("unlocks a mutex that nobody holds", "mutex `guard`", [](bool wrong) {
    heddle::mutex guard;
    heddle::condition_variable never;
    heddle::unique_lock lock(guard, heddle::defer_lock);
    if (!wrong) lock.lock();
    never.wait_for(lock, 1s);
  });
}
TEST(Misuse, WaitWithALockOfNothing) {
  const auto seen = run(
      [](bool) {
        heddle::condition_variable never;
        heddle::unique_lock<heddle::mutex> none;
        never.wait_for(none, 1s);
      },
      true);
  EXPECT_EQ(counted::kind(seen), "misuse") << seen.text();
}
TEST(Misuse, WaitWithDifferentMutexes) {
  expect_misuse("waits with a mutex other than the one with which another thread waits",
                "condition variable `changed`", [](bool wrong) {
                  heddle::mutex guard;
                  heddle::mutex other_guard;
                  heddle::condition_variable changed;
                  const auto wait = [&](heddle::mutex& with) {
                    heddle::unique_lock lock(with);
                    changed.wait_for(lock, 1s);
                  };
                  heddle::thread one([&] { wait(guard); });
                  heddle::thread two([&] { wait(wrong ? other_guard : guard); });
                  one.join();
                  two.join();
                });
}
TEST(Misuse, DestructionOfAConditionVariableWithWaiters) {
  expect_misuse("destroys a condition variable on which a thread still waits",
                "condition variable", [](bool wrong) {
                  heddle::mutex guard;
                  auto changed = std::make_unique<heddle::condition_variable>();
                  heddle::thread waiter([&] {
                    heddle::unique_lock lock(guard);
                    changed->wait(lock);
                  });
                  heddle::this_thread::sleep_for(1s);
                  if (!wrong) changed->notify_all();
                  changed.reset();  // a waiter that has been notified does not touch it any more
                  waiter.join();
                });
}

TEST(Misuse, SemaphorePastItsMaximum) {
  expect_misuse("releases a semaphore past its maximum", "semaphore `gate`", [](bool wrong) {
    heddle::counting_semaphore<2> gate(1);
    gate.release(wrong ? 2 : 1);
  });
}
TEST(Misuse, SemaphoreMadeWithTooManyPermits) {
  expect_misuse("more than its maximum", "semaphore `gate`",
                [](bool wrong) { heddle::counting_semaphore<2> gate(wrong ? 3 : 2); });
}
TEST(Misuse, SemaphoreReleasedByLessThanNothing) {
  expect_misuse("releases less than no permits", "semaphore `gate`", [](bool wrong) {
    heddle::counting_semaphore<2> gate(1);
    gate.release(wrong ? -1 : 0);
  });
}
TEST(Misuse, DestructionOfASemaphoreWithWaiters) {
  expect_misuse("destroys a semaphore for which a thread still waits", "semaphore",
                [](bool wrong) {
                  auto gate = std::make_unique<heddle::binary_semaphore>(0);
                  heddle::thread waiter([&] { gate->acquire(); });
                  heddle::this_thread::sleep_for(1s);
                  if (!wrong) {
                    gate->release();
                    waiter.join();
                  }
                  gate.reset();
                  if (wrong) waiter.join();
                });
}

TEST(Misuse, LatchBelowZero) {
  expect_misuse("counts a latch down below zero", "latch `open`", [](bool wrong) {
    heddle::latch open(2);
    open.count_down(wrong ? 3 : 2);
  });
}
TEST(Misuse, LatchCountedUp) {
  expect_misuse("counts a latch up", "latch `open`", [](bool wrong) {
    heddle::latch open(2);
    open.count_down(wrong ? -1 : 0);
  });
}
TEST(Misuse, LatchOfLessThanNobody) {
  expect_misuse("makes a latch that expects less than nobody", "latch `open`",
                [](bool wrong) { heddle::latch open(wrong ? -1 : 0); });
}
TEST(Misuse, DestructionOfALatchWithWaiters) {
  expect_misuse("destroys a latch for which a thread still waits", "latch", [](bool wrong) {
    auto open = std::make_unique<heddle::latch>(1);
    heddle::thread waiter([&] { open->wait(); });
    heddle::this_thread::sleep_for(1s);
    if (!wrong) {
      open->count_down();
      waiter.join();
    }
    open.reset();
    if (wrong) waiter.join();
  });
}

TEST(Misuse, BarrierArrivedAtTooOften) {
  expect_misuse("more threads arrive at a barrier than it expects", "barrier `meet`",
                [](bool wrong) {
                  heddle::barrier<> meet(2);
                  [[maybe_unused]] auto token = meet.arrive(wrong ? 3 : 2);
                });
}
TEST(Misuse, BarrierArrivedAtByNobody) {
  expect_misuse("arrives at a barrier less than once", "barrier `meet`", [](bool wrong) {
    heddle::barrier<> meet(1);
    [[maybe_unused]] auto token = meet.arrive(wrong ? 0 : 1);
  });
}
TEST(Misuse, BarrierOfLessThanNobody) {
  expect_misuse("makes a barrier that expects less than nobody", "barrier `meet`",
                [](bool wrong) { heddle::barrier<> meet(wrong ? -1 : 0); });
}
TEST(Misuse, BarrierAwaitedForAPhaseLongOver) {
  expect_misuse("waits at a barrier for a phase that is long over", "barrier `meet`",
                [](bool wrong) {
                  heddle::barrier<> meet(1);
                  auto token = meet.arrive();
                  if (wrong) meet.arrive_and_wait();
                  meet.wait(std::move(token));
                });
}
TEST(Misuse, DestructionOfABarrierWithWaiters) {
  expect_misuse("destroys a barrier for which a thread still waits", "barrier", [](bool wrong) {
    auto meet = std::make_unique<heddle::barrier<>>(2);
    heddle::thread waiter([&] { meet->arrive_and_wait(); });
    heddle::this_thread::sleep_for(1s);
    if (!wrong) {
      meet->arrive_and_drop();
      waiter.join();
    }
    meet.reset();
    if (wrong) waiter.join();
  });
}

// What the standard gives an exception for is no misuse: uncaught it is an uncaught exception.
TEST(Misuse, IsNotWhatThrows) {
  EXPECT_EQ(counted::kind(counted::all([] {
              heddle::promise<int> promise;
              promise.set_value(1);
              promise.set_value(2);
            })),
            "uncaught exception");
  EXPECT_EQ(counted::kind(counted::all([] {
              heddle::mutex guard;
              heddle::unique_lock lock(guard);
              lock.lock();
            })),
            "uncaught exception");
}

// Outside an execution nothing is explored, but it is said.
TEST(Misuse, OutsideAnExecutionThrows) {
  EXPECT_THROW(heddle::latch(-1), std::logic_error);
  EXPECT_THROW(heddle::counting_semaphore<1>(2), std::logic_error);
  EXPECT_THROW(heddle::barrier<>(-1), std::logic_error);
}

}  // namespace
