// SPDX-License-Identifier: MIT
//
// Correct algorithms explore clean, to the end; with one order weakened, `auto` finds what breaks.
#include "algorithms.hpp"

#include <gtest/gtest.h>

#include <heddle/heddle.hpp>
#include <ostream>

namespace algorithms {

static std::ostream& operator<<(std::ostream& out, const algorithm& of) { return out << of.name; }

namespace {

heddle::options weak_memory() {
  heddle::options how;
  how.name = "algorithm";
  how.memory = heddle::memory::cxx;
  how.capture = false;
  how.environment = false;
  return how;
}

class Algorithm : public testing::TestWithParam<algorithm> {};

TEST_P(Algorithm, IsCleanIfItsOrdersAreRight) {
  const heddle::report found = heddle::explore(weak_memory(), GetParam().body);
  EXPECT_EQ(found.passed(), GetParam().correct) << found.text();
  if (GetParam().correct) {
    EXPECT_EQ(found.coverage, heddle::coverage::exhaustive) << found.text();
  } else {
    const heddle::report again =
        heddle::replay(found.failure->schedule, GetParam().body, weak_memory());
    ASSERT_TRUE(again.failure) << again.text();
    EXPECT_EQ(again.failure->kind, found.failure->kind);
    EXPECT_EQ(again.failure->message, found.failure->message);
  }
}

std::string title(const testing::TestParamInfo<algorithm>& of) { return of.param.name; }
INSTANTIATE_TEST_SUITE_P(All, Algorithm, testing::ValuesIn(all()), title);

}  // namespace
}  // namespace algorithms
