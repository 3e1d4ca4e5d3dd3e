// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "diagnosis/lock_order.hpp"
#include "exploration.hpp"
#include "heddle/explorers/random_walk.hpp"

// What an exploration that has only seen a sample may have missed: looks at a few passing
// executions for locks taken in different orders, and goes for the deadlock.
namespace heddle::explorers {

namespace {

constexpr std::int64_t executions_spent = 60;
constexpr int executions_read = 6;

// Passes a random walk on and keeps nothing of it but its indices.
class walking final : public measuring {
 public:
  explicit walking(std::uint64_t seed) : measuring(100'000), walk_(seed) {}
  bool begin_execution() override {
    return walk_.begin_execution() && measuring::begin_execution();
  }

 protected:
  std::uint32_t pick(const sched::choice& where) override { return walk_.choose(where); }

 private:
  random_walk walk_;
};

}  // namespace

void exploration::predict() {
  const pinned_memory newest_stores(engine, {});
  laboratory lab(engine, body, executions_spent, std::chrono::milliseconds(500));
  std::vector<std::string> known;
  for (int i = 0; i < executions_read && lab.affordable(); ++i) {
    sched::trace trace;
    walking walk(how.seed + static_cast<std::uint64_t>(i));
    walk.begin_execution();
    const sched::outcome outcome = lab.run(walk, &trace);
    if (outcome.result != sched::verdict::passed || walk.gave_up()) continue;
    const history past(trace);
    const auto cycles = lock_cycles(past);
    if (cycles.empty()) continue;
    const names name(trace);
    extracting original(walk.indices());
    original.begin_execution();
    static_cast<void>(lab.run(original));
    for (const auto& cycle : cycles) {
      std::string text = describe(name, cycle);
      if (std::find(known.begin(), known.end(), text) != known.end() || !lab.affordable()) continue;
      known.push_back(text);
      reordering attempt(trace, original.made(), {.holds = towards(past, cycle)});
      attempt.begin_execution();
      const sched::outcome deadlocked = lab.run(attempt);
      if (!attempt.gave_up() && deadlocked.failure && !cycle_of(deadlocked.unfinished).empty()) {
        count(deadlocked);
        const std::vector<std::uint32_t> choices = attempt.indices();
        result.failures.push_back(explain(deadlocked, choices));
        result.failures.back().details.push_back(
            "no execution of the exploration met it: predicted from the order of locks in a "
            "passing "
            "one, then confirmed");
        result.stopped_by = "a predicted deadlock";
        result.warnings.clear();
        return;
      }
      result.warnings.push_back(fmt::format(
          "locks are taken in different orders: {}. If these happen at once, the threads wait for "
          "each other for ever; no schedule that was tried gets there",
          text));
    }
  }
}

}  // namespace heddle::explorers
