// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "class_table.hpp"
#include "heddle/explorers/statistics.hpp"

namespace heddle::explorers {

// The size of a tree from random descents: each that was drawn with chance p stands for 1/p leaves,
// and the mean of that is their number (Knuth: Estimating the Efficiency of Backtrack Programs,
// Mathematics of Computation 1975). Far from normal: few descents may stand for almost all.
class tree_size {
 public:
  void add(double log_chance) noexcept;
  // As a power of ten, once there is something to go by. The interval is that of Student for the
  // logarithm of the mean, with as many degrees of freedom as there are descents that count.
  [[nodiscard]] std::optional<estimate> powers_of_ten() const noexcept;

 private:
  double largest_ = 0;  // log weight; all sums are relative to it
  double sum_ = 0;      // of weights
  double squares_ = 0;
  std::int64_t count_ = 0;
};

// The chance that the next of so many independent draws is of a new class. Good: The Population
// Frequencies of Species and the Estimation of Population Parameters (Biometrika 1953).
[[nodiscard]] estimate chance_of_new(const class_table::seen& by) noexcept;

}  // namespace heddle::explorers
