// SPDX-License-Identifier: MIT
#include "gate.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

#include "from_outside.hpp"
#include "gate_verdict.hpp"

namespace heddle::bench {

namespace {

constexpr const char* guarded[] = {"lost_update2", "same_store5", "sched_tp2x100",
                                   "mutex_counter3x3", "treiber2x2"};

std::string compiler() {
#if defined(__clang__)
  return fmt::format("clang-{}", __clang_major__);
#else
  return fmt::format("g++-{}", __GNUC__);
#endif
}

}  // namespace

bool pass_gate() {
  const bool update = std::getenv("HEDDLE_UPDATE_GATE") != nullptr;
  std::map<std::string, double> recorded;
  std::string by;
  std::ifstream file(HEDDLE_BENCH_GATE);
  file >> by;
  for (std::string name; file >> name;) file >> recorded[name];
  if (!update && by != compiler()) {
    fmt::print("instructions: recorded with {}, this is {}: nothing to compare\n", by, compiler());
    return true;
  }
  bool passed = true;
  std::string now = compiler() + "\n";
  fmt::print("{:<18} {:>12} {:>12}\n", "instr/execution", "recorded", "now");
  for (const char* name : guarded) {
    const auto counted = instructions_per_execution(fmt::format("random/{}", name), 200, 1'200);
    if (!counted) {
      fmt::print("{:<18} could not be counted: {}", name, missing_counters());
      return false;
    }
    const double count = *counted;
    now += fmt::format("{} {:.0f}\n", name, count);
    const double before = recorded[name];
    const gate_verdict verdict =
        update ? gate_verdict::unchanged : compare_with_recorded(before, count);
    passed = passed && verdict != gate_verdict::dearer;
    fmt::print("{:<18} {:>12.0f} {:>12.0f}{}\n", name, before, count,
               verdict == gate_verdict::dearer    ? "  too many"
               : verdict == gate_verdict::cheaper ? "  fewer: record them"
                                                  : "");
  }
  if (update) {
    std::ofstream(HEDDLE_BENCH_GATE) << now;
  } else if (!passed) {
    fmt::print(
        "an operation has become dearer by more than {:.0f} %; if that is worth it, record it "
        "with HEDDLE_UPDATE_GATE=1 ./dev bench gate\n",
        (gate_tolerance - 1) * 100);
  }
  return passed;
}

}  // namespace heddle::bench
