// SPDX-License-Identifier: MIT
#pragma once

#include "floor.hpp"

// What workloads do, on bare fibers: as many points, with a plain access after each.
namespace heddle::bench {

inline volatile int bare_memory[32];

template <unsigned Points>
void bare_points(bare_fibers& on, unsigned thread) {
  for (unsigned i = 0; i < Points; ++i) {
    on.point();
    bare_memory[thread % 32] = static_cast<int>(i);
  }
}

// The first `Firsts` threads do `Each` points, the others `Rest`.
template <unsigned Firsts, unsigned Each, unsigned Rest>
void bare_unequal(bare_fibers& on, unsigned thread) {
  thread < Firsts ? bare_points<Each>(on, thread) : bare_points<Rest>(on, thread);
}

}  // namespace heddle::bench
