// SPDX-License-Identifier: MIT
#pragma once

#include "floor.hpp"

// Workloads in which threads hand things to each other, as bodies and on bare fibers.
namespace heddle::bench {

void bounded_buffer3();  // a producer, a consumer, room for one item, three items
void treiber2x2();       // two threads push and pop twice each on a Treiber stack
void msqueue2x2();       // the same on a Michael-Scott queue

void bare_bounded_buffer3(bare_fibers& on, unsigned thread);
void bare_treiber2x2(bare_fibers& on, unsigned thread);
void bare_msqueue2x2(bare_fibers& on, unsigned thread);

}  // namespace heddle::bench
