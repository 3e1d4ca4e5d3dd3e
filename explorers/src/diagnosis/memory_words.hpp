// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <string_view>

namespace heddle::explorers {

// A memory order as it is written after "memory_order_".
[[nodiscard]] constexpr std::string_view word_of(std::memory_order order) noexcept {
  switch (order) {
    case std::memory_order_relaxed:
      return "relaxed";
    case std::memory_order_consume:
      return "consume";
    case std::memory_order_acquire:
      return "acquire";
    case std::memory_order_release:
      return "release";
    case std::memory_order_acq_rel:
      return "acq_rel";
    default:
      return "seq_cst";
  }
}

}  // namespace heddle::explorers
