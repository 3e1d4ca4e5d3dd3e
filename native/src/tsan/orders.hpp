// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

namespace heddle::native {

// The compilers number the orders as the standard library does, and add hints above.
[[nodiscard]] inline std::memory_order order_of(int number) noexcept {
  const int order = number & 0x7fff;
  return order <= 5 ? static_cast<std::memory_order>(order) : std::memory_order_seq_cst;
}

}  // namespace heddle::native
