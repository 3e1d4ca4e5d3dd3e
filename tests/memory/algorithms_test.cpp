// SPDX-License-Identifier: MIT
//
// Correct algorithms explore clean, to the end; with one order weakened, `auto` finds what breaks,
// within the default budget.
#include "algorithms.hpp"

#include <gtest/gtest.h>

#include <heddle/heddle.hpp>
#include <ostream>

namespace algorithms {

static std::ostream& operator<<(std::ostream& out, const algorithm& of) { return out << of.name; }

namespace {

heddle::options by_default() {
  heddle::options how;
  how.name = "algorithm";
  how.capture = false;
  how.environment = false;
  return how;
}

class Algorithm : public testing::TestWithParam<algorithm> {};

TEST_P(Algorithm, IsCleanIfItsOrdersAreRight) {
  const heddle::report found = heddle::explore(by_default(), GetParam().body);
  RecordProperty("executions", static_cast<int>(found.executions));
  EXPECT_EQ(found.passed(), GetParam().is != wrong) << found.text();
  if (GetParam().is != wrong) {
    EXPECT_EQ(found.coverage, heddle::coverage::exhaustive) << found.text();
    return;
  }
  ASSERT_TRUE(found.failure);
  const heddle::report again =
      heddle::replay(found.failure->schedule, GetParam().body, by_default());
  ASSERT_TRUE(again.failure) << again.text();
  EXPECT_EQ(again.failure->kind, found.failure->kind);
  EXPECT_EQ(again.failure->message, found.failure->message);
}

// What is weakened matters only where loads may read old stores, or to whether data races.
TEST_P(Algorithm, BreaksNoCheckUnderSequentialConsistency) {
  heddle::options how = by_default();
  how.memory = heddle::memory::sc;
  how.races = heddle::races::off;
  const heddle::report found = heddle::explore(how, GetParam().body);
  EXPECT_TRUE(found.passed()) << found.text();
}

std::string title(const testing::TestParamInfo<algorithm>& of) { return of.param.name; }
INSTANTIATE_TEST_SUITE_P(All, Algorithm, testing::ValuesIn(all()), title);

}  // namespace
}  // namespace algorithms
