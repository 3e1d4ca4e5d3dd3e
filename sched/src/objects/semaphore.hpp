// SPDX-License-Identifier: MIT
#pragma once

#include "heddle/sched/object.hpp"

// Semaphores: permits without owners.
//   acquire      enabled while there is a permit, takes one; past its deadline: gives up
//   try_acquire  always enabled; takes a permit or fails
//   release(n)   always enabled; adds n permits; past the maximum it is misuse
namespace heddle::sched::semaphores {

inline void reset(semaphore_object& on) noexcept {
  on.count = on.initial;
  on.released = {};
  on.account = {};
}

}  // namespace heddle::sched::semaphores
