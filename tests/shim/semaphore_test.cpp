// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "shim/counted.hpp"

namespace {

using counted::all;
using counted::in_threads;
using counted::kind;
using namespace std::chrono_literals;

// One permit excludes like a mutex: only who comes first is a choice.
TEST(Semaphore, OfOnePermitMakesTwoExecutionsOfTwoThreads) {
  const auto seen = all([] {
    heddle::binary_semaphore gate(1);
    heddle::var<int> inside{0};
    in_threads(2, [&](unsigned) {
      gate.acquire();
      inside.store(inside.load() + 1);
      gate.release();
    });
    heddle::check(inside.load() == 2);
  });
  EXPECT_EQ(seen.complete, 2) << seen.text();
  EXPECT_EQ(seen.executions, 2);
}

// Two permits for two threads: four operations, two of each thread, in any order: 4! / (2! 2!).
TEST(Semaphore, OfTwoPermitsDoesNotRestrictTwoThreads) {
  const auto seen = all([] {
    heddle::counting_semaphore<2> gate(2);
    in_threads(2, [&](unsigned) {
      gate.acquire();
      gate.release();
    });
  });
  EXPECT_EQ(seen.complete, 6);
}

TEST(Semaphore, NeverLetsMoreInThanItHasPermits) {
  const auto seen = all([] {
    heddle::counting_semaphore<> gate(2);
    heddle::atomic<int> inside{0};
    in_threads(3, [&](unsigned) {
      gate.acquire();
      heddle::check(inside.fetch_add(1) < 2, "three inside");
      inside.fetch_sub(1);
      gate.release();
    });
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.coverage, heddle::coverage::exhaustive);
}

TEST(Semaphore, TryAcquireTakesOrFails) {
  const auto found = heddle::outcomes(counted::every_execution(), [] {
    heddle::binary_semaphore gate(1);
    int taken = 0;
    in_threads(2, [&](unsigned) { taken += gate.try_acquire(); });
    return taken;
  });
  EXPECT_EQ(found.values(), (std::set<int>{1}));
}

TEST(Semaphore, TimedAcquireEndsEitherWay) {
  heddle::options how = counted::every_execution();
  how.early_timeouts = 1;
  const auto found = heddle::outcomes(how, [] {
    heddle::binary_semaphore gate(0);
    heddle::thread giver([&] { gate.release(); });
    const bool got = gate.try_acquire_for(1ms);
    giver.join();
    return got;
  });
  EXPECT_EQ(found.values(), (std::set<bool>{false, true}));
}

TEST(Semaphore, WithoutAReleaseIsADeadlockThatSaysSo) {
  const auto seen = all([] {
    heddle::binary_semaphore gate(0);
    gate.acquire();
  });
  EXPECT_EQ(kind(seen), "deadlock");
  EXPECT_NE(seen.failure->message.find("nobody releases it"), std::string::npos) << seen.text();
}

TEST(Semaphore, ReleasedPastItsMaximumIsMisuse) {
  const auto seen = all([] {
    heddle::binary_semaphore gate(1);
    gate.release();
  });
  EXPECT_EQ(kind(seen), "misuse") << seen.text();
}

TEST(Semaphore, OrdersWhatCameBeforeTheReleaseBeforeTheAcquire) {
  const auto seen = all([] {
    heddle::binary_semaphore ready(0);
    heddle::var<int> data{0};
    heddle::thread producer([&] {
      data.store(1);
      ready.release();
    });
    ready.acquire();
    heddle::check(data.load() == 1);
    producer.join();
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

TEST(Semaphore, WorksOutsideAnExecution) {
  heddle::counting_semaphore<3> gate(1);
  EXPECT_TRUE(gate.try_acquire());
  EXPECT_FALSE(gate.try_acquire());
  EXPECT_THROW(gate.acquire(), std::logic_error);
  gate.release(2);
  gate.acquire();
}

}  // namespace
