// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <type_traits>

#include <heddle/heddle.hpp>
#include <heddle/threading.hpp>

// Claims about all executions of a program. Each explores the whole of them with the settings that
// a test has by default, only without a limit of their number, and the search must finish.
namespace worked {

inline heddle::options settings() {
  const ::testing::TestInfo* const test = ::testing::UnitTest::GetInstance()->current_test_info();
  heddle::options how;
  how.name = std::string(test->test_suite_name()) + "." + test->name();
  how.executions = 0;
  how.time = std::chrono::seconds(100);
  how.environment = false;
  return how;
}

inline void expect_all(const heddle::report& seen) {
  EXPECT_TRUE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.coverage, heddle::coverage::exhaustive) << seen.text();
  ::testing::Test::RecordProperty("executions", std::to_string(seen.executions));
}

// No execution fails.
template <class Body>
void holds(Body&& body, const heddle::options& how = settings()) {
  expect_all(heddle::explore(how, body));
}

// The results that `body` returns in its executions, all of them.
template <class Body>
auto results(Body&& body, const heddle::options& how = settings()) {
  const auto found = heddle::outcomes(how, body);
  expect_all(found.report);
  return found.values();
}

// Some execution fails for this reason. For the same program with a mistake in it: what shows that
// the claim could be wrong.
template <class Body>
void fails(heddle::failure_kind kind, Body&& body, const heddle::options& how = settings()) {
  const heddle::report seen = heddle::explore(how, body);
  ASSERT_FALSE(seen.passed()) << seen.text();
  EXPECT_EQ(seen.failure->kind, kind) << seen.text();
}

// In whatever way: where one mistake has several consequences.
template <class Body>
void fails(Body&& body, const heddle::options& how = settings()) {
  const heddle::report seen = heddle::explore(how, body);
  EXPECT_FALSE(seen.passed()) << seen.text();
}

}  // namespace worked
