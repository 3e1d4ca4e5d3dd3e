// SPDX-License-Identifier: MIT
//
// The litmus tests of the literature against the oracle: outcomes are exact, and so is the number
// of execution graphs.
#include <gtest/gtest.h>

#include "axioms.hpp"
#include "runner.hpp"
#include "titles.hpp"

namespace litmus {
namespace {

class Litmus : public testing::TestWithParam<row> {};

TEST_P(Litmus, DepthFirstSeesWhatTheStandardAllows) {
  const program test(GetParam().text);
  const allowed all = enumerate(test, model::cxx);
  const auto found = explore(test, every_execution("dfs"));
  EXPECT_EQ(difference(found.values(), all.outcomes), "");
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive) << found.report.text();
  if (all.blocked == 0) {
    EXPECT_EQ(found.report.distinct, static_cast<std::uint64_t>(all.graphs));
  }
}

TEST_P(Litmus, ReductionSeesEachGraphOnce) {
  const program test(GetParam().text);
  const allowed all = enumerate(test, model::cxx);
  const auto found = explore(test, every_execution("dpor"));
  EXPECT_EQ(difference(found.values(), all.outcomes), "");
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive) << found.report.text();
  EXPECT_EQ(found.report.complete, all.graphs);
  EXPECT_LE(found.report.redundant, 2 * all.graphs);
  RecordProperty("redundant", static_cast<int>(found.report.redundant));
}

TEST_P(Litmus, NewestStoresAloneAreSequentiallyConsistent) {
  const program test(GetParam().text);
  heddle::options how = every_execution("dfs");
  how.memory = heddle::memory::sc;
  EXPECT_EQ(difference(explore(test, how).values(), enumerate(test, model::sc).outcomes), "");
}

INSTANTIATE_TEST_SUITE_P(Table, Litmus, testing::ValuesIn(table()), title);
INSTANTIATE_TEST_SUITE_P(Discriminating, Litmus, testing::ValuesIn(discriminating_table()), title);

}  // namespace
}  // namespace litmus
