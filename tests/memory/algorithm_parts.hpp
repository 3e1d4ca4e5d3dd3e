// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/heddle.hpp>

#include "algorithms.hpp"

// What the algorithms are written with.
namespace algorithms {

using heddle::atomic;
using heddle::check;
using heddle::memory_order;
using heddle::thread;
using heddle::var;
inline constexpr auto relaxed = heddle::memory_order_relaxed;
inline constexpr auto acquire = heddle::memory_order_acquire;
inline constexpr auto release = heddle::memory_order_release;
inline constexpr auto acq_rel = heddle::memory_order_acq_rel;
inline constexpr auto seq_cst = heddle::memory_order_seq_cst;

inline void fence(memory_order order, heddle::location where = heddle::location::current()) {
  heddle::atomic_thread_fence(order, where);
}

template <class First, class Second>
void in_two_threads(First first, Second second) {
  thread one(first);
  thread two(second);
  one.join();
  two.join();
}

}  // namespace algorithms
