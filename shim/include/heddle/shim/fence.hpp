// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/sched/thread_hooks.hpp>
#include <heddle/shim/memory_order.hpp>

namespace heddle {

// std::atomic_thread_fence under control: gives the happens-before of the standard to the race
// check of var<T> and, with options.memory = cxx, to what loads may read. What it does depends on
// its thread's past alone, so it is no scheduling point.
inline void atomic_thread_fence(memory_order order, location where = location::current()) noexcept {
  sched::fence(order, where);
}

// std::atomic_signal_fence: orders a thread with its own signal handlers only. Nothing to model.
inline void atomic_signal_fence(memory_order) noexcept {}

}  // namespace heddle
