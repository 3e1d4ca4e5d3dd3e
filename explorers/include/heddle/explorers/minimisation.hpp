// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace heddle {

// How complicated an execution is. Smaller is simpler, in this order.
struct schedule_size {
  std::uint32_t preemptions = 0;
  std::uint32_t unboring = 0;  // choices that did not take candidate 0
  std::uint32_t steps = 0;     // visible operations
  friend auto operator<=>(const schedule_size&, const schedule_size&) = default;
};

// How the schedule of a failure was made simpler. Every schedule on the way was run, and failed in
// the same way: the same kind, at the same places.
struct minimisation {
  schedule_size before;
  schedule_size after;
  std::string original;         // the token of the schedule that was found
  std::int64_t executions = 0;  // spent on it
  bool fewest = false;          // of all schedules with fewer preemptions none fails in this way

  [[nodiscard]] bool changed() const noexcept { return before != after; }
  // "3 preemptions -> 1, 61 steps -> 9, verified"
  [[nodiscard]] std::string text() const;
};

}  // namespace heddle
