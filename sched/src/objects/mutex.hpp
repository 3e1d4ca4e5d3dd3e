// SPDX-License-Identifier: MIT
#pragma once

#include "heddle/sched/object.hpp"

// Mutexes: at most one owner; a recursive one counts the owner's levels.
//   lock      enabled while free or recursive and owned by the caller; takes one level
//   lock_all  the same for several mutexes at once; takes one level of each
//   try_lock  always enabled; takes one level or fails
//   unlock    always enabled, by the owner only; the last level frees the mutex
namespace heddle::sched::mutexes {

inline bool can_take(const mutex_object& on, thread_id thread) noexcept {
  return on.owner == no_thread || (on.recursive && on.owner == thread);
}
inline bool can_take_all(mutex_object* const* all, std::uint64_t count, thread_id thread) noexcept {
  for (std::uint64_t i = 0; i < count; ++i) {
    if (!can_take(*all[i], thread)) return false;
  }
  return true;
}
inline void take(mutex_object& on, thread_id thread, std::uint32_t levels,
                 location where) noexcept {
  if (on.owner == no_thread) on.acquired = where;
  on.owner = thread;
  on.depth += levels;
}
// Returns whether it is free now.
inline bool give_back(mutex_object& on, std::uint32_t levels) noexcept {
  on.depth -= levels;
  if (on.depth != 0) return false;
  on.owner = no_thread;
  return true;
}
inline void reset(mutex_object& on) noexcept {
  on.owner = no_thread;
  on.depth = 0;
  on.acquired = {};
  on.released = {};
}
inline std::uint64_t state(const mutex_object& on) noexcept {
  return static_cast<std::uint64_t>(on.owner) << 32 | on.depth;
}

}  // namespace heddle::sched::mutexes
