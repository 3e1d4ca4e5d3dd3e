// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

#include "cells.hpp"
#include "places/places.hpp"
#include "threads.hpp"

// What most accesses of plain data come to: one thread's own, or guarded well. It must be quick,
// and is inline in what the compilers' instrumentation calls. FastTrack without its rare cases.
namespace heddle::native::shadow {

// Of the running execution.
extern constinit sched::plain_terms terms;
// While this points to true there is more to a read, or to a write.
extern constinit const bool* reads_are_told;
extern constinit const bool* writes_are_told;

[[nodiscard, gnu::always_inline]] inline std::uint32_t time_of(sched::thread_id thread,
                                                               const thread_record& now) noexcept {
  return thread < now.clock->width ? now.clock->entries[thread] : 0;
}
[[nodiscard, gnu::always_inline]] inline bool is_ordered(const brief_access& earlier,
                                                         const thread_record& now) noexcept {
  if (earlier.thread == now.id || earlier.thread == sched::no_thread) return true;
  return earlier.time <= time_of(earlier.thread, now);
}

[[nodiscard, gnu::always_inline]] inline std::uint32_t now_of(const thread_record& self) noexcept {
  return self.clock->entries[self.id];  // a thread has had its own entry since it was spawned
}

// Notes an access by the running thread, if there is no more to it: no race, and no two reads that
// are concurrent.
template <bool Write>
[[nodiscard, gnu::always_inline]] inline bool note(brief& of, const thread_record& self,
                                                   std::uint32_t site) noexcept {
  if (!is_ordered(of.write, self) || !is_ordered(of.read, self)) return false;
  (Write ? of.write : of.read) = brief_access{self.id, now_of(self), site};
  if (Write) of.read.thread = sched::no_thread;
  return true;
}

// An access of bytes that are all of one cell, by the calling thread, in a section of its own.
template <bool Write>
void access_in_section(cell& at, std::uintptr_t address, std::size_t bytes, std::uintptr_t caller,
                       const thread_record& self) noexcept;

// The eight bytes at `address`, if they have been looked at lately and nobody has to be told of an
// access of them; else null.
template <bool Write>
[[nodiscard, gnu::always_inline]] inline cell* near_cell(std::uintptr_t address) noexcept {
  if (*(Write ? writes_are_told : reads_are_told)) return nullptr;
  const std::uintptr_t number = address >> cells::page_shift;
  const cells::known_page& near = cells::near_page(number);
  return near.number == number ? &near.at->at[cells::index_in_page(address)] : nullptr;
}

// The thread has accessed this before in the same way, and no other thread has since: then there is
// nothing to compare, and what is known of it is brought up to date. An access in user code,
// outside any section, for nothing here comes back to it. False: there may be more to it.
template <bool Write>
[[nodiscard, gnu::always_inline]] inline bool is_repeated(cell& at, std::uintptr_t address,
                                                          std::size_t bytes, std::uintptr_t caller,
                                                          const thread_record& self) noexcept {
  // Bytes of the next eight, too, make a mask that no cell has.
  if (at.first.mask != ((1u << bytes) - 1) << address % 8) return false;
  brief_access& mine = Write ? at.first.write : at.first.read;
  if (mine.thread != self.id || at.life != cells::life(stack_owner(address))) return false;
  if (at.in != nullptr && at.in->freed != 0) return false;
  if (Write && at.first.read.thread != sched::no_thread) {
    if (at.first.read.thread != self.id) return false;
    at.first.read.thread = sched::no_thread;
  }
  mine.time = now_of(self);
  mine.site = untraced_site(caller, &self);
  return true;
}

}  // namespace heddle::native::shadow
