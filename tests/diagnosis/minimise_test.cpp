// SPDX-License-Identifier: MIT
// A minimised schedule needs as few preemptions as any that fails in the same way. Exhaustive
// search knows how many that is.
#include "minimise.hpp"

#include <gtest/gtest.h>

#include "corpus.hpp"
#include "diagnosis/diagnosis.hpp"
#include "exploration.hpp"
#include "explorers/quiet_options.hpp"
#include "heddle/explorers/depth_first.hpp"
#include "measuring.hpp"
#include "option_values.hpp"

namespace heddle::explorers {
namespace {

// Depth-first search that measures its schedules.
class measured_search final : public sched::explorer {
 public:
  bool begin_execution() override {
    size_ = {};
    indices_.clear();
    return search_.begin_execution();
  }
  std::uint32_t choose(const sched::choice& where) override {
    const std::uint32_t index = search_.choose(where);
    indices_.push_back(index);
    size_.preemptions += preempts(where, index);
    size_.unboring += index != 0;
    return index;
  }
  void end_execution(const sched::outcome& result) override { search_.end_execution(result); }
  [[nodiscard]] coverage claim() const override { return search_.claim(); }
  [[nodiscard]] const schedule_size& size() const { return size_; }
  [[nodiscard]] const std::vector<std::uint32_t>& indices() const { return indices_; }

