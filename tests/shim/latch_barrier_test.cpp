// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <stdexcept>

#include "shim/counted.hpp"

namespace {

using counted::all;
using counted::in_threads;
using counted::kind;

// Two count-downs in either order; the wait is forced after them.
TEST(Latch, OpensAfterAllCountDowns) {
  const auto seen = all([] {
    heddle::latch done(2);
    heddle::var<int> results[2];
    heddle::thread first([&] {
      results[0].store(1);
      done.count_down();
    });
    heddle::thread second([&] {
      results[1].store(2);
      done.count_down();
    });
    done.wait();
    heddle::check(results[0].load() + results[1].load() == 3);
    first.join();
    second.join();
  });
  EXPECT_EQ(seen.complete, 2) << seen.text();
}

TEST(Latch, CountedBelowZeroIsMisuse) {
  EXPECT_EQ(kind(all([] {
              heddle::latch done(1);
              done.count_down(2);
            })),
            "misuse");
}

TEST(Latch, ThatNobodyOpensIsADeadlockThatSaysSo) {
  const auto seen = all([] {
    heddle::latch done(2);
    done.arrive_and_wait();
  });
  EXPECT_EQ(kind(seen), "deadlock");
  EXPECT_NE(seen.failure->message.find("nobody counts it down"), std::string::npos) << seen.text();
}

// Three arrivals in any order, then three waits in any order: 3! * 3!.
TEST(Barrier, OfThreePartiesMakes36Executions) {
  const auto seen = all([] {
    heddle::barrier<> meeting(3);
    in_threads(3, [&](unsigned) { meeting.arrive_and_wait(); });
  });
  EXPECT_EQ(seen.complete, 36) << seen.text();
  EXPECT_EQ(seen.executions, 36);
}

TEST(Barrier, LetsNobodyPassBeforeAllHaveArrived) {
  const auto seen = all([] {
    heddle::barrier<> meeting(2);
    heddle::var<int> work[2];
    in_threads(2, [&](unsigned i) {
      work[i].store(1);
      meeting.arrive_and_wait();
      heddle::check(work[1 - i].load() == 1, "the other had not arrived");
    });
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.coverage, heddle::coverage::exhaustive);
}

TEST(Barrier, CompletesEachPhaseOnceBeforeAnybodyPasses) {
  const auto seen = all([] {
    heddle::var<int> phases{0};
    heddle::barrier meeting(2, [&]() noexcept { phases.store(phases.load() + 1); });
    in_threads(2, [&](unsigned) {
      meeting.arrive_and_wait();
      heddle::check(phases.load() == 1, "phase 1 was not completed");
      meeting.arrive_and_wait();
      heddle::check(phases.load() == 2, "phase 2 was not completed");
    });
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

TEST(Barrier, ExpectsFewerAfterADrop) {
  const auto seen = all([] {
    heddle::barrier<> meeting(2);
    heddle::thread leaver([&] { meeting.arrive_and_drop(); });
    meeting.arrive_and_wait();
    meeting.arrive_and_wait();  // alone now
    leaver.join();
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

TEST(Barrier, WithAPartyMissingIsADeadlockThatSaysSo) {
  const auto seen = all([] {
    heddle::barrier<> meeting(2);
    meeting.arrive_and_wait();
  });
  EXPECT_EQ(kind(seen), "deadlock");
  EXPECT_NE(seen.failure->message.find("nobody arrives"), std::string::npos) << seen.text();
}

TEST(Barrier, ArrivedAtTooOftenIsMisuse) {
  EXPECT_EQ(kind(all([] {
              heddle::barrier<> meeting(2);
              [[maybe_unused]] auto token = meeting.arrive(3);
            })),
            "misuse");
}

}  // namespace
