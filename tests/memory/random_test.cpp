// SPDX-License-Identifier: MIT
//
// Random programs against the oracle. HEDDLE_RANDOM_PROGRAMS=5000 takes that many of each kind,
// HEDDLE_RANDOM_FIRST=10000 others.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "axioms.hpp"
#include "generator.hpp"
#include "runner.hpp"

namespace litmus {
namespace {

std::uint64_t asked(const char* name, std::uint64_t otherwise) {
  const char* number = std::getenv(name);
  return number != nullptr ? std::stoull(number) : otherwise;
}
std::uint64_t programs() { return asked("HEDDLE_RANDOM_PROGRAMS", 200); }
std::uint64_t first_program() { return asked("HEDDLE_RANDOM_FIRST", 0); }

void record(const char* what, std::uint64_t number) {
  testing::Test::RecordProperty(what, std::to_string(number));
}

class RandomPrograms : public testing::TestWithParam<heddle::memory> {
 protected:
  const heddle::memory by = GetParam();
  const model axioms = axioms_of(by);
};

TEST_P(RandomPrograms, DepthFirstSeesWhatIsAllowed) {
  heddle::options how = every_execution("dfs", by);
  how.executions = 100'000;
  std::uint64_t compared = 0;
  std::uint64_t weak = 0;
  for (std::uint64_t number = first_program(); compared < programs(); ++number) {
    const program test = generate(number, {});
    const auto found = explore(test, how);
    const allowed all = enumerate(test, axioms);
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
  record("compared", compared);
  record("weak", weak);
}

// Reduction sees each graph once, in programs that are too large for a depth-first search, too.
// What is too large for the oracle is passed over.
void compare_reduction(heddle::memory by, const size_of_programs& within, std::uint64_t first,
                       std::size_t limit) {
  std::uint64_t graphs = 0;
  std::uint64_t redundant = 0;
  std::uint64_t compared = 0;
  std::uint64_t skipped = 0;
  std::uint64_t operations = 0;
  std::uint64_t largest = 0;
  for (std::uint64_t number = first + first_program(); compared < programs(); ++number) {
    const program test = generate(number, within);
    const allowed all = enumerate(test, axioms_of(by), limit);
    if (all.too_many) {
      ++skipped;
      continue;
    }
    ++compared;
    std::uint64_t size = 0;
    for (const auto& thread : test.threads) size += thread.size();
    operations += size;
    largest = std::max(largest, size);
    const auto found = explore(test, every_execution("dpor", by));
    ASSERT_EQ(difference(found.values(), all.outcomes), "") << number << ": " << test.text();
    ASSERT_EQ(found.report.complete, all.graphs) << number << ": " << test.text();
    ASSERT_EQ(found.report.coverage, heddle::coverage::exhaustive) << number;
    graphs += static_cast<std::uint64_t>(all.graphs);
    redundant += static_cast<std::uint64_t>(found.report.redundant);
  }
  EXPECT_LE(redundant, 2 * graphs);
  record("compared", compared);
  record("too_large_for_the_oracle", skipped);
  record("operations", operations);
  record("operations_of_the_largest", largest);
  record("graphs", graphs);
  record("redundant", redundant);
}

TEST_P(RandomPrograms, ReductionSeesEachGraphOfSmallOnes) { compare_reduction(by, {}, 0, 100'000); }
TEST_P(RandomPrograms, ReductionSeesEachGraphOfLargerOnes) {
  compare_reduction(by, {.threads = 4, .instructions = 5, .objects = 3}, 1'000'000, 3'000);
}
TEST_P(RandomPrograms, ReductionSeesEachGraphOfLargeOnes) {
  compare_reduction(by, {.threads = 4, .instructions = 8, .objects = 4, .spread = 4}, 2'000'000,
                    3'000);
}

INSTANTIATE_TEST_SUITE_P(Models, RandomPrograms,
                         testing::Values(heddle::memory::cxx, heddle::memory::rc11),
                         [](const auto& of) {
                           return std::string(heddle::sched::word_of(of.param));
                         });

}  // namespace
}  // namespace litmus
