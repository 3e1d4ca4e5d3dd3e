// SPDX-License-Identifier: MIT
//
// The oracle against numbers that others have published for the same programs.
#include <gtest/gtest.h>

#include "axioms.hpp"
#include "table.hpp"
#include "titles.hpp"

namespace litmus {
namespace {

class Oracle : public testing::TestWithParam<row> {};

TEST_P(Oracle, CountsTheGraphsOfEachModel) {
  const row& of = GetParam();
  const program test(of.text);
  const allowed sc = enumerate(test, model::sc);
  const allowed rc11 = enumerate(test, model::rc11);
  const allowed cxx = enumerate(test, model::cxx);
  EXPECT_EQ(sc.graphs, of.sc);
  EXPECT_EQ(rc11.graphs, of.rc11);
  EXPECT_EQ(cxx.graphs, of.cxx);
  if (of.sc_outcomes != 0) {
    EXPECT_EQ(sc.outcomes.size(), of.sc_outcomes);
    EXPECT_EQ(rc11.outcomes.size(), of.rc11_outcomes);
  }
}

INSTANTIATE_TEST_SUITE_P(Table, Oracle, testing::ValuesIn(table()), title_of);
INSTANTIATE_TEST_SUITE_P(Discriminating, Oracle, testing::ValuesIn(discriminating_table()),
                         title_of);

TEST(Program, IsWrittenAsItIsRead) {
  for (const row& of : table()) {
    const program once(of.text);
    EXPECT_EQ(program(once.text()).text(), once.text()) << of.name;
  }
}

}  // namespace
}  // namespace litmus
