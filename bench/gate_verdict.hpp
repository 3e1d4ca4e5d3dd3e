// SPDX-License-Identifier: MIT
#pragma once

namespace heddle::bench {

// How many times the recorded instructions an execution may take. The counts are exact, but small
// changes elsewhere move them by a percent or two: another layout of the code, another version of
// the C++ library. A change that costs 20 % is far outside.
inline constexpr double gate_tolerance = 1.10;

enum class gate_verdict { unchanged, dearer, cheaper };

// Nothing recorded (0) is no licence: dearer.
[[nodiscard]] constexpr gate_verdict compare_with_recorded(double recorded, double now) noexcept {
  if (now > recorded * gate_tolerance) return gate_verdict::dearer;
  if (now * gate_tolerance < recorded) return gate_verdict::cheaper;
  return gate_verdict::unchanged;
}

}  // namespace heddle::bench
