// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

#include "quiet_options.hpp"

namespace {

// The tree has 4^8 leaves, one in four of which fails.
void body_of_many_executions() {
  bool fails = true;
  for (int i = 0; i < 8; ++i) fails = heddle::choose(4) == 3;
  heddle::check(!fails, "the last choice was 3");
}

heddle::options keeping_on(const char* explorer, std::int64_t executions) {
  heddle::options how = quiet(explorer, executions);
  how.stop_at_first_failure = false;
  return how;
}

TEST(Budget, EndsTheExplorationAfterItsExecutions) {
  const heddle::report result = heddle::explore(keeping_on("dfs", 37), body_of_many_executions);
  EXPECT_EQ(result.executions, 37);
  EXPECT_EQ(result.coverage, heddle::coverage::sampled);
  EXPECT_NE(result.stopped_by.find("37"), std::string::npos) << result.stopped_by;
}

TEST(Budget, ThatIsExactlyEnoughLeavesTheSearchExhaustive) {
  const heddle::report result = heddle::explore(quiet("dfs", 12), [] {
    heddle::choose(4);
    heddle::choose(3);
  });
  EXPECT_EQ(result.executions, 12);
  EXPECT_EQ(result.coverage, heddle::coverage::exhaustive);
}

TEST(Budget, ThatIsOneTooSmallDoesNot) {
  const heddle::report result = heddle::explore(quiet("dfs", 11), [] {
    heddle::choose(4);
    heddle::choose(3);
  });
  EXPECT_EQ(result.executions, 11);
  EXPECT_EQ(result.coverage, heddle::coverage::sampled);
}

// What dropped threads had allocated cannot be freed: it must not take the machine down.
TEST(Budget, EndsTheExplorationWhenTheProcessHasGrownTooMuch) {
  heddle::options how = keeping_on("random", 1'000'000);
  how.minimise = 0;
  how.diagnose = false;
  how.megabytes = 50;
  const heddle::report result = heddle::explore(how, [] {
    const std::vector<char> kept(1'000'000, 'x');
    const volatile char* used = kept.data();  // or the compiler leaves it out
    heddle::check(*used == 'x', "it is there");
    heddle::mutex once;
    once.lock();
    once.lock();
  });
  EXPECT_EQ(result.stopped_by, "the budget of 50 MB of memory");
  EXPECT_GE(result.executions, 10);  // each is run a second time for its report
  EXPECT_LT(result.executions, 5'000);
  EXPECT_EQ(result.coverage, heddle::coverage::sampled);
}

TEST(Budget, EndsTheExplorationWhenItsTimeIsUp) {
  heddle::options how = quiet("random");
  how.time = std::chrono::milliseconds(100);
  const auto before = std::chrono::steady_clock::now();
  const heddle::report result = heddle::explore(how, [] { heddle::choose(2); });
  const auto elapsed = std::chrono::steady_clock::now() - before;
  EXPECT_GT(result.executions, 0);
  EXPECT_GE(result.elapsed, std::chrono::milliseconds(100));
  EXPECT_GE(elapsed, result.elapsed);
  EXPECT_LT(elapsed, std::chrono::seconds(5));
  EXPECT_NE(result.stopped_by.find("0.1 s"), std::string::npos) << result.stopped_by;
}

TEST(Budget, OfTimeIsWatchedAlsoWhereExecutionsAreSlow) {
  heddle::options how = quiet("random");
  how.time = std::chrono::milliseconds(60);
  const heddle::report result = heddle::explore(how, [] {
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
    while (std::chrono::steady_clock::now() < until) {
    }
  });
  EXPECT_GE(result.executions, 2);
  EXPECT_LE(result.executions, 6);
}

TEST(Exploration, StopsAtTheFirstFailureUnlessToldOtherwise) {
  heddle::options how = quiet("dfs", 100);
  const heddle::report first = heddle::explore(how, body_of_many_executions);
  EXPECT_EQ(first.executions, 4);
  EXPECT_EQ(first.failures.size(), 1u);
  EXPECT_EQ(first.failure->execution, 4);

  how.stop_at_first_failure = false;
  const heddle::report all = heddle::explore(how, body_of_many_executions);
  EXPECT_EQ(all.executions, 100);
  EXPECT_EQ(all.failed, 25);
  ASSERT_EQ(all.failures.size(), 25u);
  EXPECT_EQ(all.failure->schedule, all.failures.front().schedule);
  EXPECT_EQ(all.failures.back().execution, 100);
  EXPECT_NE(all.failures.front().schedule, all.failures.back().schedule);
}

TEST(Exploration, CountsMoreFailuresThanItKeeps) {
  const heddle::report all = heddle::explore(keeping_on("dfs", 1'000), body_of_many_executions);
  EXPECT_EQ(all.failed, 250);
  EXPECT_LE(all.failures.size(), 100u);
}

TEST(Exploration, PutsEveryExecutionInExactlyOneClass) {
  heddle::options how = keeping_on("dfs", 0);
  how.steps = 1'000;
  const heddle::report result = heddle::explore(how, [] {
    heddle::mutex guard;
    heddle::atomic<int> endless{0};
    switch (heddle::choose(6)) {
      case 0:
        heddle::check(false, "a failure");
        break;
      case 1:
        heddle::assume(false);
        break;
      case 2:
        guard.lock();
        guard.lock();
        break;
      case 3:
        for (;;) endless.fetch_add(1);
      case 4:
        throw std::runtime_error("out of the body");
      default:
        break;
    }
  });
  EXPECT_EQ(result.executions, 6);
  EXPECT_EQ(sum_of_classes(result), result.executions);
  EXPECT_EQ(result.complete, 1);
  EXPECT_EQ(result.failed, 2);
  EXPECT_EQ(result.blocked, 1);
  EXPECT_EQ(result.deadlocked, 1);
  EXPECT_EQ(result.cut, 1);
  EXPECT_EQ(result.redundant, 0);
  EXPECT_EQ(result.coverage, heddle::coverage::bounded) << "a limit cut one execution";
}

TEST(Exploration, CountsTheVisibleOperationsOfAllExecutions) {
  const heddle::report result = heddle::explore(quiet("random", 10), [] {
    heddle::atomic<int> shared{0};
    for (int i = 0; i < 3; ++i) shared.store(i);
  });
  EXPECT_EQ(result.steps, 30u);
}

TEST(Exploration, FailsWhenEveryExecutionWasBlockedByAnAssumption) {
  const heddle::report result = heddle::explore(quiet("random", 5), [] { heddle::assume(false); });
  EXPECT_EQ(result.blocked, 5);
  ASSERT_TRUE(result.failure);
  EXPECT_EQ(result.failure->kind, heddle::failure_kind::limit);
  EXPECT_NE(result.failure->message.find("no execution completed"), std::string::npos);
}

TEST(Exploration, FailsWhenEveryExecutionWasCut) {
  heddle::options how = quiet("random", 3);
  how.steps = 50;
  const heddle::report result = heddle::explore(how, [] {
    heddle::atomic<int> endless{0};
    for (;;) endless.fetch_add(1);
  });
  EXPECT_EQ(result.cut, 3);
  ASSERT_TRUE(result.failure);
  EXPECT_EQ(result.failure->kind, heddle::failure_kind::limit);
}

TEST(Exploration, SaysFirstThatALimitCutSomething) {
  heddle::options how = quiet("dfs");
  how.steps = 50;
  const heddle::report result = heddle::explore(how, [] {
    heddle::atomic<int> endless{0};
    const bool ends = heddle::choose(2) == 0;
    for (int i = 0; !ends || i < 3; ++i) endless.fetch_add(1);
  });
  EXPECT_TRUE(result.passed());
  EXPECT_EQ(result.cut, 1);
  EXPECT_EQ(result.coverage, heddle::coverage::bounded);
  const std::string text = result.text();
  EXPECT_NE(text.substr(0, text.find('\n')).find("cut by a limit"), std::string::npos) << text;
}

TEST(Exploration, PassesWhenSomeExecutionsWereBlockedAndSomeCompleted) {
  const heddle::report result =
      heddle::explore(quiet(), [] { heddle::assume(heddle::choose(3) == 1); });
  EXPECT_TRUE(result.passed()) << result.text();
  EXPECT_EQ(result.blocked, 2);
  EXPECT_EQ(result.complete, 1);
  EXPECT_EQ(result.coverage, heddle::coverage::exhaustive);
}

}  // namespace
