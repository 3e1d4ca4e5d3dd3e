// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include "shim/counted.hpp"

namespace counted {

// The outcomes of `body` in every interleaving; and that reduction finds the same ones and says
// that it is exhaustive, with fewer executions or as many.
template <class Body>
auto outcomes_of(Body&& body, heddle::options how = every_execution()) {
  how.explorer = "dfs";
  auto found = heddle::outcomes(how, body);
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive) << found.report.text();
  how.explorer = "dpor";
  const auto reduced = heddle::outcomes(how, body);
  EXPECT_EQ(reduced.values(), found.values());
  EXPECT_LE(reduced.report.executions - reduced.report.redundant, found.report.executions);
  EXPECT_EQ(reduced.report.coverage, heddle::coverage::exhaustive) << reduced.report.text();
  EXPECT_EQ(reduced.report.deadlocked != 0, found.report.deadlocked != 0);
  EXPECT_EQ(reduced.report.failed != 0, found.report.failed != 0);
  return found;
}

}  // namespace counted
