// SPDX-License-Identifier: MIT
#include "objects.hpp"

#include "address_table.hpp"

namespace heddle::native::objects {

namespace {
address_table<sched::object*> table;
}  // namespace

sched::object*& at(std::uintptr_t address, use as) {
  return table.at(word_of(address, as), stack_owner(address));
}

constinit found_lately lately[256] = {};

sched::object* find_and_keep(std::uintptr_t address, use as) {
  const std::uintptr_t word = word_of(address, as);
  const std::uint32_t owner = stack_owner(address);
  sched::object* const* const found = table.find(word, owner);
  if (found == nullptr || *found == nullptr) return nullptr;
  near(word) = {word, shadow::cells::life(owner), *found};
  return *found;
}

void name(sched::object& of, std::uintptr_t address) { sched::name_object(of, describe(address)); }

void forget(const void* address, use as) noexcept {
  const auto where = reinterpret_cast<std::uintptr_t>(address);
  sched::object** const found = table.find(word_of(where, as), stack_owner(where));
  if (found != nullptr) *found = nullptr;
  near(word_of(where, as)) = {};
}

void begin_life(const void* address, use as) noexcept {
  if (!in_user_code()) return;
  const section here;
  forget(address, as);
}

void clear() noexcept { table.clear(); }

}  // namespace heddle::native::objects
