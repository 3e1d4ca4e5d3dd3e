// SPDX-License-Identifier: MIT
// The seam: explore() with an explorer that a test brings along, and where explore() must not be.
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include "heddle/explorers/depth_first.hpp"
#include "quiet_options.hpp"

namespace {

namespace sched = heddle::sched;

// Leaves the current thread after every operation: always the last candidate, `executions` times.
class restless final : public sched::explorer {
 public:
  explicit restless(int executions) : left_(executions) {}
  bool begin_execution() override { return left_-- > 0; }
  std::uint32_t choose(const sched::choice& where) override {
    ++choices;
    return where.count - 1;
  }
  void end_execution(const sched::outcome&) override { ++ended; }
  [[nodiscard]] heddle::coverage claim() const override { return heddle::coverage::sampled; }
  int choices = 0;
  int ended = 0;

 private:
  int left_;
};

// Gives every execution up before its third visible operation.
class impatient final : public sched::explorer {
 public:
  [[nodiscard]] needs wants() const override { return {.permits = true, .steps = true}; }
  bool begin_execution() override { return executions_++ < 4; }
  std::uint32_t choose(const sched::choice&) override { return 0; }
  bool permits(const sched::execution_state& state, sched::thread_id) override {
    return state.steps() < 2;
  }
  void step(const sched::event&, const sched::operation&) override { ++steps; }
  [[nodiscard]] heddle::coverage claim() const override { return heddle::coverage::bounded; }
  int steps = 0;

 private:
  int executions_ = 0;
};

void two_writers(std::vector<int>* order = nullptr) {
  heddle::atomic<int> shared{0};
  const auto work = [&](int id) {
    for (int i = 0; i < 2; ++i) {
      shared.store(id);
      if (order != nullptr) order->push_back(id);
    }
  };
  heddle::thread one(work, 1);
  heddle::thread two(work, 2);
  one.join();
  two.join();
}

TEST(OwnExplorer, DecidesEveryChoice) {
  restless decide(1);
  std::vector<int> order;
  const heddle::report result =
      heddle::explore(quiet("mine"), decide, [&] { two_writers(&order); });
  EXPECT_EQ(order, (std::vector<int>{2, 1, 2, 1}));
  EXPECT_EQ(result.explorer, "mine");
  EXPECT_EQ(result.executions, 1);
  EXPECT_EQ(decide.choices, 3);
  EXPECT_EQ(decide.ended, 1);
}

TEST(OwnExplorer, EndsTheExplorationItself) {
  restless decide(7);
  const heddle::report result = heddle::explore(quiet("mine"), decide, [] { two_writers(); });
  EXPECT_EQ(result.executions, 7);
  EXPECT_EQ(result.complete, 7);
  EXPECT_TRUE(result.passed());
}

TEST(OwnExplorer, IsSubjectToTheBudget) {
  restless decide(1'000);
  EXPECT_EQ(heddle::explore(quiet("mine", 10), decide, [] { two_writers(); }).executions, 10);
}

TEST(OwnExplorer, ThatGivesExecutionsUpLeavesThemRedundant) {
  impatient decide;
  const heddle::report result = heddle::explore(quiet("mine"), decide, [] { two_writers(); });
  EXPECT_EQ(result.redundant, 4);
  EXPECT_EQ(result.executions, 4);
  EXPECT_EQ(decide.steps, 8);
}

TEST(OwnExplorer, MeetsFailuresInExecutionsItHasGivenUp) {
  impatient decide;
  const heddle::report result = heddle::explore(quiet("mine"), decide, [] {
    two_writers();
    heddle::check(false, "after the writers");
  });
  ASSERT_TRUE(result.failure);
  EXPECT_EQ(result.failed, 1);
  EXPECT_NE(result.failure->message.find("after the writers"), std::string::npos);
}

TEST(OwnExplorer, MayReturnNonsenseWithoutHarm) {
  class wild final : public sched::explorer {
   public:
    bool begin_execution() override { return true; }
    std::uint32_t choose(const sched::choice&) override { return 1'000'000; }
    [[nodiscard]] heddle::coverage claim() const override { return heddle::coverage::sampled; }
  } decide;
  EXPECT_EQ(heddle::explore(quiet("wild", 5), decide, [] { two_writers(); }).complete, 5);
}

TEST(OwnExplorer, OfTheLibraryCountsAsTheSameByName) {
  heddle::explorers::depth_first search;
  const heddle::report result = heddle::explore(quiet(), search, [] { two_writers(); });
  EXPECT_EQ(result.executions, 6);
  EXPECT_EQ(result.coverage, heddle::coverage::exhaustive);
}

TEST(Explore, InsideAnExecutionIsALogicError) {
  bool refused = false;
  const heddle::report result = heddle::explore(quiet("random", 1), [&] {
    try {
      heddle::explore(quiet("random", 1), [] {});
    } catch (const std::logic_error&) {
      refused = true;
    }
  });
  EXPECT_TRUE(refused);
  EXPECT_TRUE(result.passed()) << result.text();
}

TEST(Explore, InsideAnExecutionAndUncaughtFailsThatExecution) {
  const heddle::report result =
      heddle::explore(quiet("random", 1), [] { heddle::explore(quiet("random", 1), [] {}); });
  ASSERT_TRUE(result.failure);
  EXPECT_EQ(result.failure->kind, heddle::failure_kind::uncaught_exception);
}

TEST(Explore, WorksAgainAfterAFailure) {
  EXPECT_FALSE(heddle::explore(quiet(), [] { heddle::check(false); }).passed());
  EXPECT_TRUE(heddle::explore(quiet(), [] { two_writers(); }).passed());
}

void a_plain_function() { heddle::check(heddle::choose(2) == 0); }

TEST(Explore, TakesPlainFunctions) {
  EXPECT_EQ(heddle::explore(quiet(), a_plain_function).executions, 2);
  EXPECT_EQ(heddle::explore(quiet(), &a_plain_function).executions, 2);
}

TEST(Explore, TakesBodiesThatCannotBeCopied) {
  auto owned = std::make_unique<int>(5);
  const heddle::report result =
      heddle::explore(quiet(), [mine = std::move(owned)]() mutable { heddle::check(++*mine > 5); });
  EXPECT_TRUE(result.passed());
}

}  // namespace
