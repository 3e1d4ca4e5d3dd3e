// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "shim/counted.hpp"

namespace {

using counted::all;
using counted::in_threads;
using counted::kind;
using namespace std::chrono_literals;

// Readers do not exclude each other: 4! / (2! 2!).
TEST(SharedMutex, LetsReadersInTogether) {
  const auto seen = all([] {
    heddle::shared_mutex guard;
    in_threads(2, [&](unsigned) { heddle::shared_lock lock(guard); });
  });
  EXPECT_EQ(seen.complete, 6);
}

// A writer excludes: only who comes first is a choice.
TEST(SharedMutex, ExcludesReadersAndWritersFromEachOther) {
  const auto seen = all([] {
    heddle::shared_mutex guard;
    heddle::var<int> data{0};
    heddle::thread writer([&] {
      heddle::lock_guard lock(guard);
      data.store(1);
    });
    {
      heddle::shared_lock lock(guard);
      (void)data.load();
    }
    writer.join();
  });
  EXPECT_EQ(seen.complete, 2) << seen.text();
  EXPECT_TRUE(seen.passed()) << seen.text();
}

TEST(SharedMutex, DoesNotOrderReadersWithEachOther) {
  const auto seen = all([] {
    heddle::shared_mutex guard;
    heddle::var<int> data{0};
    in_threads(2, [&](unsigned i) {
      heddle::shared_lock lock(guard);
      data.store(static_cast<int>(i));  // a write under a shared lock
    });
  });
  EXPECT_EQ(kind(seen), "data race");
}

TEST(SharedMutex, UpgradedByItsReaderIsADeadlock) {
  const auto seen = all([] {
    heddle::shared_mutex guard;
    heddle::shared_lock read(guard);
    guard.lock();
  });
  EXPECT_EQ(kind(seen), "deadlock");
  EXPECT_NE(seen.failure->message.find("holds itself"), std::string::npos) << seen.text();
}

TEST(SharedMutex, GivenUpWithoutBeingHeldIsMisuse) {
  EXPECT_EQ(kind(all([] {
              heddle::shared_mutex guard;
              guard.unlock_shared();
            })),
            "misuse");
  EXPECT_EQ(kind(all([] {
              heddle::shared_mutex guard;
              guard.lock_shared();
              guard.unlock();
            })),
            "misuse");
}

TEST(SharedTimedMutex, GivesUpAfterItsTime) {
  const auto found = heddle::outcomes(counted::every_execution(), [] {
    heddle::shared_timed_mutex guard;
    guard.lock();
    bool got = true;
    heddle::thread reader([&] { got = guard.try_lock_shared_for(1h); });
    reader.join();
    guard.unlock();
    return got;
  });
  EXPECT_EQ(found.values(), (std::set<bool>{false}));
}

TEST(TimedMutex, IsHadInTimeOrNot) {
  heddle::options how = counted::every_execution();
  how.early_timeouts = 1;
  const auto found = heddle::outcomes(how, [] {
    heddle::timed_mutex guard;
    heddle::thread holder([&] {
      heddle::lock_guard lock(guard);
      heddle::point("work");
    });
    const bool got = guard.try_lock_for(1ms);
    if (got) guard.unlock();
    holder.join();
    return got;
  });
  EXPECT_EQ(found.values(), (std::set<bool>{false, true}));
}

TEST(TimedMutex, WaitsForAMutexThatIsFreedInTime) {
  const auto found = heddle::outcomes(counted::every_execution(), [] {
    heddle::recursive_timed_mutex guard;
    heddle::thread holder([&] { heddle::lock_guard lock(guard); });
    const bool got = guard.try_lock_for(1ms);
    if (got) guard.unlock();
    holder.join();
    return got;
  });
  EXPECT_EQ(found.values(), (std::set<bool>{true}));
}

}  // namespace
