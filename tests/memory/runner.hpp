// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/heddle.hpp>

#include "axioms.hpp"
#include "common/litmus_program.hpp"

namespace litmus {

// Runs the program once, as the body of an exploration, and returns what came out.
[[nodiscard]] outcome run(const program& of);

// Every execution, with weak memory and without a bound on stale reads.
[[nodiscard]] heddle::options every_execution(const char* explorer,
                                              heddle::memory by = heddle::memory::cxx);

// What the oracle calls it.
[[nodiscard]] constexpr model axioms_of(heddle::memory by) noexcept {
  return by == heddle::memory::sc     ? model::sc
         : by == heddle::memory::rc11 ? model::rc11
                                      : model::cxx;
}

// Explores the program.
[[nodiscard]] heddle::outcome_set<outcome> explore(const program& of, const heddle::options& how);

// What `some` lacks of `all`, and has beyond, in words; empty where they are equal.
[[nodiscard]] std::string difference(const std::set<outcome>& some, const std::set<outcome>& all);

}  // namespace litmus
