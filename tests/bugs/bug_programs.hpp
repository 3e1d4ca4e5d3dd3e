// SPDX-License-Identifier: MIT
//
// Small programs with a known bug, restated from the descriptions of the ones that the literature
// on concurrency testing compares tools with (SCTBench, Inspect, ConVul). What is unsynchronised
// there is `racy` here, what a lock protects is a heddle::var: with races = explore the former are
// scheduling points, with races = explore_all both.
#pragma once

#include <cstdint>
#include <heddle/heddle.hpp>
#include <span>
#include <string_view>
#include <vector>

namespace bugs {

struct program {
  std::string_view name;
  void (*body)();
  heddle::failure_kind bug;  // failed_check or deadlock; nothing else counts as found
  bool trivial = false;      // on every schedule, or on the first that anyone would try
};

[[nodiscard]] const std::vector<program>& programs();
[[nodiscard]] const program& find(std::string_view name);

// Whether `of`, of an exploration of `p`, found the bug (and not, say, a mistake in the program).
[[nodiscard]] bool found(const program& p, const heddle::report& of);

// Explores `p` for its bug alone: no time limit, and nothing is done with what was found.
[[nodiscard]] heddle::options options_for(const program& p, std::string_view explorer,
                                          std::uint64_t seed,
                                          heddle::races visible = heddle::races::explore);

// The parts of the table.
[[nodiscard]] std::span<const program> order_programs();
[[nodiscard]] std::span<const program> lock_programs();
[[nodiscard]] std::span<const program> queue_programs();
[[nodiscard]] std::span<const program> condition_programs();
[[nodiscard]] std::span<const program> kernel_programs();

}  // namespace bugs
