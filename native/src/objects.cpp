// SPDX-License-Identifier: MIT
#include "objects.hpp"

#include "address_table.hpp"

namespace heddle::native::objects {

namespace {
address_table<entry> table;
}  // namespace

entry& at(std::uintptr_t address) { return table.at(address, stack_owner(address)); }

bool known(const void* address, use as) noexcept {
  const auto at = reinterpret_cast<std::uintptr_t>(address);
  const entry* const found = table.find(at, stack_owner(at));
  return found != nullptr && found->as == as;
}

void name(sched::object& of, std::uintptr_t address) { sched::name_object(of, describe(address)); }

void forget(const void* address) noexcept {
  const auto where = reinterpret_cast<std::uintptr_t>(address);
  if (entry* const found = table.find(where, stack_owner(where))) *found = {};
}

void clear() noexcept { table.clear(); }

}  // namespace heddle::native::objects
