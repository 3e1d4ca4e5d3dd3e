// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <ostream>
#include <span>

namespace litmus {

// Litmus tests of the literature: how many execution graphs each model allows, without load
// buffering, and how many outcomes (0: not counted).
struct row {
  const char* name;
  const char* text;
  std::int64_t sc;
  std::int64_t rc11;
  std::int64_t cxx;
  std::size_t sc_outcomes;
  std::size_t rc11_outcomes;
};
inline std::ostream& operator<<(std::ostream& out, const row& of) { return out << of.name; }

[[nodiscard]] std::span<const row> table();
// Those for which sc, rc11 and cxx differ where operations are seq_cst.
[[nodiscard]] std::span<const row> discriminating_table();

}  // namespace litmus
