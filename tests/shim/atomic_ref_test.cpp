// SPDX-License-Identifier: MIT
//
// atomic_ref: the value lives in a plain object, the model in the execution.
#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "shim/counted.hpp"

namespace {

using counted::all;
using counted::every_execution;
using counted::in_threads;

TEST(AtomicRef, ChangesTheObjectItRefersTo) {
  const auto body = [] {
    int plain = 1;
    {
      const heddle::atomic_ref ref(plain);
      EXPECT_EQ(ref.fetch_add(2), 1);
      EXPECT_EQ(plain, 3);
      ref.store(4);
      const heddle::atomic_ref<int> same(ref);  // NOLINT(performance-unnecessary-copy)
      int expected = 4;
      EXPECT_TRUE(same.compare_exchange_strong(expected, 5));
      EXPECT_EQ(ref.exchange(6), 5);
      EXPECT_EQ(++same, 7);
      EXPECT_EQ(ref = 8, 8);
    }
    plain = 20;  // nobody refers to it
    EXPECT_EQ(heddle::atomic_ref(plain).load(), 20);
  };
  body();
  EXPECT_TRUE(all(body).passed());
}

// The two orders of two additions, through references of each thread's own.
TEST(AtomicRef, OfOneObjectInTwoThreadsIsOneAtomic) {
  for (const char* explorer : {"dfs", "dpor"}) {
    heddle::options how = every_execution();
    how.explorer = explorer;
    const auto found = heddle::outcomes(how, [] {
      long plain = 0;
      in_threads(2, [&](unsigned) { heddle::atomic_ref(plain).fetch_add(1); });
      return plain;
    });
    EXPECT_EQ(found.values(), (std::set<long>{2}));
    EXPECT_EQ(found.report.executions, 2) << found.report.text();
    EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive);
  }
}

TEST(AtomicRef, LosesUpdatesBetweenLoadAndStore) {
  for (const char* explorer : {"dfs", "dpor"}) {
    heddle::options how = every_execution();
    how.explorer = explorer;
    const auto found = heddle::outcomes(how, [] {
      int plain = 0;
      in_threads(2, [&](unsigned) {
        const heddle::atomic_ref ref(plain);
        ref.store(ref.load() + 1);
      });
      return plain;
    });
    EXPECT_EQ(found.values(), (std::set<int>{1, 2}));
  }
}

// Who refers first is no part of a schedule: what a thread makes afterwards keeps its identity, and
// schedules replay.
TEST(AtomicRef, KeepsSchedulesReplayable) {
  const auto body = [] {
    std::vector<int> cells(2);
    in_threads(2, [&](unsigned i) {
      heddle::atomic_ref(cells[i]).store(1);
      heddle::atomic<int> own{0};
      own.store(1);
      heddle::check(heddle::atomic_ref(cells[1 - i]).load() == 0, "the other was there");
    });
  };
  heddle::options how = every_execution();
  how.stop_at_first_failure = true;
  for (const char* explorer : {"dfs", "dpor"}) {
    how.explorer = explorer;
    const auto seen = heddle::explore(how, body);
    ASSERT_TRUE(seen.failure) << seen.text();
    const auto again = heddle::replay(seen.failure->schedule, body, how);
    ASSERT_TRUE(again.failure) << again.text();
    EXPECT_EQ(again.failure->kind, heddle::failure_kind::failed_check) << again.text();
  }
}

// A reference of one thread dies before the other thread's is made: release and acquire still meet.
TEST(AtomicRef, OrdersPlainDataAcrossReferences) {
  const auto pass = [](heddle::memory_order write, heddle::memory_order read) {
    return counted::kind(all([=] {
      int flag = 0;
      heddle::var<int> data{0};
      heddle::thread writer([&] {
        data.store(1);
        heddle::atomic_ref(flag).store(1, write);
      });
      if (heddle::atomic_ref(flag).load(read) == 1) (void)data.load();
      writer.join();
    }));
  };
  EXPECT_EQ(pass(heddle::memory_order_release, heddle::memory_order_acquire), "none");
  EXPECT_EQ(pass(heddle::memory_order_relaxed, heddle::memory_order_acquire), "data race");
  EXPECT_EQ(pass(heddle::memory_order_release, heddle::memory_order_relaxed), "data race");
}

TEST(AtomicRef, ToAWideObjectWorks) {
  struct wide {
    long a, b;
  };
  wide plain{1, 2};
  const auto seen = all([&] {
    const heddle::atomic_ref ref(plain);
    ref.store({3, 4});
    EXPECT_EQ(ref.load().b, 4);
    EXPECT_EQ(plain.a, 3);
  });
  EXPECT_TRUE(seen.passed()) << seen.text();
}

TEST(AtomicRef, KeptFromAnEarlierExecutionStillRefers) {
  static int plain = 0;
  static const heddle::atomic_ref<int> kept(plain);
  for (int i = 1; i <= 3; ++i) {
    EXPECT_TRUE(all([] { kept.fetch_add(1); }).passed());
    EXPECT_EQ(plain, i);
  }
}

}  // namespace
