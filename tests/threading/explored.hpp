// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "common/without_limits.hpp"
#include "heddle/threading.hpp"

// How the tests of the toolkit explore: every body twice, by plain depth-first search, which knows
// nothing of dependence, and by reduction, which must find the same results.
namespace explored {

using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)
namespace th = heddle::threading;

inline heddle::options by(const char* explorer, int early_timeouts = 0) {
  heddle::options how = nothing_beside("Threading.Test", explorer);
  how.capture = false;
  how.stop_at_first_failure = false;
  how.early_timeouts = early_timeouts;
  return how;
}

// Every result of a body that never fails.
template <class Body>
auto results(Body&& body, int early_timeouts = 0) {
  auto all = heddle::outcomes(by("dfs", early_timeouts), body);
  EXPECT_TRUE(all.report.passed()) << all.report.text();
  EXPECT_EQ(all.report.coverage, heddle::coverage::exhaustive) << all.report.text();
  const auto reduced = heddle::outcomes(by("dpor", early_timeouts), body);
  EXPECT_TRUE(reduced.report.passed()) << reduced.report.text();
  // Where clocks may advance early, dpor first explores everything without that, then with it.
  const int passes = early_timeouts > 0 ? 2 : 1;
  EXPECT_LE(reduced.report.complete, passes * all.report.complete);
  for (const auto& [result, witness] : reduced.results) EXPECT_TRUE(all.contains(result));
  if (reduced.report.coverage == heddle::coverage::exhaustive) {
    EXPECT_EQ(reduced.size(), all.size());
  } else {
    EXPECT_GT(early_timeouts, 0) << reduced.report.text();
  }
  return all.values();
}

// By reduction alone, where plain search takes too long.
template <class Body>
void passes_reduced(Body&& body) {
  const auto of = heddle::explore(by("dpor"), body);
  EXPECT_TRUE(of.passed()) << of.text();
  EXPECT_EQ(of.coverage, heddle::coverage::exhaustive) << of.text();
  EXPECT_EQ(of.redundant, 0);
}

// A body that never fails, whatever happens, and whose explorations finish.
template <class Body>
void always_passes(Body&& body, int early_timeouts = 0) {
  results(
      [&] {
        body();
        return true;
      },
      early_timeouts);
}

// The kind of failure that both searches find; "none" if neither does.
template <class Body>
std::string failure(Body&& body, std::string* text = nullptr) {
  std::string kinds[2];
  int at = 0;
  for (const char* explorer : {"dfs", "dpor"}) {
    heddle::options how = by(explorer);
    how.stop_at_first_failure = true;
    const heddle::report of = heddle::explore(how, body);
    kinds[at++] = of.failure ? std::string(heddle::to_string(of.failure->kind)) : "none";
    if (text != nullptr) *text = of.text();
  }
  EXPECT_EQ(kinds[0], kinds[1]);
  return kinds[0];
}

// Does `call` throw a usage_error?
template <class Call>
bool is_refused(Call&& call) {
  try {
    call();
  } catch (const th::usage_error&) {
    return true;
  }
  return false;
}

}  // namespace explored
