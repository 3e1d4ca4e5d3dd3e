// SPDX-License-Identifier: MIT
#include <algorithm>
#include <bit>
#include <new>
#include <utility>

#include <heddle/sched/point.hpp>

#include "brief_access.hpp"
#include "globals.hpp"
#include "parts.hpp"
#include "readers.hpp"
#include "regions.hpp"
#include "shadow.hpp"

// Accesses of plain memory, one by one.
namespace heddle::native::shadow {

namespace {

// Nothing is known of it yet.
[[gnu::noinline]] void begin_elsewhere(cell& at, std::uintptr_t address) {
  at.in = arena::contains(address) ? arena::find(address) : nullptr;
  if (at.in != nullptr) return;
  name(address);
  if (is_of_library(address)) at.parts = unwatched;
}
[[gnu::always_inline]] inline void begin(cell& at, std::uintptr_t granule, std::uint8_t mask,
                                         std::uint32_t owner) {
  at.life = cells::life(owner);
  at.in = nullptr;
  at.parts = nullptr;
  at.first.mask = 0;
  at.first.next = nullptr;
  if (owner == 0) begin_elsewhere(at, granule + static_cast<unsigned>(std::countr_zero(mask)));
}

template <bool Write>
[[gnu::always_inline]] inline bool note_any(brief& of, const thread_record& self,
                                            std::uint32_t site) {
  return note<Write>(of, self, site) || note_among_many<Write>(of, self, site);
}

// The same, where some of the bytes are accessed without others for the first time, or there are
// several such pieces.
template <bool Write>
[[gnu::noinline]] bool note_pieces(cell& at, std::uint8_t mask, const thread_record& self,
                                   std::uint32_t site) {
  const auto add = [&](const brief& like, std::uint8_t bytes) {
    brief* const made = new (sched::allocate(sizeof(brief), alignof(brief))) brief(like);
    if (has_many_readers(*made)) separate_readers(*made);
    made->mask = bytes;
    made->next = std::exchange(at.first.next, made);
  };
  std::uint8_t left = mask;
  for (brief* of = &at.first; of != nullptr && left != 0; of = of->next) {
    const auto both = static_cast<std::uint8_t>(of->mask & mask);
    if (both == 0) continue;
    if (both != of->mask) {
      add(*of, static_cast<std::uint8_t>(of->mask & ~mask));
      of->mask = both;
    }
    if (!note_any<Write>(*of, self, site)) return false;
    left &= static_cast<std::uint8_t>(~both);
  }
  if (left == 0) return true;
  brief fresh;
  (void)note<Write>(fresh, self, site);
  add(fresh, left);
  return true;
}

template <bool Write>
[[gnu::noinline]] void access_in_full(cell& at, std::uintptr_t granule, std::uint8_t mask,
                                      std::uintptr_t caller) {
  const location where = place_of(caller);
  part* found[8];
  const unsigned count = parts_of(at, granule, mask, Write, caller, found);
  for (unsigned i = 0; i < count; ++i) touch(*found[i], granule, Write, where);
}

// Of some of eight bytes, in a section.
template <bool Write>
[[gnu::always_inline]] inline void access(cell& at, std::uintptr_t granule, std::uint8_t mask,
                                          std::uintptr_t caller, const thread_record& self) {
  const std::uint32_t owner = stack_owner(granule);
  if (at.life != cells::life(owner)) begin(at, granule, mask, owner);
  if (at.parts == unwatched) return;
  if (at.in != nullptr) {
    check_block(*at.in, granule + static_cast<unsigned>(std::bit_width(mask)) - 1, caller);
  }
  if (at.parts == nullptr && !*terms.told_now && terms.use != sched::plain_use::told) {
    const std::uint32_t site = untraced_site(caller, &self);
    if (at.first.mask == 0) {
      const brief_access mine{self.id, now_of(self), site};
      at.first.write = Write ? mine : brief_access{};
      at.first.read = Write ? brief_access{} : mine;
      at.first.mask = mask;
      return;
    }
    if (at.first.mask == mask ? note_any<Write>(at.first, self, site)
                              : note_pieces<Write>(at, mask, self, site)) {
      return;
    }
    if (terms.use == sched::plain_use::unchecked) return;
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

template <bool Write>
void access_in_section(cell& at, std::uintptr_t address, std::size_t bytes, std::uintptr_t caller,
                       const thread_record& self) noexcept {
  const section here;
  const auto mask = static_cast<std::uint8_t>(((1u << bytes) - 1) << address % 8);
  access<Write>(at, address & ~std::uintptr_t{7}, mask, caller, self);
}
template void access_in_section<false>(cell&, std::uintptr_t, std::size_t, std::uintptr_t,
                                       const thread_record&) noexcept;
template void access_in_section<true>(cell&, std::uintptr_t, std::size_t, std::uintptr_t,
                                      const thread_record&) noexcept;

void read(std::uintptr_t address, std::size_t bytes, std::uintptr_t caller) {
  const thread_record& self = this_record();
  for_each_granule(address, bytes, [&](std::uintptr_t granule, std::uint8_t mask) {
    access<false>(cells::at(granule), granule, mask, caller, self);
  });
}
void write(std::uintptr_t address, std::size_t bytes, std::uintptr_t caller) {
  globals::about_to_write(address, bytes);
  const thread_record& self = this_record();
  for_each_granule(address, bytes, [&](std::uintptr_t granule, std::uint8_t mask) {
    access<true>(cells::at(granule), granule, mask, caller, self);
  });
}

void freed(std::uintptr_t address, std::size_t bytes, std::uintptr_t caller) {
  constexpr std::size_t most = 64 * 1024;
  const thread_record& self = this_record();
  const std::uintptr_t end = address + std::min(bytes, most);
  for (std::uintptr_t granule = address & ~std::uintptr_t{7}; granule < end; granule += 8) {
    cell* const at = cells::find(granule);
    if (at == nullptr) continue;
    std::uint8_t known = 0;
    for (const brief* of = &at->first; of != nullptr; of = of->next) known |= of->mask;
    if (known != 0) access<true>(*at, granule, known, caller, self);
    for (part* of = known != 0 ? nullptr : at->parts; of != nullptr; of = of->next) {
      sched::plain_write(*of, place_of(caller));
    }
  }
}

}  // namespace heddle::native::shadow
