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

}  // namespace
}  // namespace litmus
