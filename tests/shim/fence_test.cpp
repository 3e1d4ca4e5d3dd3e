// SPDX-License-Identifier: MIT
//
// Fences give happens-before to plain data, exactly where the standard says so.
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "shim/counted.hpp"

namespace {

using counted::all;
using counted::kind;
using enum std::memory_order;

// One thread writes data and raises a flag, the other sees the flag and reads the data.
//
//   data = 1; [fence before]; flag.store(1, store)  |  if (flag.load(load)) { [fence after]; data }
struct passing {
  std::optional<std::memory_order> before;
  std::memory_order store = relaxed;
  std::memory_order load = relaxed;
  std::optional<std::memory_order> after;
};

std::string pass(const passing& how) {
  return kind(all([&] {
    heddle::var<int> data{0};
    heddle::atomic<int> flag{0};
    heddle::thread writer([&] {
      data.store(1);
      if (how.before) heddle::atomic_thread_fence(*how.before);
      flag.store(1, how.store);
    });
    if (flag.load(how.load) == 1) {
      if (how.after) heddle::atomic_thread_fence(*how.after);
      (void)data.load();
    }
    writer.join();
  }));
}

TEST(Fence, ReleasesAndAcquiresThroughRelaxedOperations) {
  EXPECT_EQ(pass({release, relaxed, relaxed, acquire}), "none");
  EXPECT_EQ(pass({acq_rel, relaxed, relaxed, acq_rel}), "none");
  EXPECT_EQ(pass({seq_cst, relaxed, relaxed, seq_cst}), "none");
  EXPECT_EQ(pass({release, relaxed, acquire, {}}), "none");
  EXPECT_EQ(pass({{}, release, relaxed, acquire}), "none");
}

TEST(Fence, OfTheWrongKindOrMissingOrdersNothing) {
  EXPECT_EQ(pass({{}, relaxed, relaxed, acquire}), "data race");
  EXPECT_EQ(pass({release, relaxed, relaxed, {}}), "data race");
  EXPECT_EQ(pass({acquire, relaxed, relaxed, acquire}), "data race");
  EXPECT_EQ(pass({release, relaxed, relaxed, release}), "data race");
  EXPECT_EQ(pass({relaxed, relaxed, relaxed, relaxed}), "data race");
}

TEST(Fence, OrdersNothingWhenItComesAfterTheStoreOrBeforeTheLoad) {
  EXPECT_EQ(kind(all([] {
              heddle::var<int> data{0};
              heddle::atomic<int> flag{0};
              heddle::thread writer([&] {
                data.store(1);
                flag.store(1, relaxed);
                heddle::atomic_thread_fence(release);
              });
              if (flag.load(acquire) == 1) (void)data.load();
              writer.join();
            })),
            "data race");
  EXPECT_EQ(kind(all([] {
              heddle::var<int> data{0};
              heddle::atomic<int> flag{0};
              heddle::thread writer([&] {
                data.store(1);
                flag.store(1, release);
              });
              heddle::atomic_thread_fence(acquire);
              if (flag.load(relaxed) == 1) (void)data.load();
              writer.join();
            })),
            "data race");
}

// What is written after the fence is not covered by it.
TEST(Fence, CoversOnlyWhatCameBeforeIt) {
  EXPECT_EQ(kind(all([] {
              heddle::var<int> data{0};
              heddle::atomic<int> flag{0};
              heddle::thread writer([&] {
                heddle::atomic_thread_fence(release);
                data.store(1);
                flag.store(1, relaxed);
              });
              if (flag.load(acquire) == 1) (void)data.load();
              writer.join();
            })),
            "data race");
}

// A relaxed read-modify-write of a third thread continues the release sequence that the fence
// heads.
TEST(Fence, HeadsAReleaseSequence) {
  const auto seen = all([] {
    heddle::var<int> data{0};
    heddle::atomic<int> flag{0};
    heddle::thread writer([&] {
      data.store(1);
      heddle::atomic_thread_fence(release);
      flag.store(1, relaxed);
    });
    heddle::thread passer([&] { flag.fetch_add(1, relaxed); });
    if (flag.load(relaxed) == 2) {
      heddle::atomic_thread_fence(acquire);
      (void)data.load();
    }
    writer.join();
    passer.join();
  });
  EXPECT_EQ(kind(seen), "none") << seen.text();
}

TEST(Fence, IsNoSchedulingPoint) {
  const auto seen = all([] {
    heddle::atomic<int> flag{0};
    counted::in_threads(2, [&](unsigned) {
      heddle::atomic_thread_fence(seq_cst);
      flag.fetch_add(1);
      heddle::atomic_signal_fence(seq_cst);
      heddle::atomic_thread_fence(seq_cst);
    });
  });
  EXPECT_EQ(seen.executions, 2) << seen.text();
}

TEST(Fence, AppearsInTheTraceOfAFailure) {
  const auto seen = all([] {
    heddle::atomic_thread_fence(release);
    heddle::check(false);
  });
  EXPECT_NE(seen.text().find("fence"), std::string::npos) << seen.text();
}

TEST(Fence, OutsideAnExecutionDoesNothing) {
  heddle::atomic_thread_fence(seq_cst);
  heddle::atomic_signal_fence(seq_cst);
}

}  // namespace
