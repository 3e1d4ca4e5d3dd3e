// SPDX-License-Identifier: MIT
#include "parts.hpp"

#include <algorithm>
#include <bit>
#include <new>

#include "places/declared.hpp"
#include "places/places.hpp"
#include "readers.hpp"
#include "regions.hpp"
#include "user_code.hpp"
#include "values.hpp"

namespace heddle::native::shadow {

namespace {

part* make(std::uintptr_t granule, std::uint8_t mask, part* next, bool write,
           std::uintptr_t caller) {
  const std::uintptr_t address = granule + static_cast<unsigned>(std::countr_zero(mask));
  void* const memory = sched::allocate(sizeof(part), alignof(part));
  part* const made = new (memory) part(address, mask, next);
  made->created = place_of(caller);
  if (sched::tracing()) {
    // What a line that declares variables writes first is one of them.
    if (write && address - stacks_begin < stacks_bytes) {
      local_names::touched(address, static_cast<std::size_t>(std::popcount(mask)), made->created);
    }
    sched::name_object(*made, describe(address));
  }
  return made;
}

sched::plain_object::access* new_accesses(std::uint32_t count) {
  using access = sched::plain_object::access;
  return static_cast<access*>(sched::allocate(count * sizeof(access), alignof(access)));
}

sched::plain_object::access in_full(const brief_access& of) noexcept {
  return {of.thread, of.time, {nullptr, 0, of.site}};
}

// What is known in brief becomes parts.
void spell_out(cell& at, std::uintptr_t granule, std::uintptr_t caller) {
  if (at.first.mask == 0) return;
  for (const brief* of = &at.first; of != nullptr; of = of->next) {
    at.parts = make(granule, of->mask, at.parts, false, caller);
    at.parts->write = in_full(of->write);
    if (!has_many_readers(*of)) {
      at.parts->read = in_full(of->read);
      continue;
    }
    const reader_table& readers = readers_of(*of);
    at.parts->read = in_full(readers.first);
    at.parts->shared_reads = new_accesses(readers.width);
    at.parts->shared_width = readers.width;
    std::transform(readers.entries, readers.entries + readers.width, at.parts->shared_reads,
                   &in_full);
  }
  at.first = {};
}

// `all` becomes two, of which one is `some`: what is known of it holds for both. The one with the
// first byte stays what it is, for that byte has given it its identity.
void split(part& all, std::uintptr_t granule, std::uint8_t some, std::uintptr_t caller) {
  const auto rest = static_cast<std::uint8_t>(all.mask & ~some);
  const bool stays = std::countr_zero(some) < std::countr_zero(rest);
  part* const made = make(granule, stays ? rest : some, all.next, false, caller);
  all.next = made;
  all.mask = stays ? some : rest;
  made->write = all.write;
  made->read = all.read;
  made->shared_width = all.shared_width;
  if (all.shared_width == 0) return;
  made->shared_reads = new_accesses(all.shared_width);
  std::copy_n(all.shared_reads, all.shared_width, made->shared_reads);
}

}  // namespace

part::part(std::uintptr_t at, std::uint8_t bytes, part* after)
    : plain_object(texts_of_value(static_cast<std::size_t>(std::popcount(bytes))), location{},
                   locate(at).key),
      not_address(~at),
      next(after),
      mask(bytes) {}

// Others may run while parts are touched, so all are there first.
unsigned parts_of(cell& at, std::uintptr_t granule, std::uint8_t mask, bool write,
                  std::uintptr_t caller, part* (&found)[8]) {
  spell_out(at, granule, caller);
  unsigned count = 0;
  std::uint8_t left = mask;
  for (part* of = at.parts; of != nullptr && left != 0; of = of->next) {
    const auto both = static_cast<std::uint8_t>(of->mask & mask);
    if (both == 0) continue;
    if (both != of->mask) split(*of, granule, both, caller);
    if ((of->mask & mask) == 0) continue;  // then it is the next one
    found[count++] = of;
    left &= static_cast<std::uint8_t>(~both);
  }
  if (left != 0) found[count++] = at.parts = make(granule, left, at.parts, write, caller);
  // By address, in whatever order they have come to be.
  std::sort(found, found + count, [](const part* a, const part* b) {
    return std::countr_zero(a->mask) < std::countr_zero(b->mask);
  });
  return count;
}

void touch(part& of, std::uintptr_t granule, bool write, location where) {
  if (write) {
    sched::plain_write(of, where);
    return;
  }
  const std::uintptr_t address = granule + static_cast<unsigned>(std::countr_zero(of.mask));
  sched::plain_read(of, reinterpret_cast<const void*>(address),
                    word_reader(static_cast<std::size_t>(std::popcount(of.mask))), where);
}

}  // namespace heddle::native::shadow
