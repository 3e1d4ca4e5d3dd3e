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

inline void widen(clock_storage& clock, std::uint32_t width, arena& memory) {
  if (width <= clock.width) return;
  // Never more than asked for: clocks that join would grow each other.
  const std::uint32_t rounded = (width + block - 1) / block * block;
  auto* entries = memory.allocate_array<entry>(rounded);
  std::uint32_t at = 0;
  for (; at < clock.width; at += block) copy_block(entries + at, clock.entries + at);
  for (; at < rounded; at += block) clear_block(entries + at);
  clock = {entries, rounded};
}

inline void tick(clock_storage& clock, std::uint32_t thread, arena& memory) {
  widen(clock, thread + 1, memory);
  ++clock.entries[thread];
}

// into = max(into, from), entry by entry
inline void join(clock_storage& into, const clock_storage& from, arena& memory) {
  widen(into, from.width, memory);
  for (std::uint32_t at = 0; at < from.width; at += block) {
    entry* to = into.entries + at;
    const entry* other = from.entries + at;
    for (std::uint32_t i = 0; i < block; ++i) to[i] = std::max(to[i], other[i]);
  }
}

inline void assign(clock_storage& to, const clock_storage& from, arena& memory) {
  widen(to, from.width, memory);
  std::uint32_t at = 0;
  for (; at < from.width; at += block) copy_block(to.entries + at, from.entries + at);
  for (; at < to.width; at += block) clear_block(to.entries + at);
}

}  // namespace heddle::sched::clocks
