// SPDX-License-Identifier: MIT
//
// What an exploration estimates, against what is known: programs whose executions the literature
// has counted, each explored with 200 seeds.
#include <gtest/gtest.h>

#include <cmath>
#include <heddle/explorers/depth_first.hpp>
#include <heddle/explorers/random_walk.hpp>
#include <heddle/explorers/wrapper.hpp>
#include <map>
#include <ostream>

#include "class_recorder.hpp"
#include "litmus.hpp"

namespace counting {
namespace {

constexpr int seeds = 200;
constexpr int least_inside = 180;  // 90 % of them, for intervals of 95 %

struct row {
  const char* name;
  const char* text;
  double executions;
};
std::ostream& operator<<(std::ostream& out, const row& of) { return out << of.name; }

const row rows[] = {
    {"SB_arfs", "W x 1; F; R y || W y 1; F; R x", 20},
    {"SB3", "W x 1; R y || W y 1; R z || W z 1; R x", 90},
    {"IRIW", "W x 1 || R x; R y || R y; R x || W y 1", 180},
    {"IRIW_scfs", "W x 1 || R x; F; R y || R y; F; R x || W y 1", 1'120},
    {"IRIWish", "W x 1 || R x; W y r0 || R x; F; R y || R y; F; R x", 5'040},
    {"W_RWC", "W x 1; W z 1 || R z; F; R y || W y 1; F; R x", 560},
    {"MP2", "W a 1; W c 1; F; W b 1; W d 1 || R b; F; R a || R d; F; R c", 9'240},
    {"readers", "FADD x 1 || FADD x 1 || R x; R x || W x 42 || R x; R x", 1'260},
    {"wrw3", "W x 1 || R x; W x 2 || R x; W x 3 || R x; W x 4", 630},
    {"RMWFix", "R y; IF r0; FADD x 1; FADD x 1 || FADD x 1 || W y 42", 8},
};

heddle::options seeded(const char* explorer, int seed, std::int64_t executions) {
  heddle::options how;
  how.explorer = explorer;
  how.seed = static_cast<std::uint64_t>(seed);
  how.executions = executions;
  how.time = {};
  how.rereads = 1'000'000'000;
  how.capture = false;
  how.environment = false;
  return how;
}

class Estimates : public testing::TestWithParam<row> {};

void expect_size_inside(const char* explorer, std::int64_t executions) {
  const litmus_test test(Estimates::GetParam().text);
  const double truth = std::log10(Estimates::GetParam().executions);
  int inside = 0;
  double width = 0;
  for (int seed = 1; seed <= seeds; ++seed) {
    const heddle::report r =
        heddle::explore(seeded(explorer, seed, executions), [&test] { test.run(); });
    ASSERT_TRUE(r.statistics.size);
    const heddle::estimate& size = *r.statistics.size;
    inside += size.low - 1e-9 <= truth && truth <= size.high + 1e-9;
    width += size.high - size.low;
  }
  EXPECT_GE(inside, least_inside) << explorer;
  EXPECT_LT(width / seeds, 1) << "an interval of everything says nothing";
}

TEST_P(Estimates, HoldTheNumberOfExecutions) { expect_size_inside("random", 100); }
TEST_P(Estimates, HoldTheNumberOfExecutionsByUniformWalk) { expect_size_inside("urw", 100); }

// The class of each execution and how probable the random walk makes it: by depth-first search,
// Knuth's numbers the other way round.
class weighing final : public heddle::explorers::wrapper {
 public:
  explicit weighing(heddle::sched::explorer& inner) : wrapper(inner) {}
  bool begin_execution() override {
    chance_ = 1;
    return wrapper::begin_execution();
  }
  std::uint32_t choose(const heddle::sched::choice& where) override {
    chance_ /= where.count;
    return wrapper::choose(where);
  }
  [[nodiscard]] double chance() const { return chance_; }

 private:
  double chance_ = 1;
};

// Which class each execution was of.
class noting final : public heddle::explorers::wrapper {
 public:
  noting(class_recorder& inner, const weighing& weights, std::map<std::uint64_t, double>& into)
      : wrapper(inner), recorder_(inner), weights_(weights), into_(into) {}
  void end_execution(const heddle::sched::outcome& result) override {
    const double chance = weights_.chance();
    wrapper::end_execution(result);
    into_[recorder_.latest()] += chance;
  }

 private:
  class_recorder& recorder_;
  const weighing& weights_;
  std::map<std::uint64_t, double>& into_;
};

std::map<std::uint64_t, double> classes_of(const litmus_test& test, heddle::sched::explorer& decide,
                                           const heddle::options& how,
                                           heddle::report* result = nullptr) {
  std::map<std::uint64_t, double> all;
  weighing weights(decide);
  class_recorder recorder(weights);
  noting note(recorder, weights, all);
  const heddle::report r = heddle::explore(how, note, [&test] { test.run(); });
  if (result != nullptr) *result = r;
  return all;
}

TEST_P(Estimates, HoldTheChanceOfSomethingNew) {
  const litmus_test test(GetParam().text);
  heddle::explorers::depth_first every;
  const auto chances = classes_of(test, every, seeded("dfs", 1, 0));
  double sum = 0;
  for (const auto& [hash, chance] : chances) sum += chance;
  ASSERT_NEAR(sum, 1, 1e-9);
  int inside = 0;
  for (int seed = 1; seed <= seeds; ++seed) {
    heddle::explorers::random_walk walk(static_cast<std::uint64_t>(seed));
    heddle::report r;
    double unseen = 1;
    for (const auto& [hash, chance] : classes_of(test, walk, seeded("random", seed, 60), &r)) {
      unseen -= chances.at(hash);
    }
    ASSERT_EQ(r.statistics.drawn.size(), 1u);
    const heddle::estimate& estimate = r.statistics.drawn.front().chance_of_new;
    inside += estimate.low - 1e-9 <= unseen && unseen <= estimate.high + 1e-9;
  }
  EXPECT_GE(inside, least_inside);
}

INSTANTIATE_TEST_SUITE_P(Programs, Estimates, testing::ValuesIn(rows),
                         [](const auto& given) { return std::string(given.param.name); });

}  // namespace
}  // namespace counting
