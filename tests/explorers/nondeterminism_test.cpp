// SPDX-License-Identifier: MIT
// Bodies that do other things when the same choices are repeated: state that outlives an execution
// stands in for real time, random numbers and addresses.
#include <gtest/gtest.h>

#include <memory>

#include "quiet_options.hpp"

namespace {

void expect_noticed(const heddle::report& result) {
  ASSERT_TRUE(result.failure) << result.text();
  EXPECT_NE(result.coverage, heddle::coverage::exhaustive);
  EXPECT_NE(result.text().find("deterministic"), std::string::npos) << result.text();
}

TEST(Nondeterminism, IsNoticedWhenAChoiceHasOtherCandidates) {
  int runs = 0;
  expect_noticed(heddle::explore(quiet(), [&] {
    heddle::choose(++runs % 2 == 0 ? 2 : 3);
    heddle::choose(2);
  }));
}

TEST(Nondeterminism, NamesTheChoiceThatDiffered) {
  int runs = 0;
  const heddle::report result = heddle::explore(quiet(), [&] {
    heddle::choose(2);
    heddle::choose(++runs == 2 ? 4 : 3);
    heddle::choose(2);
  });
  expect_noticed(result);
  EXPECT_NE(result.failure->message.find("choice 2"), std::string::npos) << result.failure->message;
}

TEST(Nondeterminism, IsNoticedWhenAnotherOperationStandsAtAChoice) {
  int runs = 0;
  expect_noticed(heddle::explore(quiet(), [&] {
    heddle::atomic<int> shared{0};
    const bool odd = ++runs % 2 == 1;
    const auto work = [&] {
      if (odd) {
        shared.store(1);
      } else {
        (void)shared.load();
      }
      shared.store(2);
    };
    heddle::thread one(work);
    heddle::thread two(work);
    one.join();
    two.join();
  }));
}

TEST(Nondeterminism, IsNoticedWhenAnExecutionEndsBeforeTheChoicesToRepeat) {
  int runs = 0;
  expect_noticed(heddle::explore(quiet(), [&] {
    heddle::choose(2);
    if (++runs % 2 == 1) {
      heddle::choose(2);
      heddle::choose(2);
    }
  }));
}

// Its second execution belongs to another phase than the first and the third.
TEST(Nondeterminism, IsNoticedByTheAutomaticExplorerToo) {
  int runs = 0;
  expect_noticed(heddle::explore(quiet("auto", 100), [&] {
    heddle::choose(++runs % 4 < 2 ? 2 : 3);
    heddle::choose(2);
  }));
}

TEST(Nondeterminism, IsSaidInTheReportOfAFailureThatDoesNotComeAgain) {
  int runs = 0;
  const heddle::report result =
      heddle::explore(quiet("random", 10), [&] { heddle::check(++runs != 1, "only once"); });
  ASSERT_TRUE(result.failure);
  EXPECT_FALSE(result.failure->reproduced);
  EXPECT_NE(result.failure->message.find("only once"), std::string::npos);
  EXPECT_NE(result.text().find("WARNING"), std::string::npos) << result.text();
}

TEST(Nondeterminism, IsNotSuspectedOfWhatABodyMakesOnceAndKeeps) {
  struct kept {
    heddle::mutex guard;
    heddle::atomic<int> count{0};
  };
  std::unique_ptr<kept> cache;
  const heddle::report result = heddle::explore(quiet(), [&] {
    if (!cache) cache = std::make_unique<kept>();
    cache->count.store(0);
    const auto work = [&] {
      heddle::lock_guard lock(cache->guard);
      cache->count.fetch_add(1);
    };
    heddle::thread one(work);
    heddle::thread two(work);
    one.join();
    two.join();
  });
  EXPECT_TRUE(result.passed()) << result.text();
  EXPECT_EQ(result.coverage, heddle::coverage::exhaustive);
}

}  // namespace
