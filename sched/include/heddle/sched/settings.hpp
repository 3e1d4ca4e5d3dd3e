// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <heddle/sched/shape.hpp>

namespace heddle::sched {

struct order_book;  // <heddle/sched/order_book.hpp>

// The limits of one execution, and what shapes its choices.
struct settings {
  std::uint32_t steps = 10'000'000;      // visible operations; more: the execution is cut
  std::uint32_t threads = 10'000;        // created; more: the execution is cut
  std::size_t stack_bytes = 256 * 1024;  // of each thread, plus a guard page
  sched::shape shape;
  order_book* orders = nullptr;       // other orders of memory than the source has; null: its own
  std::uint32_t pump_rounds = 1'000;  // identical rounds that make a livelock
  std::uint32_t stuck_seconds = 10;   // without any scheduling point: an endless loop; 0: no watch
};

}  // namespace heddle::sched
