// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "../names.hpp"
#include "../reordering.hpp"
#include "history.hpp"

namespace heddle::explorers {

// One thread of a possible deadlock: takes `wanted` while it holds `held`.
struct lock_edge {
  sched::thread_id thread = sched::no_thread;
  held_lock held;
  held_lock wanted;
  std::vector<held_lock> gates;  // what else it holds meanwhile
  std::size_t from = 0;          // index of the moment at which `held` was taken
  std::size_t to = 0;            // ... and at which `wanted` was
};

// Predicts deadlocks from an execution without one (Havelund: Goodlock; Bensalem, Havelund): cycles
// of threads each of which holds what the next one wants. Left out are cycles that a common lock
// prevents (a gate), and those of threads that do not live at the same time.
[[nodiscard]] std::vector<std::vector<lock_edge>> lock_cycles(const history& of);

// An execution in which each thread of the cycle waits before its second lock until all others have
// come to theirs. If the deadlock is possible there, it happens.
[[nodiscard]] std::vector<hold> towards(const history& of, const std::vector<lock_edge>& cycle);

// "T1 takes `a` (x.cpp:1), then `b` (x.cpp:2); T2 ..."
[[nodiscard]] std::string describe(const names& name, const std::vector<lock_edge>& cycle);

}  // namespace heddle::explorers
