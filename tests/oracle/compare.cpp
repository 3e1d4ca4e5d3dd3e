// SPDX-License-Identifier: MIT
#include "compare.hpp"

#include <cstddef>
#include <cstdint>

namespace oracle {
namespace {

// The report counts with a signed type; it has no negative numbers.
std::size_t unsigned_of(std::int64_t n) { return static_cast<std::size_t>(n); }

void compare(std::string& text, const std::string& what, std::size_t expected, std::size_t actual) {
  if (expected == actual) return;
  text += what + ": " + std::to_string(expected) + " by brute force, " + std::to_string(actual) +
          " by Heddle\n";
}

}  // namespace

std::string differences(const census& truth, const heddle_run& run) {
  std::string text;
  const heddle::report& r = run.report;
  compare(text, "complete", truth.complete, unsigned_of(r.complete));
  compare(text, "failed", truth.failed, unsigned_of(r.failed));
  compare(text, "blocked", truth.blocked, unsigned_of(r.blocked));
  compare(text, "deadlocked", truth.deadlocked, unsigned_of(r.deadlocked));
  compare(text, "redundant", 0, unsigned_of(r.redundant));
  compare(text, "cut", 0, unsigned_of(r.cut));
  compare(text, "executions", truth.executions(), unsigned_of(r.executions));
  if (r.coverage != heddle::coverage::exhaustive) text += "the coverage is not exhaustive\n";
  if (r.passed() != (truth.failed + truth.deadlocked == 0 && truth.complete > 0)) {
    text += std::string("Heddle says that the program ") + (r.passed() ? "passed\n" : "failed\n");
  }
  if (run.bodies < unsigned_of(r.executions)) return text + "fewer bodies than executions\n";
  std::size_t excess = run.bodies - unsigned_of(r.executions);
  for (const auto& [o, n] : truth.outcomes) {
    const auto found = run.outcomes.find(o);
    const std::size_t actual = found == run.outcomes.end() ? 0 : found->second;
    if (actual >= n && actual - n <= excess) {
      excess -= actual - n;
    } else {
      compare(text, to_string(o), n, actual);
    }
  }
  return text + impossible_outcomes(truth, run);
}

std::string impossible_outcomes(const census& truth, const heddle_run& run) {
  std::string text;
  for (const auto& [o, n] : run.outcomes) {
    if (truth.outcomes.count(o) == 0) compare(text, to_string(o), 0, n);
  }
  return text;
}

}  // namespace oracle
