// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>

namespace heddle::explorers {

// The product of many chances, of which the logarithm is asked once in a while.
class chance {
 public:
  // One of `count` with equal chances.
  void one_of(std::uint32_t count) noexcept { times(count); }
  // One with `share` of `all`, neither of them 0.
  void share(std::uint32_t share, std::uint32_t all) noexcept {
    times(static_cast<double>(all) / share);
  }
  [[nodiscard]] double log() const noexcept { return log_ - std::log(inverse_); }

 private:
  void times(double factor) noexcept {
    inverse_ *= factor;
    if (inverse_ < 1e250) return;
    log_ -= std::log(inverse_);
    inverse_ = 1;
  }
  double inverse_ = 1;
  double log_ = 0;
};

}  // namespace heddle::explorers
