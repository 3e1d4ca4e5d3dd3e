// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

// What memory orders say.
namespace heddle::sched {

// Consume is taken for acquire.
[[nodiscard]] inline bool acquires(std::memory_order order) noexcept {
  return order != std::memory_order_relaxed && order != std::memory_order_release;
}
[[nodiscard]] inline bool releases(std::memory_order order) noexcept {
  return order == std::memory_order_release || order == std::memory_order_acq_rel ||
         order == std::memory_order_seq_cst;
}

}  // namespace heddle::sched