 private:
  depth_first search_;
  schedule_size size_;
  std::vector<std::uint32_t> indices_;
};

signature signature_of_failure(const failure& of) {
  sched::outcome outcome;
  outcome.failure = of.cause;
  outcome.unfinished = of.unfinished;
  return signature_of(outcome);
}

bool same_cause(sched::engine& engine, sched::body_ref body,
                const std::vector<std::uint32_t>& indices, const failure& as) {
  failure other;
  following follow(indices);
  sched::outcome outcome = engine.run(body, follow, &other.trace);
  judge(outcome);
  if (!outcome.failure) return false;
  other.cause = *outcome.failure;
  other.unfinished = outcome.unfinished;
  diagnose(other);
  failure untouched = as;
  diagnose(untouched);
  return other.kind == untouched.kind && other.situation == untouched.situation;
}

constexpr std::int64_t too_many = 30'000;
constexpr auto too_long = std::chrono::milliseconds(1'500);

// The simplest failure of that kind, if the program is small enough for all to be tried.
std::optional<schedule_size> simplest(void (*body)(), const options& how, const failure& as) {
  sched::engine engine(settings_of(how));
  const sched::body_ref ref{[](void* f) { (*static_cast<void (**)()>(f))(); }, &body};
  const signature wanted = signature_of_failure(as);
  std::optional<schedule_size> best;
  measured_search search;
  const auto until = std::chrono::steady_clock::now() + too_long;
  for (std::int64_t count = 0; search.begin_execution(); ++count) {
    if (count == too_many || std::chrono::steady_clock::now() > until) return {};
    sched::outcome outcome = engine.run(ref, search);
    judge(outcome);
    if (!outcome.failure || outcome.result == sched::verdict::cut) continue;
    if (signature_of(outcome) != wanted) continue;
    const schedule_size size = search.size();
    if (best && std::pair(size.preemptions, size.unboring) >=
                    std::pair(best->preemptions, best->unboring)) {
      continue;
    }
    const std::vector<std::uint32_t> indices = search.indices();
    if (as.cause.kind == failure_kind::deadlock && !same_cause(engine, ref, indices, as)) continue;
    best = size;
  }
  return best;
}

options thorough(std::uint64_t seed) {
  options how = quiet("random", 20'000);
  how.name = "Corpus";
  how.seed = seed;
  how.minimise = 1'000'000;
  how.examination = std::chrono::seconds(1);
  how.diagnose = false;
  return how;
}

class Minimised : public testing::TestWithParam<corpus::labelled> {};

TEST_P(Minimised, SchedulesHaveTheFewestPreemptionsPossible) {
  const corpus::labelled& program = GetParam();
  int compared = 0;
  for (const std::uint64_t seed : {1u, 7u}) {
    const options how = thorough(seed);
    const report result = explore(how, program.body);
    ASSERT_TRUE(result.failure) << program.name;
    const failure& found = *result.failure;
    ASSERT_TRUE(found.minimised) << result.text();
    EXPECT_LE(found.minimised->after, found.minimised->before);
    EXPECT_TRUE(found.reproduced) << result.text();
    const auto best = simplest(program.body, how, found);
    if (!best) continue;
    ++compared;
    EXPECT_TRUE(found.minimised->fewest) << result.text();
    EXPECT_EQ(found.minimised->after.preemptions, best->preemptions) << result.text();
    EXPECT_EQ(found.minimised->after.unboring, best->unboring) << result.text();
    EXPECT_EQ(found.preemptions, best->preemptions) << result.text();
  }
  RecordProperty("compared", compared);
}

TEST_P(Minimised, SchedulesReplayToTheSameFailureAndSoDoTheOriginals) {
  const corpus::labelled& program = GetParam();
  options how = thorough(5);
  how.diagnose = true;
  const report result = explore(how, program.body);
  ASSERT_TRUE(result.failure) << program.name;
  const failure& found = *result.failure;
  const report again = replay(found.schedule, program.body, how);
  ASSERT_TRUE(again.failure) << result.text();
  EXPECT_EQ(again.failure->message, found.message);
  EXPECT_EQ(again.failure->situation, found.situation);
  EXPECT_EQ(again.failure->schedule, found.schedule);
  if (!found.minimised) return;
  const report before = replay(found.minimised->original, program.body, how);
  ASSERT_TRUE(before.failure) << result.text();
  EXPECT_EQ(before.failure->cause.kind, found.cause.kind);
  EXPECT_EQ(before.failure->schedule, found.minimised->original);
}

INSTANTIATE_TEST_SUITE_P(Corpus, Minimised, testing::ValuesIn(corpus::all_bugs()),
                         [](const auto& of) { return std::string(of.param.name); });

// Two deposits that lose one, and beside it threads that do nothing of interest.
void noisy() {
  heddle::atomic<int> balance{0};
  heddle::atomic<int> noise{0};
  const auto deposit = [&] {
    for (int i = 0; i < 3; ++i) noise.fetch_add(1);
    balance.store(balance.load() + 1);
    for (int i = 0; i < 3; ++i) noise.fetch_add(1);
  };
  const auto rumble = [&] {
    for (int i = 0; i < 20; ++i) noise.fetch_add(1);
  };
  corpus::together(deposit, deposit, rumble, rumble);
  check(balance.load() == 2, "a deposit is missing");
}

TEST(Minimisation, RemovesWhatIsNotNeeded) {
  options how = quiet("random");
  const report result = explore(how, noisy);
  ASSERT_TRUE(result.failure);
  ASSERT_TRUE(result.failure->minimised);
  EXPECT_GT(result.failure->minimised->before.preemptions, 3u);
  EXPECT_EQ(result.failure->minimised->after.preemptions, 1u);
  EXPECT_NE(result.text().find("minimised: "), std::string::npos) << result.text();
  EXPECT_NE(result.text().find("preemptions -> 1"), std::string::npos) << result.text();
  EXPECT_NE(result.text().find("verified"), std::string::npos) << result.text();
}

TEST(Minimisation, KeepsToItsBudget) {
  options how = quiet("random");
  how.minimise = 17;
  how.diagnose = false;
  std::int64_t bodies = 0;
  const report result = explore(how, [&] {
    ++bodies;
    noisy();
  });
  ASSERT_TRUE(result.failure);
  ASSERT_TRUE(result.failure->minimised);
  EXPECT_LE(result.failure->minimised->executions, 17);
  // The exploration, minimisation, and a run for the original and for the final schedule.
  EXPECT_LE(bodies, result.executions + 17 + 2);
}

TEST(Minimisation, CanBeTurnedOff) {
  options how = quiet("random");
  how.minimise = 0;
  const report result = explore(how, noisy);
  ASSERT_TRUE(result.failure);
  EXPECT_FALSE(result.failure->minimised);
  EXPECT_GT(result.failure->preemptions, 3u);
  EXPECT_EQ(result.text().find("minimised"), std::string::npos);
}

TEST(Minimisation, CostsNothingWhereNothingFails) {
  std::int64_t bodies = 0;
  const report result = explore(quiet("dfs"), [&] {
    ++bodies;
    heddle::choose(10);
  });
  EXPECT_TRUE(result.passed());
  EXPECT_EQ(bodies, 10);
}

TEST(Minimisation, LeavesABodyThatIsNotDeterministicAlone) {
  int runs = 0;
  const report result = explore(quiet("random"), [&] {
    heddle::choose(3);
    heddle::check(runs++ != 0, "fails the first time only");
  });
  ASSERT_TRUE(result.failure);
  EXPECT_FALSE(result.failure->reproduced);
  EXPECT_FALSE(result.failure->minimised);
}

}  // namespace
}  // namespace heddle::explorers
