// SPDX-License-Identifier: MIT
#include "estimates.hpp"

#include <algorithm>
#include <cmath>

namespace heddle::explorers {

namespace {

constexpr double of_normal = 1.96;  // two-sided, 95 %

// The quantile of Student's distribution for 95 %, of any number of degrees of freedom from 1 on.
// An expansion in 1/df from the normal one (Abramowitz, Stegun 26.7.5), good to a percent from 3
// on; below that exact at 1 and 2, and in between of the same form.
double of_student(double df) noexcept {
  if (df < 3) {
    constexpr double at_1 = 12.706;
    constexpr double at_2 = 4.303;
    constexpr double at_3 = 3.182;
    const double from = df < 2 ? at_1 : at_2;
    const double to = df < 2 ? at_2 : at_3;
    return from * std::pow(to / from, df - std::floor(df));
  }
  constexpr double z = of_normal;
  const double g1 = (z * z * z + z) / 4;
  const double g2 = (5 * std::pow(z, 5) + 16 * z * z * z + 3 * z) / 96;
  const double g3 = (3 * std::pow(z, 7) + 19 * std::pow(z, 5) + 17 * z * z * z - 15 * z) / 384;
  return z + g1 / df + g2 / (df * df) + g3 / (df * df * df);
}

}  // namespace

void tree_size::add(double log_chance) noexcept {
  const double weight = -log_chance;
  if (std::isnan(weight)) return;
  if (count_++ == 0) largest_ = weight;
  if (weight > largest_) {
    const double scale = std::exp(largest_ - weight);
    sum_ *= scale;
    squares_ *= scale * scale;
    largest_ = weight;
  }
  const double relative = std::exp(weight - largest_);
  sum_ += relative;
  squares_ += relative * relative;
}

std::optional<estimate> tree_size::powers_of_ten() const noexcept {
  if (count_ < 10) return std::nullopt;
  const auto n = static_cast<double>(count_);
  const double log_mean = largest_ + std::log(sum_ / n);
  // So many descents of equal weight would have this variance.
  const double effective = sum_ * sum_ / squares_;
  const double relative_variance = std::max(0.0, n / effective - 1);  // of one descent
  const double error = std::sqrt(relative_variance / (n - 1));
  const double df = std::clamp(effective - 1, 1.0, n - 1);
  const double spread = of_student(df) * error;
  const double ten = std::log(10.0);
  return estimate{(log_mean - spread) / ten, log_mean / ten, (log_mean + spread) / ten};
}

estimate chance_of_new(const class_table::seen& by) noexcept {
  if (by.executions == 0) return {0, 1, 1};
  const auto n = static_cast<double>(by.executions);
  const auto once = static_cast<double>(by.once);
  const auto twice = static_cast<double>(by.twice);
  const double chance = once / n;
  // Esty (Annals of Statistics 1983), with one more than was seen: a few draws show too little.
  const double error = of_normal * std::sqrt((once + 1) * (1 - chance) + 2 * twice) / n;
  // Nothing new in n draws: below 3/n with 95 %.
  const double at_least = std::min(1.0, 3 / n);
  return {std::max(0.0, chance - error), chance, std::min(1.0, std::max(chance + error, at_least))};
}

}  // namespace heddle::explorers
