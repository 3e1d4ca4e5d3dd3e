// SPDX-License-Identifier: MIT
// The determinism watch: the same choices twice, early, whichever explorer.
#include "determinism.hpp"

#include <gtest/gtest.h>

#include "quiet_options.hpp"

namespace {

heddle::options watched(const char* explorer = "random") {
  heddle::options how = quiet(explorer, 200);
  how.watch = true;
  return how;
}

void expect_named(const heddle::report& of, std::initializer_list<const char*> words) {
  ASSERT_TRUE(of.failure) << of.text();
  EXPECT_EQ(of.failure->kind, heddle::failure_kind::misuse);
  EXPECT_EQ(of.coverage, heddle::coverage::sampled);
  for (const char* word : words) {
    EXPECT_NE(of.failure->message.find(word), std::string::npos) << of.text();
  }
}

TEST(DeterminismWatch, NamesTheFirstOperationThatDiffers) {
  for (const char* explorer : {"random", "pct", "dpor", "auto"}) {
    int runs = 0;
    expect_named(heddle::explore(watched(explorer),
                                 [&] {
                                   heddle::atomic<int> shared{0};
                                   shared.store(1);
                                   if (++runs % 2 == 0) {
                                     shared.fetch_add(1);
                                   } else {
                                     (void)shared.load();
                                   }
                                 }),
                 {"not deterministic", "operation 2", "load", "determinism_test.cpp", "causes"});
  }
}

TEST(DeterminismWatch, NamesTheEndWhereOneExecutionDoesMore) {
  int runs = 0;
  expect_named(heddle::explore(watched(),
                               [&] {
                                 heddle::atomic<int> shared{0};
                                 shared.store(1);
                                 if (++runs % 2 == 0) shared.store(2);
                               }),
               {"operation 2", "the end"});
}

TEST(DeterminismWatch, NamesAnotherThread) {
  int runs = 0;
  expect_named(heddle::explore(watched(),
                               [&] {
                                 heddle::atomic<int> shared{0};
                                 const auto work = [&] { shared.fetch_add(1); };
                                 if (++runs % 2 == 0) heddle::thread(work).join();
                                 work();
                               }),
               {"T0", "T1"});
}

heddle::atomic<int> kept{0};

TEST(DeterminismWatch, WarnsOfAValueThatOutlivesItsExecution) {
  const heddle::report found = heddle::explore(watched(), [] { kept.fetch_add(1); });
  EXPECT_TRUE(found.passed()) << found.text();
  ASSERT_FALSE(found.warnings.empty());
  EXPECT_NE(found.warnings[0].find("outlives"), std::string::npos) << found.warnings[0];
  EXPECT_NE(found.warnings[0].find("determinism_test.cpp"), std::string::npos);
}

TEST(DeterminismWatch, IsSilentWhereWhatIsMadeOnceIsKept) {
  const heddle::report found = heddle::explore(watched(), [] {
    static heddle::mutex once_made;
    static bool first = true;
    if (std::exchange(first, false)) {
      heddle::atomic<int> only_the_first_time{0};
      only_the_first_time.store(1);
    }
    const heddle::lock_guard hold(once_made);
    std::unique_ptr<heddle::atomic<int>> somewhere(new heddle::atomic<int>(0));
    somewhere->store(1);
  });
  EXPECT_TRUE(found.passed()) << found.text();
  EXPECT_TRUE(found.warnings.empty()) << found.text();
}

TEST(DeterminismWatch, TakesTwoMoreExecutionsAndCanBeTurnedOff) {
  std::int64_t bodies = 0;
  heddle::options how = watched();
  const heddle::report on = heddle::explore(how, [&] { ++bodies; });
  EXPECT_EQ(bodies, on.executions + 2);
  bodies = 0;
  how.watch = false;
  const heddle::report off = heddle::explore(how, [&] { ++bodies; });
  EXPECT_EQ(bodies, off.executions);
}

}  // namespace
