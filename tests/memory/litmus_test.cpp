// SPDX-License-Identifier: MIT
//
// The litmus tests of the literature against the oracle: outcomes are exact, and so is the number
// of execution graphs.
#include <gtest/gtest.h>

#include <tuple>
#include <vector>

#include "axioms.hpp"
#include "runner.hpp"
#include "titles.hpp"

namespace litmus {
namespace {

class Litmus : public testing::TestWithParam<std::tuple<row, heddle::memory>> {
 protected:
  const row& of = std::get<0>(GetParam());
  const heddle::memory by = std::get<1>(GetParam());
  const program test = program(of.text);
  const allowed all = enumerate(test, axioms_of(by));
};

TEST_P(Litmus, DepthFirstSeesWhatIsAllowed) {
  const auto found = explore(test, every_execution("dfs", by));
  EXPECT_EQ(difference(found.values(), all.outcomes), "");
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive) << found.report.text();
  if (all.blocked == 0 && by != heddle::memory::sc) {
    EXPECT_EQ(found.report.distinct, static_cast<std::uint64_t>(all.graphs));
  }
}

TEST_P(Litmus, ReductionSeesEachGraphOnce) {
  const auto found = explore(test, every_execution("dpor", by));
  EXPECT_EQ(difference(found.values(), all.outcomes), "");
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive) << found.report.text();
  if (by == heddle::memory::sc) return;  // where the order of execution matters, not the graph
  EXPECT_EQ(found.report.complete, all.graphs);
  EXPECT_LE(found.report.redundant, 2 * all.graphs);
  RecordProperty("redundant", static_cast<int>(found.report.redundant));
}

std::string title_by_model(const testing::TestParamInfo<std::tuple<row, heddle::memory>>& at) {
  return title(std::get<0>(at.param)) + "_" +
         std::string(heddle::sched::word_of(std::get<1>(at.param)));
}

const auto every_model =
    testing::Values(heddle::memory::cxx, heddle::memory::rc11, heddle::memory::sc);
INSTANTIATE_TEST_SUITE_P(Table, Litmus, testing::Combine(testing::ValuesIn(table()), every_model),
                         title_by_model);
INSTANTIATE_TEST_SUITE_P(Discriminating, Litmus,
                         testing::Combine(testing::ValuesIn(discriminating_table()), every_model),
                         title_by_model);

// Otherwise the rows would say nothing about which model is which.
TEST(LitmusTable, TellsTheModelsApart) {
  std::vector<std::string> apart;
  for (const auto rows : {table(), discriminating_table()}) {
    for (const row& of : rows) {
      const program test(of.text);
      const auto count = [&](heddle::memory by) {
        return explore(test, every_execution("dpor", by)).report.complete;
      };
      if (count(heddle::memory::cxx) != count(heddle::memory::rc11)) apart.push_back(title(of));
    }
  }
  EXPECT_EQ(apart, (std::vector<std::string>{"WWmerge1", "cob1", "cob4", "WWmerge3", "SB_rfis"}));
}

}  // namespace
}  // namespace litmus
