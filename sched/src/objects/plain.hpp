// SPDX-License-Identifier: MIT
#pragma once

#include "../clocks.hpp"

// Plain data: no operation on it is ever a scheduling point; accesses by different threads, at
// least one of them a write, must be ordered by happens-before. The check is exact for the explored
// execution. After FastTrack (Flanagan, Freund, PLDI 2009): the last write and the only reader as
// (thread, time) pairs, a table of readers where there are several.
namespace heddle::sched::plains {

using access = plain_object::access;

inline bool ordered_before(const access& earlier, const clock_storage& now) noexcept {
  return earlier.thread == no_thread || earlier.time <= clocks::get(now, earlier.thread);
}

// The earlier access that `thread`, at `now`, races with if it reads; null if there is none.
inline const access* race_of_read(const plain_object& on, const clock_storage& now) noexcept {
  return ordered_before(on.write, now) ? nullptr : &on.write;
}
inline const access* race_of_write(const plain_object& on, const clock_storage& now) noexcept {
  if (!ordered_before(on.write, now)) return &on.write;
  if (!ordered_before(on.read, now)) return &on.read;
  for (std::uint32_t i = 0; i < on.shared_width; ++i) {
    if (!ordered_before(on.shared_reads[i], now)) return &on.shared_reads[i];
  }
  return nullptr;
}

inline void did_read(plain_object& on, const access& by, const clock_storage& now, arena& memory) {
  if (on.shared_width == 0 && (on.read.thread == by.thread || ordered_before(on.read, now))) {
    on.read = by;
    return;
  }
  if (by.thread >= on.shared_width) {
    const std::uint32_t width = std::max((by.thread + 8) & ~7u, on.shared_width * 2);
    auto* reads = memory.allocate_array<access>(width);
    for (std::uint32_t i = 0; i < width; ++i) {
      reads[i] = i < on.shared_width ? on.shared_reads[i] : access{};
    }
    on.shared_reads = reads;
    on.shared_width = width;
  }
  on.shared_reads[by.thread] = by;
}
inline void did_write(plain_object& on, const access& by) noexcept {
  on.write = by;
  on.read = {};
  on.shared_reads = nullptr;
  on.shared_width = 0;
}
inline void reset(plain_object& on) noexcept { did_write(on, {}); }

}  // namespace heddle::sched::plains
