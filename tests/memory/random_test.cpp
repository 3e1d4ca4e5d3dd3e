// SPDX-License-Identifier: MIT
//
// Random programs against the oracle. HEDDLE_RANDOM_PROGRAMS=5000 takes that many.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "axioms.hpp"
#include "generator.hpp"
#include "runner.hpp"

namespace litmus {
namespace {

std::uint64_t programs() {
  const char* asked = std::getenv("HEDDLE_RANDOM_PROGRAMS");
  return asked != nullptr ? std::stoull(asked) : 200;
}

TEST(RandomPrograms, DepthFirstSeesWhatTheStandardAllows) {
  heddle::options how = every_execution("dfs");
  how.executions = 100'000;
  std::uint64_t compared = 0;
  std::uint64_t weak = 0;
  for (std::uint64_t number = 0; compared < programs(); ++number) {
    const program test = generate(number, {});
    const auto found = explore(test, how);
    const allowed all = enumerate(test, model::cxx);
    for (const auto& [result, witness] : found.results) {
      ASSERT_TRUE(all.outcomes.count(result)) << number << ": " << test.text();
    }
    if (found.report.coverage != heddle::coverage::exhaustive) continue;  // too large
    ++compared;
    weak += all.outcomes != enumerate(test, model::sc).outcomes;
    ASSERT_EQ(difference(found.values(), all.outcomes), "") << number << ": " << test.text();
    ASSERT_EQ(found.report.distinct, static_cast<std::uint64_t>(all.graphs))
        << number << ": " << test.text();
  }
  EXPECT_GT(weak, programs() / 20);  // otherwise they say little
  RecordProperty("compared", static_cast<int>(compared));
  RecordProperty("weak", static_cast<int>(weak));
}

// Reduction sees each graph once, in programs that are too large for a depth-first search, too.
void compare_reduction(const size_of_programs& within, std::uint64_t first, std::size_t limit) {
  std::int64_t graphs = 0;
  std::int64_t redundant = 0;
  std::uint64_t compared = 0;
  for (std::uint64_t number = first; compared < programs(); ++number) {
    const program test = generate(number, within);
    const allowed all = enumerate(test, model::cxx, limit);
    if (all.too_many) continue;
    ++compared;
    const auto found = explore(test, every_execution("dpor"));
    ASSERT_EQ(difference(found.values(), all.outcomes), "") << number << ": " << test.text();
    ASSERT_EQ(found.report.complete, all.graphs) << number << ": " << test.text();
    ASSERT_EQ(found.report.coverage, heddle::coverage::exhaustive) << number;
    graphs += all.graphs;
    redundant += found.report.redundant;
  }
  EXPECT_LE(redundant, 2 * graphs);
  testing::Test::RecordProperty("compared", static_cast<int>(compared));
  testing::Test::RecordProperty("graphs", static_cast<int>(graphs));
  testing::Test::RecordProperty("redundant", static_cast<int>(redundant));
}

TEST(RandomPrograms, ReductionSeesEachGraphOfSmallOnes) { compare_reduction({}, 0, 100'000); }
TEST(RandomPrograms, ReductionSeesEachGraphOfLargerOnes) {
  compare_reduction({.threads = 4, .instructions = 5, .objects = 3}, 1'000'000, 3'000);
}

}  // namespace
}  // namespace litmus
