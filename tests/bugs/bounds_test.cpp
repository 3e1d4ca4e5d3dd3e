// SPDX-License-Identifier: MIT
//
// The least number of preemptions, and of delays, that the literature gives for a bug is the bound
// at which a bounded search finds it: not one less.
//
// Two programs have others here. Where the published ones start threads, that is a step of the
// original's main thread, which goes on meanwhile; here the body waits in a join, and who goes
// first is free: account needs no preemption (1) and one delay (3), token_ring none (1) and two
// (3).
#include <gtest/gtest.h>

#include <heddle/explorers/bounded.hpp>
#include <optional>
#include <ostream>
#include <string>

#include "bug_programs.hpp"

namespace bugs {
namespace {

using heddle::explorers::bounded;

struct bounds {
  std::string_view program;
  std::optional<std::uint32_t> preemptions;  // none: more than 3,000 executions below it
  std::optional<std::uint32_t> delays;
  friend std::ostream& operator<<(std::ostream& out, const bounds& of) { return out << of.program; }
};

// Within exactly this bound.
heddle::report explore_within(const program& p, bounded::cost of, std::uint32_t bound,
                              heddle::races visible) {
  bounded search({.of = of, .first = bound, .most = bound});
  return heddle::explore(options_for(p, "bounded", 1, visible), search, [&p] { p.body(); });
}

class BoundOfBug : public testing::TestWithParam<bounds> {};

TEST_P(BoundOfBug, IsThePublishedOne) {
  const program& p = find(GetParam().program);
  const auto expect = [&p](bounded::cost of, std::uint32_t bound, heddle::races visible) {
    if (bound > 0) {
      const heddle::report below = explore_within(p, of, bound - 1, visible);
      EXPECT_TRUE(below.passed()) << below.text();
      EXPECT_NE(below.coverage, heddle::coverage::sampled) << below.text();
    }
    EXPECT_TRUE(found(p, explore_within(p, of, bound, visible))) << "within " << bound;
  };
  for (const heddle::races visible : {heddle::races::explore, heddle::races::explore_all}) {
    if (GetParam().preemptions) {
      expect(bounded::cost::preemptions, *GetParam().preemptions, visible);
    }
    if (GetParam().delays) expect(bounded::cost::delays, *GetParam().delays, visible);
  }
}

constexpr std::optional<std::uint32_t> unknown;
INSTANTIATE_TEST_SUITE_P(
    Programs, BoundOfBug,
    testing::Values(bounds{"stringbuffer", 2, 2}, bounds{"account", 0, 1},
                    bounds{"bluetooth_driver", 1, 1}, bounds{"carter01", 1, 1},
                    bounds{"circular_buffer", 1, 2}, bounds{"deadlock01", 1, 1},
                    bounds{"queue", 1, 2}, bounds{"reorder_3", 1, 2}, bounds{"reorder_4", 1, 3},
                    bounds{"reorder_5", 1, 4}, bounds{"stack", 1, 1}, bounds{"token_ring", 0, 2},
                    bounds{"twostage", 1, 1}, bounds{"wronglock_3", 1, 1},
                    bounds{"wronglock", unknown, 1}, bounds{"CVE-2016-7911", 1, 1}),
    [](const auto& given) {
      std::string name(given.param.program);
      for (char& at : name) at = at == '-' ? '_' : at;
      return name;
    });

}  // namespace
}  // namespace bugs
