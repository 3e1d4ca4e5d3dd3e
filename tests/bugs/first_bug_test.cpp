// SPDX-License-Identifier: MIT
//
// How many executions it takes to the first bug. The figures are printed; HEDDLE_LONG_TESTS=1 adds
// the large programs and prints the whole table.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <string>

#include "measure.hpp"

namespace bugs {
namespace {

bool long_tests() {
  const char* value = std::getenv("HEDDLE_LONG_TESTS");
  return value != nullptr && *value != '\0' && *value != '0';
}

std::string text(const summary& of, int seeds) {
  if (of.found == seeds) return fmt::format("{:.1f}", of.mean);
  if (of.found == 0) return "-";
  return fmt::format("{:.0f} ({}/{})", of.mean, of.found, seeds);
}

TEST(BugPrograms, HaveDifferentNames) {
  std::set<std::string_view> names;
  for (const program& p : programs()) EXPECT_TRUE(names.insert(p.name).second) << p.name;
  EXPECT_GE(names.size(), 39u);
}

TEST(BugPrograms, TheTrivialOnesFailSoon) {
  for (const program& p : programs()) {
    if (!p.trivial) continue;
    const std::int64_t at = first_bug(p, "random", 1, 100);
    EXPECT_NE(at, 0) << p.name;
  }
}

// Whatever it finds is the bug.
TEST(BugPrograms, AutoOnTheOthers) {
  for (const program& p : programs()) {
    if (p.trivial) continue;
    const bool large = p.name.ends_with("_50") || p.name.ends_with("_100");
    if (large && !long_tests()) continue;
    const std::int64_t at = first_bug(p, "auto", 1, 10'000);
    fmt::print("{:20} {}\n", p.name, at == 0 ? "-" : std::to_string(at));
  }
}

TEST(FirstBug, Table) {
  if (!long_tests()) GTEST_SKIP() << "set HEDDLE_LONG_TESTS=1 for the table";
  constexpr int seeds = 20;
  constexpr std::string_view explorers[] = {"random", "pct", "pos", "urw", "surw"};
  fmt::print("{:20}", "");
  for (const auto explorer : explorers) fmt::print("{:>14}", explorer);
  fmt::print("\n");
  const char* only = std::getenv("HEDDLE_BUG_PROGRAM");
  for (const program& p : programs()) {
    if (p.trivial || (only != nullptr && p.name != only)) continue;
    fmt::print("{:20}", p.name);
    for (const auto explorer : explorers) {
      fmt::print("{:>14}", text(first_bugs(p, explorer, seeds, 10'000), seeds));
      std::fflush(stdout);
    }
    fmt::print("\n");
  }
}

}  // namespace
}  // namespace bugs
