// SPDX-License-Identifier: MIT
#include "clocks.hpp"

namespace heddle::sched::clocks {

void grow(clock_storage& clock, std::uint32_t width, arena& memory) {
  if (width <= clock.width) return;
  // Never more than asked for: clocks that join would grow each other.
  const std::uint32_t rounded = (width + block - 1) / block * block;
  auto* entries = memory.allocate_array<entry>(rounded);
  std::uint32_t at = 0;
  for (; at < clock.width; at += block) copy_block(entries + at, clock.entries + at);
  for (; at < rounded; at += block) clear_block(entries + at);
  clock = {entries, rounded};
}

void join_many(clock_storage& into, const clock_storage& from, arena& memory) {
  grow(into, from.width, memory);
  for (std::uint32_t at = 0; at < from.width; at += block) {
    join_block(into.entries + at, from.entries + at);
  }
}

void assign_many(clock_storage& to, const clock_storage& from, arena& memory) {
  grow(to, from.width, memory);
  std::uint32_t at = 0;
  for (; at < from.width; at += block) copy_block(to.entries + at, from.entries + at);
  for (; at < to.width; at += block) clear_block(to.entries + at);
}

}  // namespace heddle::sched::clocks
