// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <iterator>
#include <new>
#include <string>
#include <utility>

#include <heddle/sched/monitor.hpp>
#include <heddle/sched/point.hpp>

#include "cells.hpp"
#include "places/places.hpp"
#include "regions.hpp"
#include "threads.hpp"
#include "user_code.hpp"

// The model objects behind the addresses that user code locks, waits on and counts with. They are
// made at their first use in an execution; their keys say where they lie, so it does not matter who
// comes first. Call these inside a section.
namespace heddle::native {

// What an address is used as.
enum class use : std::uint8_t {
  atomic,
  large_atomic,
  mutex,
  condition,
  shared_mutex,
  barrier,
  semaphore,
  once,
  guard,
  exception,
};

namespace objects {

// What there is of this use at an address. A word may have several: a static's guard is loaded as
// an atomic, too.
[[nodiscard]] sched::object*& at(std::uintptr_t address, use as);
// The same, null where there is nothing; quick for what was found lately.
[[nodiscard]] inline sched::object* find(std::uintptr_t address, use as);
[[nodiscard]] inline bool known(const void* address, use as) noexcept {
  return find(reinterpret_cast<std::uintptr_t>(address), as) != nullptr;
}
void name(sched::object& of, std::uintptr_t address);
void clear() noexcept;

// The one at `address`, made by `make(memory, key)` where there is none of this use.
template <class Object, class Make>
Object& find_or_make(const volatile void* where, use as, Make&& make) {
  const auto address = reinterpret_cast<std::uintptr_t>(where);
  if (sched::object* const known = find(address, as)) [[likely]]
    return static_cast<Object&>(*known);
  sched::object*& found = at(address, as);
  if (found == nullptr) {
    void* const memory = sched::allocate(sizeof(Object), alignof(Object));
    found = make(memory, sched::mix(locate(address).key, static_cast<std::uint64_t>(as)) &
                             ~sched::made_outside);
    if (sched::tracing()) name(*found, address);
  }
  return static_cast<Object&>(*found);
}
// The object is gone; its address may become something else.
void forget(const void* address, use as) noexcept;

// The user makes an object at `address`, or destroys the one there: it is in use no more, and what
// it was is forgotten. Nothing happens to what was never used under control.
void begin_life(const void* address, use as) noexcept;
template <class Object>
void end_life(const void* address, use as) {
  if (!in_user_code() || !known(address, as)) return;
  const section here;
  auto& on = static_cast<Object&>(*at(reinterpret_cast<std::uintptr_t>(address), as));
  sched::destroy(on);
  on.~Object();
  forget(address, as);
}

// No address has bits up there.
[[nodiscard]] inline std::uintptr_t word_of(std::uintptr_t address, use as) noexcept {
  return address | static_cast<std::uintptr_t>(as) << 56;
}

struct alignas(32) found_lately {
  std::uintptr_t word = 0;
  std::uint64_t life = 0;  // as that of shadow::cell
  sched::object* object = nullptr;
};
extern constinit found_lately lately[256];
[[nodiscard]] inline found_lately& near(std::uintptr_t word) noexcept {
  return lately[(word >> 2 ^ word >> 20) % std::size(lately)];
}
[[nodiscard]] sched::object* find_and_keep(std::uintptr_t address, use as);
inline sched::object* find(std::uintptr_t address, use as) {
  const std::uintptr_t word = word_of(address, as);
  const found_lately& known = near(word);
  if (known.word == word && known.life == shadow::cells::life(stack_owner(address))) [[likely]] {
    return known.object;
  }
  return find_and_keep(address, as);
}

}  // namespace objects
}  // namespace heddle::native
