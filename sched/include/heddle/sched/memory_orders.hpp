// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

#include <heddle/sched/operation.hpp>

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

// (The failure order of what is no compare-exchange is seq_cst.)
[[nodiscard]] inline bool is_weak(const operation& op) noexcept {
  return op.order != std::memory_order_seq_cst || op.failure_order != std::memory_order_seq_cst;
}

}  // namespace heddle::sched
