// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstring>

#include "arena.hpp"
#include "heddle/sched/object.hpp"

// Vector clocks (Fidge; Mattern) over the standard's happens-before, in the execution's memory. An
// absent entry is zero. Widths are multiples of 8, so that a join is a few vector instructions.
namespace heddle::sched::clocks {

inline std::uint32_t get(const clock_storage& clock, std::uint32_t thread) noexcept {
  return thread < clock.width ? clock.entries[thread] : 0;
}

// Widths are whole blocks: of a size known here, they are copied and cleared without a call.
inline constexpr std::uint32_t block = 8;
using entry = std::uint32_t;
inline void copy_block(entry* to, const entry* from) noexcept {
  std::memcpy(to, from, block * sizeof(entry));
}
inline void clear_block(entry* at) noexcept { std::memset(at, 0, block * sizeof(entry)); }

// What is rare, or has more than one block, stands apart: the rest is a few instructions.
void grow(clock_storage& clock, std::uint32_t width, arena& memory);
void join_many(clock_storage& into, const clock_storage& from, arena& memory);
void assign_many(clock_storage& to, const clock_storage& from, arena& memory);

inline void tick(clock_storage& clock, std::uint32_t thread, arena& memory) {
  if (thread >= clock.width) grow(clock, thread + 1, memory);
  ++clock.entries[thread];
}

// Read as a whole before anything is written: the compiler then needs no thought of overlaps. As
// signed numbers, which entries never exceed: vectors of those can be compared at once.
inline void join_block(entry* to, const entry* other) noexcept {
  std::int32_t mine[block];
  std::int32_t its[block];
  std::memcpy(mine, to, sizeof mine);
  std::memcpy(its, other, sizeof its);
  for (std::uint32_t i = 0; i < block; ++i) mine[i] = std::max(mine[i], its[i]);
  std::memcpy(to, mine, sizeof mine);
}

// into = max(into, from), entry by entry
inline void join(clock_storage& into, const clock_storage& from, arena& memory) {
  if (from.width == block && into.width >= block) {
    join_block(into.entries, from.entries);
  } else {
    join_many(into, from, memory);
  }
}

inline void assign(clock_storage& to, const clock_storage& from, arena& memory) {
  if (from.width == block && to.width <= block) {
    if (to.width == 0) to = {memory.allocate_array<entry>(block), block};
    copy_block(to.entries, from.entries);
  } else {
    assign_many(to, from, memory);
  }
}

}  // namespace heddle::sched::clocks
