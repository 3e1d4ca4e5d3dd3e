// SPDX-License-Identifier: MIT
//
// Litmus tests of the literature, all accesses sequentially consistent: how many classes of
// executions there are, how many of them with at most 0, 1, 2 preemptions, and the same for plain
// executions.
#include "litmus.hpp"

#include <gtest/gtest.h>

#include <array>
#include <heddle/explorers/bounded.hpp>
#include <heddle/explorers/depth_first.hpp>
#include <heddle/explorers/dpor.hpp>
#include <optional>
#include <ostream>
#include <utility>

#include "class_recorder.hpp"

namespace counting {
namespace {

using heddle::explorers::bounded;
using heddle::explorers::dpor;

struct row {
  const char* name;
  const char* text;
  std::int64_t classes;
  std::array<std::int64_t, 3> bounded_classes;
  std::int64_t executions;
  std::array<std::int64_t, 3> bounded_executions;
};

std::ostream& operator<<(std::ostream& out, const row& of) { return out << of.name; }

const row rows[] = {
    {"SB+rlx", "W x 1; R y || W y 1; R x", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"SB+rel+acq", "W x 1; R y || W y 1; R x", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"SB+3sc+acq", "W x 1; R y || W y 1; R x", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"SB+3sc+rel", "W x 1; R y || W y 1; R x", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"SB+2sc+scf", "W x 1; R y || W y 1; F; R x", 3, {2, 3, 3}, 10, {2, 5, 9}},
    {"SB+arfs", "W x 1; F; R y || W y 1; F; R x", 3, {2, 3, 3}, 20, {2, 6, 14}},
    {"SB+rmw-rlx", "W x 1; FADD z 0; R y || W y 1; FADD z 0; R x", 4, {2, 4, 4}, 20, {2, 6, 14}},
    {"SB3+rlx", "W x 1; R y || W y 1; R z || W z 1; R x", 7, {6, 7, 7}, 90, {6, 24, 60}},
    {"MP+rel+acq", "W x 1; W y 1 || R y; R x", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"MP+rel+rlx", "W x 1; W y 1 || R y; R x", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"MP+na+rel+acq", "W x 1; W y 1 || R y; IF r0; R x", 2, {2, 2, 2}, 3, {2, 3, 3}},
    {"MP+na+relf+acqf", "W x 1; F; W y 1 || R y; IF r0; F; R x", 2, {2, 2, 2}, 4, {2, 4, 4}},
    {"MP+scs", "W x 1; W y 1 || R y; R x", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"MP2",
     "W a 1; W c 1; F; W b 1; W d 1 || R b; F; R a || R d; F; R c",
     9,
     {4, 9, 9},
     9240,
     {6, 54, 310}},
    {"MPU+rel+acq",
     "W x 1; W y 1 || FADD y 1 || R y; IF r0>1; W x 2",
     6,
     {6, 6, 6},
     12,
     {6, 12, 12}},
    {"MPU+relf+acqf",
     "W x 1; F; W y 1 || FADD y 1 || R y; IF r0>1; F; W x 2",
     6,
     {6, 6, 6},
     20,
     {6, 18, 20}},
    {"LB+rlx", "R x; W y 1 || R y; W x 1", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"LB+acq", "R x; W y 1 || R y; W x 1", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"LB+data", "R x; W y r0+1 || R y; W x r0+1", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"LB3", "R a; W b 1 || R b; W c 1 || R c; W a 1", 7, {6, 7, 7}, 90, {6, 24, 60}},
    {"S+rlx", "W x 2; W y 1 || R y; W x 1", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"S+rel+acq", "W x 2; W y 1 || R y; W x 1", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"R+rlx", "W x 1; W y 1 || W y 2; R x", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"R+rel+acq", "W x 1; W y 1 || W y 2; R x", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"R+scfs", "W x 1; F; W y 1 || W y 2; F; R x", 3, {2, 3, 3}, 20, {2, 6, 14}},
    {"2+2W+rlx", "W x 1; W y 2 || W y 1; W x 2", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"2+2W+4sc", "W x 1; W y 2 || W y 1; W x 2", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"2+2W+3sc+rel1", "W x 1; W y 2 || W y 1; W x 2", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"2+2W+scfs", "W x 1; F; W y 2 || W y 1; F; W x 2", 3, {2, 3, 3}, 20, {2, 6, 14}},
    {"2+2W+2sc+scf", "W x 1; W y 2 || W y 1; F; W x 2", 3, {2, 3, 3}, 10, {2, 5, 9}},
    {"IRIW+acq", "W x 1 || R x; R y || R y; R x || W y 1", 15, {14, 15, 15}, 180, {24, 96, 180}},
    {"IRIW+acq+sc", "W x 1 || R x; R y || R y; R x || W y 1", 15, {14, 15, 15}, 180, {24, 96, 180}},
    {"IRIW+scfs",
     "W x 1 || R x; F; R y || R y; F; R x || W y 1",
     15,
     {14, 15, 15},
     1120,
     {24, 168, 552}},
    {"IRIWish",
     "W x 1 || R x; W y r0 || R x; F; R y || R y; F; R x",
     27,
     {18, 27, 27},
     5040,
     {24, 204, 924}},
    {"WRC+rel+acq", "W x 1 || R x; W y 1 || R y; R x", 7, {6, 7, 7}, 30, {6, 18, 30}},
    {"RWC+rlx", "W x 1 || R x; R y || W y 1; R x", 7, {6, 7, 7}, 30, {6, 18, 30}},
    {"RWC+scfs", "W x 1 || R x; F; R y || W y 1; F; R x", 7, {6, 7, 7}, 140, {6, 30, 82}},
    {"W+RWC", "W x 1; W z 1 || R z; F; R y || W y 1; F; R x", 7, {6, 7, 7}, 560, {6, 36, 136}},
    {"ISA2+rlx", "W a 1; W b 1 || R b; W c 1 || R c; R a", 7, {6, 7, 7}, 90, {6, 24, 60}},
    {"peterZ", "W x 1; F; R y || W y 1; W z 1 || R z; F; R x", 7, {6, 7, 7}, 560, {6, 36, 136}},
    {"Z6.U", "W x 1; W y 1 || FADD y 1; R y || W y 3; R x", 18, {6, 15, 18}, 90, {6, 24, 60}},
    {"CoRR", "W x 1; W x 2 || R x; R x", 6, {2, 4, 6}, 6, {2, 4, 6}},
    {"CoRR1", "W x 1 || W x 2 || R x; R x || R x", 36, {18, 36, 36}, 60, {24, 60, 60}},
    {"CoRR2", "W x 1 || W x 2 || R x; R x || R x; R x", 72, {18, 54, 72}, 180, {24, 96, 180}},
    {"CoWR", "W x 1; R x || W x 2", 3, {2, 3, 3}, 3, {2, 3, 3}},
    {"CoWW", "W x 1; W x 2 || R x", 3, {2, 3, 3}, 3, {2, 3, 3}},
    {"2CoWR", "R y || R x || W x 1 || W y 1", 4, {4, 4, 4}, 24, {24, 24, 24}},
    {"W+RRR+W", "W x 1 || R x; R x; R x || W x 2", 20, {6, 18, 20}, 20, {6, 18, 20}},
    {"inc+inc+RR+W+RR",
     "FADD x 1 || FADD x 1 || R x; R x || W x 42 || R x; R x",
     600,
     {96, 384, 600},
     1260,
     {120, 600, 1260}},
    {"inc2w", "FADD x 1 || W x 4 || FADD x 2", 6, {6, 6, 6}, 6, {6, 6, 6}},
    {"rii", "R x; FADD x 1 || FADD x 1", 3, {2, 3, 3}, 3, {2, 3, 3}},
    {"riwi", "R y; FADD x 1 || FADD x 1; W y 1", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"cii", "CAS x 1 2 || FADD x 1 || FADD x 1", 6, {6, 6, 6}, 6, {6, 6, 6}},
    {"wcii", "W x 5 || CAS x 1 2 || FADD x 1 || FADD x 1", 24, {24, 24, 24}, 24, {24, 24, 24}},
    {"RMWFix", "R y; IF r0; FADD x 1; FADD x 1 || FADD x 1 || W y 42", 4, {3, 4, 4}, 8, {6, 8, 8}},
    {"atomicpo", "W y 1; F; W x 1 || XCHG x 1; XCHG y 1", 3, {2, 3, 3}, 10, {2, 5, 9}},
    {"relseq-rmw", "W x 1; W y 1 || FADD y 1 || R y; R x", 9, {6, 9, 9}, 30, {6, 18, 30}},
    {"viktor-relseq",
     "FADD l 1; FADD l 1 || FADD l 1; FADD l 1 || FADD l 1 || FADD l 1",
     180,
     {24, 96, 180},
     180,
     {24, 96, 180}},
    {"JLT", "W x 1; R y; R x || W x 2; R x || W y 3", 8, {4, 8, 8}, 60, {6, 24, 50}},
    {"small0", "R x || R x; W x 1 || W x 2", 9, {6, 9, 9}, 12, {6, 12, 12}},
    {"MCP-rrw", "W x 1 || W x 2 || R x", 6, {6, 6, 6}, 6, {6, 6, 6}},
    {"default", "R x; R x || W x 1 || W x 2", 12, {6, 12, 12}, 12, {6, 12, 12}},
    {"cumul-release", "W x 1; W y 1 || R y; W z r0 || R z; F; R x", 7, {6, 7, 7}, 210, {6, 30, 92}},
    {"relacq-B-cumul", "W x 1; W y 1 || R y; W z 1 || R z; F; R x", 7, {6, 7, 7}, 210, {6, 30, 92}},
    {"po-loc", "R y; F; R x; W x 1 || R x; W y r0", 3, {2, 3, 3}, 15, {2, 6, 12}},
    {"WWmerge1", "R x; R y || W x 1; W x 2 || W y 1; R x", 15, {6, 13, 15}, 90, {6, 24, 60}},
    {"assume-ctrl",
     "R y; b=R y; ASM r0<2 or b>3; W x 1 || R x; ASM r0<3; W y 3; F; W y 4",
     6,
     {2, 4, 6},
     28,
     {2, 5, 15}},
    {"psc-base-notin-ar",
     "R x; ASM r0==2; W y 1 || W y 2 || R y; ASM r0==2; W x 2",
     1,
     {1, 1, 1},
     1,
     {1, 1, 1}},
    {"wrw2", "W x 1 || R x; W x 2 || R x; W x 3", 22, {6, 18, 22}, 30, {6, 18, 30}},
    {"wrw3",
     "W x 1 || R x; W x 2 || R x; W x 3 || R x; W x 4",
     300,
     {24, 132, 264},
     630,
     {24, 132, 384}},
    {"cas3", "CAS x 0 1 || CAS x 0 2 || CAS x 0 3", 3, {3, 3, 3}, 6, {6, 6, 6}},
    {"xchg-sb", "XCHG x 1; R y || XCHG y 1; R x", 3, {2, 3, 3}, 6, {2, 4, 6}},
    {"dekker+scf-one", "W x 1; F; R y || W y 1; R x", 3, {2, 3, 3}, 10, {2, 5, 9}},
    {"lock-cas",
     "CAS l 0 1; IF r0==0; c=R d; W d c+1; W l 0 || CAS l 0 1; IF r0==0; c=R d; W d c+1; W l 0",
     4,
     {2, 4, 4},
     8,
     {2, 8, 8}},
};

struct counted {
  heddle::report report;
  std::int64_t classes;  // complete ones
};

counted explore(const litmus_test& test, heddle::sched::explorer& decide) {
  class_recorder recorder(decide);
  heddle::options how;
  how.executions = 0;
  how.time = {};
  how.rereads = 1'000'000'000;
  how.environment = false;
  heddle::report result = heddle::explore(how, recorder, [&test] { test.run(); });
  return {std::move(result), recorder.complete()};
}

class Litmus : public testing::TestWithParam<row> {};

TEST_P(Litmus, HasItsClasses) {
  const litmus_test test(GetParam().text);
  dpor search(dpor::mode::optimal);
  const counted found = explore(test, search);
  EXPECT_EQ(found.report.complete, GetParam().classes);
  EXPECT_EQ(found.classes, GetParam().classes);
  EXPECT_EQ(found.report.redundant, 0);
  EXPECT_EQ(found.report.distinct,
            static_cast<std::uint64_t>(found.report.complete + found.report.blocked));
  EXPECT_EQ(found.report.coverage, heddle::coverage::exhaustive);
}

// Neither the order in which threads are created nor who goes on where the search is free matters.
TEST_P(Litmus, HasItsClassesFromWhereverTheSearchBegins) {
  const litmus_test test(GetParam().text);
  const auto classes = [](const litmus_test& of, std::optional<std::uint64_t> shuffle) {
    dpor search(dpor::mode::optimal, shuffle);
    const heddle::report r = explore(of, search).report;
    EXPECT_EQ(r.redundant, 0);
    EXPECT_EQ(r.distinct, static_cast<std::uint64_t>(r.complete + r.blocked));
    return std::pair(r.complete, r.blocked);
  };
  const auto expected = classes(test, std::nullopt);
  EXPECT_EQ(expected.first, GetParam().classes);
  EXPECT_EQ(classes(test.reversed(), std::nullopt), expected);
  for (std::size_t first = 1; first < test.size(); ++first) {
    EXPECT_EQ(classes(test.rotated(first), std::nullopt), expected) << first;
  }
  for (std::uint64_t seed = 1; seed <= 5; ++seed) EXPECT_EQ(classes(test, seed), expected) << seed;
}

TEST_P(Litmus, HasTheSameClassesWithSourceSets) {
  dpor search(dpor::mode::source);
  const counted found = explore(litmus_test(GetParam().text), search);
  EXPECT_EQ(found.report.complete, GetParam().classes);
  EXPECT_EQ(found.classes, GetParam().classes);
}

// Those whose numbers differ between the semantics that have been given to seq_cst; here, with
// nothing weaker, they do not.
TEST(LitmusOfSeqCst, HasItsClasses) {
  const std::pair<const char*, std::int64_t> tests[] = {
      {"W x 1 || W x 2 || R x; R y || W y 1; R x", 30},        // cob1
      {"W x 1; R y || W y 1; R x || W x 2", 9},                // cob2
      {"W x 1; W y 1 || W y 2; R y; R z || W z 1; R x", 10},   // cob3
      {"W x 1 || FADD x 1 || R x; R y || W y 1; R x", 30},     // cob4
      {"W x 1 || FADD x 1; R y || W y 1; R x", 9},             // cob5
      {"W x 1; F; W y 1 || R y; F; R z || W z 1; F; R x", 7},  // fsc1
      {"W x 1; W y 1 || R y; F; R z || W z 1; R x", 7},        // fsc2
      {"W x 1; R y || W y 1; F; R x", 3},                      // mixed1
      {"W x 1; F; R y || W y 1; R x", 3},                      // mixed2
      {"W x 1; W y 1 || R y; R z; R z || W z 1; R x", 10},     // RRmerge
      {"W x 1; FADD y 1 || FADD y 1; R z || W z 1; R x", 7},   // rmwsc
  };
  for (const auto& [text, classes] : tests) {
    dpor search(dpor::mode::optimal);
    const heddle::report r = explore(litmus_test(text), search).report;
    EXPECT_EQ(r.complete, classes) << text;
    EXPECT_EQ(r.redundant, 0) << text;
  }
}

TEST_P(Litmus, HasItsExecutions) {
  heddle::explorers::depth_first search;
  EXPECT_EQ(explore(litmus_test(GetParam().text), search).report.complete, GetParam().executions);
}

TEST_P(Litmus, HasItsClassesWithinEachBound) {
  const litmus_test test(GetParam().text);
  for (std::uint32_t bound = 0; bound < 3; ++bound) {
    bounded all({.first = bound, .most = bound, .reduce = false});
    bounded search({.first = bound, .most = bound});
    const counted every = explore(test, all);
    const counted found = explore(test, search);
    EXPECT_EQ(every.report.complete, GetParam().bounded_executions[bound]) << bound;
    EXPECT_EQ(every.classes, GetParam().bounded_classes[bound]) << bound;
    EXPECT_EQ(found.classes, GetParam().bounded_classes[bound]) << bound;
    EXPECT_LE(found.report.complete, every.report.complete) << bound;
    EXPECT_NE(found.report.coverage, heddle::coverage::sampled) << bound;
    EXPECT_EQ(found.report.distinct, every.report.distinct) << bound;
  }
}

std::string title(const testing::TestParamInfo<row>& of) {
  std::string text = of.param.name;
  for (char& at : text) {
    if (at == '+' || at == '-' || at == '.') at = '_';
  }
  return text;
}
INSTANTIATE_TEST_SUITE_P(Tests, Litmus, testing::ValuesIn(rows), title);

}  // namespace
}  // namespace counting
