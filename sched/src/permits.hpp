// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>

#include "arena.hpp"
#include "heddle/sched/object.hpp"

// Who has taken permits of a semaphore, for daemons that are abandoned with one. A permit may be a
// signal that somebody has consumed, or a lock that somebody holds. It is a lock where there is
// only one, where nobody ever gave what they had not taken, and where who holds it has given it
// back before.
namespace heddle::sched::permits {

// `left`: permits before it.
inline void took(permit_account& of, thread_id thread, std::int64_t left, location where,
                 arena& memory) {
  of.most = std::max(of.most, left);
  permit_account::entry* mine = of.first;
  while (mine != nullptr && mine->thread != thread) mine = mine->next;
  if (mine == nullptr) {
    mine = memory.allocate_array<permit_account::entry>(1);
    *mine = {};
    mine->thread = thread;
    mine->next = of.first;
    of.first = mine;
  }
  ++mine->held;
  mine->taken = where;
}

// `left`: permits after it.
inline void gave(permit_account& of, thread_id thread, std::int64_t left) {
  of.most = std::max(of.most, left);
  for (permit_account::entry* at = of.first; at != nullptr; at = at->next) {
    if (at->thread != thread || at->held == 0) continue;
    --at->held;
    at->gave_back = true;
    return;
  }
  of.lent = true;
}

// What `thread` holds as one holds a lock; null: nothing.
inline const permit_account::entry* held_as_lock(const permit_account& of, thread_id thread) {
  if (of.lent || of.most != 1) return nullptr;
  for (const permit_account::entry* at = of.first; at != nullptr; at = at->next) {
    if (at->thread == thread && at->held != 0 && at->gave_back) return at;
  }
  return nullptr;
}

}  // namespace heddle::sched::permits
