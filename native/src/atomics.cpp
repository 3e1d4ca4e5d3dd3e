// SPDX-License-Identifier: MIT
#include "atomics.hpp"

#include <cstring>
#include <optional>

#include "globals.hpp"
#include "guards.hpp"
#include "objects.hpp"
#include "shadow.hpp"
#include "values.hpp"

namespace heddle::native::atomics {

namespace {

[[gnu::noinline]] sched::atomic_object& make_or_change(void* address, std::size_t bytes) {
  auto& found = objects::find_or_make<sched::atomic_object>(
      address, use::atomic, [&](void* memory, sched::stable_key key) {
        auto* const made =
            new (memory) sched::atomic_object(0, text_of_value(bytes), location{}, key);
        made->cell = address;
        made->cell_bytes = static_cast<std::uint32_t>(bytes);
        std::memcpy(&made->value, address, bytes);
        return made;
      });
  if (found.cell_bytes != bytes) {  // a union, or one atomic at the place of another
    found.cell_bytes = static_cast<std::uint32_t>(bytes);
    found.value = 0;
    std::memcpy(&found.value, address, bytes);
  }
  return found;
}

[[gnu::always_inline]] inline sched::atomic_object& find(void* address, std::size_t bytes) {
  const auto where = reinterpret_cast<std::uintptr_t>(address);
  globals::about_to_write(where, bytes);
  auto* const known = static_cast<sched::atomic_object*>(objects::find(where, use::atomic));
  return known != nullptr && known->cell_bytes == bytes ? *known : make_or_change(address, bytes);
}

}  // namespace

sched::atomic_object& at(void* address, std::size_t bytes) { return find(address, bytes); }

std::uint64_t load(void* address, std::size_t bytes, std::memory_order order,
                   std::uintptr_t caller) {
  if (bytes == 1) {
    if (const std::optional<bool> initialised = guards::look_at(address)) return *initialised;
  }
  const shadow::use_of_object use_here(address, caller);
  return sched::load(find(address, bytes), order, place_of(caller));
}

void store(void* address, std::size_t bytes, std::uint64_t value, std::memory_order order,
           std::uintptr_t caller) {
  const shadow::use_of_object use_here(address, caller);
  sched::store(find(address, bytes), value, order, place_of(caller));
}

std::uint64_t modify(void* address, std::size_t bytes, std::uint64_t operand, function by,
                     std::memory_order order, std::uintptr_t caller) {
  const shadow::use_of_object use_here(address, caller);
  return sched::modify(find(address, bytes), operand, by, order, place_of(caller));
}

bool compare_exchange(void* address, std::size_t bytes, std::uint64_t& expected,
                      std::uint64_t desired, bool weak, std::memory_order success,
                      std::memory_order failure, std::uintptr_t caller) {
  const shadow::use_of_object use_here(address, caller);
  return sched::compare_exchange(find(address, bytes), expected, desired, weak, success, failure,
                                 place_of(caller));
}

void large(void* address, bool reads, std::uintptr_t caller, void (*effect)(void* context),
           void* context) {
  static constexpr sched::monitor_type type{"atomic"};
  static constexpr sched::monitor_call load_call{.name = "load", .reads = true};
  static constexpr sched::monitor_call modify_call{.name = "modify"};
  const shadow::use_of_object use_here(address, caller);
  auto& on = objects::find_or_make<sched::monitor_object>(
      address, use::large_atomic, [&](void* memory, sched::stable_key key) {
        return new (memory) sched::monitor_object(type, address, location{}, key);
      });
  const sched::monitor_section here(on, reads ? load_call : modify_call, place_of(caller));
  effect(context);
}

}  // namespace heddle::native::atomics
