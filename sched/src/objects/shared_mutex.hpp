// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>

#include "../arena.hpp"
#include "heddle/sched/object.hpp"

// Shared mutexes: one owner, or readers. Who comes first among waiting readers and writers is not
// laid down: that is a choice of threads like any other.
//   lock_exclusive   enabled while free; past its deadline: gives up
//   lock_shared      enabled without an owner; past its deadline: gives up
//   try_..           always enabled; take it or fail
//   unlock_..        always enabled, by the owner or a reader
namespace heddle::sched::shared_mutexes {

inline bool is_free(const shared_mutex_object& on) noexcept {
  return on.owner == no_thread && on.reader_count == 0;
}
inline bool reads(const shared_mutex_object& on, thread_id thread) noexcept {
  const thread_id* const end = on.readers + on.reader_count;
  return std::find(static_cast<const thread_id*>(on.readers), end, thread) != end;
}
inline void add_reader(shared_mutex_object& on, thread_id thread, arena& memory) {
  if (on.reader_count == on.reader_capacity) {
    const std::uint32_t capacity = std::max(8u, on.reader_capacity * 2);
    auto* readers = memory.allocate_array<thread_id>(capacity);
    std::copy(on.readers, on.readers + on.reader_count, readers);
    on.readers = readers;
    on.reader_capacity = capacity;
  }
  on.readers[on.reader_count++] = thread;
}
inline void remove_reader(shared_mutex_object& on, thread_id thread) noexcept {
  thread_id* at = std::find(on.readers, on.readers + on.reader_count, thread);
  *at = on.readers[--on.reader_count];
}
inline void reset(shared_mutex_object& on) noexcept {
  on.owner = no_thread;
  on.acquired = {};
  on.readers = nullptr;
  on.reader_count = on.reader_capacity = 0;
  on.released = {};
  on.released_shared = {};
}
inline std::uint64_t state(const shared_mutex_object& on) noexcept {
  std::uint64_t sum = on.owner;
  for (std::uint32_t i = 0; i < on.reader_count; ++i) sum += mix(on.readers[i]);
  return sum;
}

}  // namespace heddle::sched::shared_mutexes
