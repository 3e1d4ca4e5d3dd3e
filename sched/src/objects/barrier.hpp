// SPDX-License-Identifier: MIT
#pragma once

#include "heddle/sched/object.hpp"

// Barriers: phase after phase.
//   arrive(n)       always enabled; more than are missing is misuse; the last ends the phase, or,
//   where
//                   there is a completion function, goes and runs it
//   complete_phase  always enabled, by that thread; ends the phase
//   await_phase     enabled once the phase it names is over
namespace heddle::sched::barriers {

inline void end_phase(barrier_object& on) noexcept {
  ++on.phase;
  on.missing = on.expected;
}
inline void reset(barrier_object& on) noexcept {
  on.expected = on.missing = on.initial;
  on.phase = 0;
  on.arrived = {};
  on.completed = {};
}

}  // namespace heddle::sched::barriers
