// SPDX-License-Identifier: MIT
//
// Random programs of calls on monitors and of atomics: reduction finds every outcome that plain
// depth-first search finds, and explores no class of executions twice.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "heddle/explorers/prng.hpp"
#include "sched/mailbox.hpp"
#include "shim/counted.hpp"

namespace {

using mailboxes::mailbox;

struct step {
  unsigned what;  // put, take, try_take, full, atomic increment, atomic load
  unsigned on;
};
using program = std::vector<std::vector<step>>;

program random_program(heddle::explorers::prng& random) {
  program made(2 + random.below(2));
  for (auto& thread : made) {
    thread.resize(1 + random.below(made.size() == 2 ? 4 : 3));
    for (step& at : thread) at = {random.below(6), random.below(2)};
  }
  return made;
}

// What every thread saw, in its own order; a thread that got stuck has a shorter line.
std::string run(const program& code, std::vector<std::string>& seen) {
  static mailbox boxes[2];
  static heddle::atomic<int> numbers[2];
  seen.assign(code.size(), "");
  for (auto& number : numbers) number.store(0, std::memory_order_relaxed);
  counted::in_threads(static_cast<unsigned>(code.size()), [&](unsigned id) {
    for (const step& at : code[id]) {
      int result = 0;
      switch (at.what) {
        case 0:
          boxes[at.on].put(static_cast<int>(id) + 1);
          break;
        case 1:
          result = boxes[at.on].take();
          break;
        case 2:
          boxes[at.on].try_take(result);
          break;
        case 3:
          result = boxes[at.on].full();
          break;
        case 4:
          result = numbers[at.on].fetch_add(1);
          break;
        default:
          result = numbers[at.on].load();
      }
      seen[id] += std::to_string(result);
    }
  });
  return {};
}

// The ways in which all executions ended, how often each.
std::map<std::string, int> explore(const program& code, const char* explorer, std::int64_t& total) {
  heddle::options how = counted::every_execution();
  how.explorer = explorer;
  std::map<std::string, int> ways;
  std::vector<std::string> seen;
  const auto note_it = [&] {
    std::string way;
    for (const auto& line : seen) way += line + "|";
    if (way.size() > seen.size()) ++ways[way];
  };
  const auto of = heddle::explore(how, [&] {
    note_it();  // of the execution before this one
    run(code, seen);
  });
  note_it();
  EXPECT_EQ(of.coverage, heddle::coverage::exhaustive) << explorer;
  EXPECT_EQ(of.redundant, 0) << explorer;
  total = of.executions;
  return ways;
}

TEST(MonitorRandom, ReductionFindsEveryWayToEnd) {
  heddle::explorers::prng random(7);
  for (int number = 0; number < 300; ++number) {
    const program code = random_program(random);
    std::int64_t all = 0;
    std::int64_t reduced = 0;
    const auto expected = explore(code, "dfs", all);
    const auto found = explore(code, "dpor", reduced);
    std::string text;
    for (const auto& thread : code) {
      for (const step& at : thread) text += "ptqfal"[at.what] + std::to_string(at.on) + " ";
      text += "/ ";
    }
    EXPECT_LE(reduced, all) << text;
    for (const auto& [way, times] : expected) {
      EXPECT_TRUE(found.contains(way)) << number << ": " << text << "misses " << way;
    }
    if (HasFailure()) return;
  }
}

}  // namespace
