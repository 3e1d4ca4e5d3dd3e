// SPDX-License-Identifier: MIT
#include "objects.hpp"

#include "address_table.hpp"
#include "threads.hpp"

namespace heddle::native::objects {

namespace {
address_table<sched::object*> table;

// No address has bits up there.
std::uintptr_t word_of(std::uintptr_t address, use as) noexcept {
  return address | static_cast<std::uintptr_t>(as) << 56;
}
}  // namespace

sched::object*& at(std::uintptr_t address, use as) {
  return table.at(word_of(address, as), stack_owner(address));
}

bool known(const void* address, use as) noexcept {
  const auto at = reinterpret_cast<std::uintptr_t>(address);
  sched::object* const* const found = table.find(word_of(at, as), stack_owner(at));
  return found != nullptr && *found != nullptr;
}

void name(sched::object& of, std::uintptr_t address) { sched::name_object(of, describe(address)); }

void forget(const void* address, use as) noexcept {
  const auto where = reinterpret_cast<std::uintptr_t>(address);
  sched::object** const found = table.find(word_of(where, as), stack_owner(where));
  if (found != nullptr) *found = nullptr;
}

void begin_life(const void* address, use as) noexcept {
  if (!in_user_code()) return;
  const section here;
  forget(address, as);
}

void clear() noexcept { table.clear(); }

}  // namespace heddle::native::objects
