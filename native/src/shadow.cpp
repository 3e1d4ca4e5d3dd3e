// SPDX-License-Identifier: MIT
#include "shadow.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>

#include <heddle/sched/point.hpp>

#include "address_table.hpp"
#include "globals.hpp"
#include "memory/leaks.hpp"
#include "places/declared.hpp"
#include "places/places.hpp"
#include "regions.hpp"
#include "user_code.hpp"
#include "values.hpp"

namespace heddle::native::shadow {

namespace {

// Bytes that have always been accessed together, out of eight.
struct part : sched::plain_object {
  part(std::uintptr_t at, std::uint8_t bytes, part* after)
      : plain_object(texts_of_value(static_cast<std::size_t>(std::popcount(bytes))), location{},
                     locate(at).key),
        not_address(~at),
        next(after),
        mask(bytes) {}
  std::uintptr_t not_address;  // its complement: no pointer for those who look for leaks
  part* next;
  std::uint8_t mask;
};
struct cell {
  part* first = nullptr;
  const block* in = nullptr;  // the block of memory that it is in
};
address_table<cell> cells;

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
  const std::size_t bytes = all.shared_width * sizeof(sched::plain_object::access);
  made->shared_reads = static_cast<sched::plain_object::access*>(
      sched::allocate(bytes, alignof(sched::plain_object::access)));
  std::memcpy(static_cast<void*>(made->shared_reads), all.shared_reads, bytes);
}

// The parts that make up `mask`, split and made where need be; how many. Others may run while they
// are touched, so this comes first.
unsigned parts_of(cell& at, std::uintptr_t granule, std::uint8_t mask, bool write,
                  std::uintptr_t caller, part* (&found)[8]) {
  unsigned count = 0;
  std::uint8_t left = mask;
  for (part* of = at.first; of != nullptr && left != 0; of = of->next) {
    const auto both = static_cast<std::uint8_t>(of->mask & mask);
    if (both == 0) continue;
    if (both != of->mask) split(*of, granule, both, caller);
    if ((of->mask & mask) == 0) continue;  // then it is the next one
    found[count++] = of;
    left &= static_cast<std::uint8_t>(~both);
  }
  if (left != 0) found[count++] = at.first = make(granule, left, at.first, write, caller);
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

void access(std::uintptr_t address, std::size_t bytes, bool write, std::uintptr_t caller) {
  const location where = place_of(caller);
  const std::uint32_t owner = stack_owner(address);
  const std::uintptr_t end = address + bytes;
  for (std::uintptr_t granule = address & ~std::uintptr_t{7}; granule < end; granule += 8) {
    const std::uintptr_t from = granule > address ? granule : address;
    const std::uintptr_t to = end < granule + 8 ? end : granule + 8;
    const auto mask = static_cast<std::uint8_t>(((1u << (to - from)) - 1) << (from - granule));
    cell& at = cells.at(granule, owner);
    if (at.first == nullptr) {
      at.in = arena::contains(granule) ? arena::find(from) : nullptr;
      at.first = make(granule, mask, nullptr, write, caller);
    }
    if (at.in != nullptr) check_block(*at.in, to - 1, caller);
    if (at.first->mask == mask) {
      touch(*at.first, granule, write, where);
      continue;
    }
    part* found[8];
    const unsigned count = parts_of(at, granule, mask, write, caller, found);
    for (unsigned i = 0; i < count; ++i) touch(*found[i], granule, write, where);
  }
}

}  // namespace

void read(std::uintptr_t address, std::size_t bytes, std::uintptr_t caller) {
  access(address, bytes, false, caller);
}
void write(std::uintptr_t address, std::size_t bytes, std::uintptr_t caller) {
  globals::about_to_write(address, bytes);
  access(address, bytes, true, caller);
}

void freed(std::uintptr_t address, std::size_t bytes, std::uintptr_t caller) {
  constexpr std::size_t most = 64 * 1024;
  const location where = place_of(caller);
  const std::uintptr_t end = address + std::min(bytes, most);
  for (std::uintptr_t granule = address & ~std::uintptr_t{7}; granule < end; granule += 8) {
    cell* const at = cells.find(granule, 0);
    if (at == nullptr) continue;
    for (part* of = at->first; of != nullptr; of = of->next) sched::plain_write(*of, where);
  }
}

void forget(std::uintptr_t address, std::size_t bytes) noexcept {
  const std::uintptr_t end = address + bytes;
  for (std::uintptr_t granule = address & ~std::uintptr_t{7}; granule < end; granule += 8) {
    if (cell* const at = cells.find(granule, 0)) *at = {};
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
