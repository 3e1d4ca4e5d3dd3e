// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

namespace heddle::native {

// Through which calls a thread has come to where it is, as a number for each depth: a read of
// something in a helper function, called from two lines, is not the same read repeated.
struct call_path {
  static constexpr std::uint32_t deepest = 255;  // deeper calls count as this one
  // What is deeper than where a thread has been is never looked at.
  call_path() noexcept { at[0] = 0; }
  std::uint32_t depth = 0;
  std::uint32_t at[deepest + 1];

  // Both return where that leads.
  std::uint32_t enter(std::uint32_t from) noexcept {
    const std::uint32_t above = here();
    if (++depth > deepest) return above;
    return at[depth] = (above ^ from) * 0x9e37'79b1u + 1;
  }
  std::uint32_t leave() noexcept {
    if (depth != 0) --depth;
    return here();
  }
  [[nodiscard]] std::uint32_t here() const noexcept {
    return at[depth < deepest ? depth : deepest];
  }
};

}  // namespace heddle::native
