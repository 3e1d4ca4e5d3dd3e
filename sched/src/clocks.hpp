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

inline void widen(clock_storage& clock, std::uint32_t width, arena& memory) {
  if (width <= clock.width) return;
  const std::uint32_t rounded =
      (width + 7) & ~7u;  // never more: clocks that join would grow each other
  auto* entries = memory.allocate_array<std::uint32_t>(rounded);
  if (clock.width != 0) std::memcpy(entries, clock.entries, clock.width * sizeof *entries);
  std::memset(entries + clock.width, 0, (rounded - clock.width) * sizeof *entries);
  clock = {entries, rounded};
}

inline void tick(clock_storage& clock, std::uint32_t thread, arena& memory) {
  widen(clock, thread + 1, memory);
  ++clock.entries[thread];
}

// into = max(into, from), entry by entry
inline void join(clock_storage& into, const clock_storage& from, arena& memory) {
  widen(into, from.width, memory);
  for (std::uint32_t block = 0; block < from.width; block += 8) {
    std::uint32_t* to = into.entries + block;
    const std::uint32_t* other = from.entries + block;
    for (int i = 0; i < 8; ++i) to[i] = std::max(to[i], other[i]);
  }
}

inline void assign(clock_storage& to, const clock_storage& from, arena& memory) {
  widen(to, from.width, memory);
  std::memcpy(to.entries, from.entries, from.width * sizeof *from.entries);
  if (to.width > from.width) {
    std::memset(to.entries + from.width, 0, (to.width - from.width) * sizeof *to.entries);
  }
}

}  // namespace heddle::sched::clocks
