// SPDX-License-Identifier: MIT
#pragma once

#include "heddle/sched/object.hpp"

// Latches: counted down once.
//   count_down(n)  always enabled; below zero it is misuse
//   await_zero     enabled at zero; past its deadline: gives up
//   try_wait       always enabled; tells whether it is zero
namespace heddle::sched::latches {

inline void reset(latch_object& on) noexcept {
  on.count = on.initial;
  on.released = {};
}

}  // namespace heddle::sched::latches
