// SPDX-License-Identifier: MIT
#include "shadow.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include <heddle/sched/lender.hpp>
#include <heddle/sched/point.hpp>

#include "cells.hpp"
#include "globals.hpp"
#include "memory/leaks.hpp"
#include "parts.hpp"
#include "places/declared.hpp"
#include "places/places.hpp"
#include "regions.hpp"
#include "user_code.hpp"

namespace heddle::native::shadow {

namespace {

cell_table cells;

void report_use(const char* what, const block& of, std::uintptr_t caller) {
  sched::report(failure_kind::misuse, std::string(what) + describe_block(of), place_of(caller));
}

void check_block(const block& of, std::uintptr_t address, std::uintptr_t caller) {
  if (of.freed != 0) {
    report_use("it uses memory that has been freed: ", of, caller);
  } else if (address >= of.end()) {
    report_use("it uses memory behind the end of a block: ", of, caller);
  }
}

// Nothing is known of it yet.
[[gnu::noinline]] void begin(cell& at, std::uintptr_t address, std::uint32_t owner) {
  at = {};
  at.epoch = cells.epoch();
  at.owner = owner;
  at.in = arena::contains(address) ? arena::find(address) : nullptr;
  at.has_place = owner != 0 || at.in != nullptr || has_place(address);
}

[[gnu::always_inline]] inline std::uint32_t time_of(sched::thread_id thread,
                                                    const sched::plain_moment& now) noexcept {
  return thread < now.clock->width ? now.clock->entries[thread] : 0;
}
[[gnu::always_inline]] inline bool is_ordered(const brief_access& earlier,
                                              const sched::plain_moment& now) noexcept {
  if (earlier.thread == now.thread || earlier.thread == sched::no_thread) return true;
  return earlier.time <= time_of(earlier.thread, now);
}

// Is there no more to this access than to note it? FastTrack without its rare cases: no race, and
// no two reads that are concurrent.
template <bool Write>
[[gnu::always_inline]] inline bool note(cell::brief& of, const sched::plain_moment& now,
                                        std::uint32_t site) noexcept {
  if (!is_ordered(of.write, now) || !is_ordered(of.read, now)) return false;
  (Write ? of.write : of.read) = brief_access{now.thread, time_of(now.thread, now), site};
  if (Write) of.read.thread = sched::no_thread;
  return true;
}

// Null: there are already others in its place.
[[gnu::always_inline]] inline cell::brief* brief_of(cell& at, std::uint8_t mask) noexcept {
  if (at.briefs[0].mask == mask) return &at.briefs[0];
  if (at.briefs[1].mask == mask) return &at.briefs[1];
  cell::brief* const free = &at.briefs[at.briefs[0].mask == 0 ? 0 : 1];
  if (free->mask != 0 || (at.briefs[0].mask & mask) != 0) return nullptr;
  *free = {mask, {}, {}};
  return free;
}

template <bool Write>
[[gnu::noinline]] void access_in_full(cell& at, std::uintptr_t granule, std::uint8_t mask,
                                      std::uintptr_t caller) {
  const location where = place_of(caller);
  part* found[8];
  const unsigned count = parts_of(at, granule, mask, Write, caller, found);
  for (unsigned i = 0; i < count; ++i) touch(*found[i], granule, Write, where);
}

// Of some of eight bytes.
template <bool Write>
[[gnu::always_inline]] inline void access(std::uintptr_t granule, std::uint8_t mask,
                                          std::uintptr_t caller) {
  const std::uint32_t owner = stack_owner(granule);
  cell& at = cells.at(granule);
  if (at.epoch != cells.epoch() || at.owner != owner) [[unlikely]] {
    begin(at, granule + static_cast<unsigned>(std::countr_zero(mask)), owner);
  }
  if (at.in != nullptr) {
    check_block(*at.in, granule + static_cast<unsigned>(std::bit_width(mask)) - 1, caller);
  }
  // Where its address gives it no identity, who comes first does: then it is an object at once.
  if (at.parts == nullptr && at.has_place) {
    const sched::plain_moment now = sched::plain_now();
    if (now.use == sched::plain_use::unchecked) return;
    if (now.use == sched::plain_use::checked) {
      cell::brief* const of = brief_of(at, mask);
      if (of != nullptr && note<Write>(*of, now, untraced_site(caller))) return;
    }
  }
  access_in_full<Write>(at, granule, mask, caller);
}

// `f(granule, mask)` for the bytes at `address`.
template <class F>
[[gnu::always_inline]] inline void for_each_granule(std::uintptr_t address, std::size_t bytes,
                                                    F&& f) {
  const std::uintptr_t end = address + bytes;
  for (std::uintptr_t granule = address & ~std::uintptr_t{7}; granule < end; granule += 8) {
    const std::uintptr_t from = granule > address ? granule : address;
    const std::uintptr_t to = end < granule + 8 ? end : granule + 8;
    f(granule, static_cast<std::uint8_t>(((1u << (to - from)) - 1) << (from - granule)));
  }
}

}  // namespace

void read(std::uintptr_t address, std::size_t bytes, std::uintptr_t caller) {
  for_each_granule(address, bytes, [&](std::uintptr_t granule, std::uint8_t mask) {
    access<false>(granule, mask, caller);
  });
}
void write(std::uintptr_t address, std::size_t bytes, std::uintptr_t caller) {
  globals::about_to_write(address, bytes);
  for_each_granule(address, bytes, [&](std::uintptr_t granule, std::uint8_t mask) {
    access<true>(granule, mask, caller);
  });
}

void freed(std::uintptr_t address, std::size_t bytes, std::uintptr_t caller) {
  constexpr std::size_t most = 64 * 1024;
  const std::uintptr_t end = address + std::min(bytes, most);
  for (std::uintptr_t granule = address & ~std::uintptr_t{7}; granule < end; granule += 8) {
    cell* const at = cells.find(granule);
    if (at == nullptr) continue;
    for (cell::brief& of : at->briefs) {
      if (of.mask != 0) access<true>(granule, of.mask, caller);
    }
    for (part* of = at->parts; of != nullptr; of = of->next) {
      sched::plain_write(*of, place_of(caller));
    }
  }
}

void forget(std::uintptr_t address, std::size_t bytes) noexcept {
  const std::uintptr_t end = address + bytes;
  for (std::uintptr_t granule = address & ~std::uintptr_t{7}; granule < end; granule += 8) {
    if (cell* const at = cells.find(granule)) at->epoch = 0;
  }
}

void check_use(std::uintptr_t address, std::uintptr_t caller) {
  if (!arena::contains(address)) return;
  if (const block* in = arena::find(address)) check_block(*in, address, caller);
}

std::string name_of(const sched::plain_object& of) {
  return describe(~static_cast<const part&>(of).not_address);
}

void clear() noexcept {
  cells.clear();
  local_names::clear();
}

}  // namespace heddle::native::shadow
