// SPDX-License-Identifier: MIT
#include "guards.hpp"

#include <cstdint>
#include <unordered_set>

#include <heddle/sched/lender.hpp>
#include <heddle/sched/monitor.hpp>

#include "callers.hpp"
#include "globals.hpp"
#include "objects.hpp"
#include "places/symbols.hpp"
#include "user_code.hpp"

namespace heddle::native::guards {

namespace {

// Those that have a name in the symbol tables, and those that somebody has tried to acquire.
std::unordered_set<const void*>& all() {
  static std::unordered_set<const void*>* const made = [] {
    auto* const found = new std::unordered_set<const void*>;
    for_each_guard([&](std::uintptr_t at) { found->insert(reinterpret_cast<const void*>(at)); });
    return found;
  }();
  return *made;
}

// Level 0: it is being initialised.
constexpr sched::monitor_type type{"static initialisation"};
constexpr sched::monitor_call waits{
    .name = "wait for a static", .reads = true, .need = {.which = 0, .most = 0}, .releases = false};
constexpr sched::monitor_call ends{.name = "static initialised", .acquires = false};

sched::monitor_object& at(const void* guard) {
  return objects::find_or_make<sched::monitor_object>(
      guard, use::guard, [](void* memory, sched::stable_key key) {
        return new (memory) sched::monitor_object(type, nullptr, location{}, key);
      });
}
bool is_initialised(const void* guard) noexcept { return *static_cast<const char*>(guard) != 0; }

// True: it is for the caller to do.
bool begin(const void* guard, std::uintptr_t caller) {
  all().insert(guard);
  sched::monitor_object& on = at(guard);
  const location where = place_of(caller);
  while (!is_initialised(guard)) {
    if (on.level[0] == 0) {
      on.level[0] = 1;
      on.holder = sched::this_thread();
      on.acquired = where;
      return true;
    }
    const sched::monitor_section here(on, waits, where);
  }
  sched::acquire_from(on.released);
  return false;
}

// Nobody waits: then nobody can tell when it happens either.
void end(void* guard, bool done, std::uintptr_t caller) {
  sched::monitor_object& on = at(guard);
  if (on.pending != nullptr) {
    const sched::monitor_section here(on, ends, place_of(caller));
    on.level[0] = 0;
  } else {
    sched::release_to(on.released);
    on.level[0] = 0;
  }
  on.holder = sched::no_thread;
  if (!done) return;
  globals::about_to_write(reinterpret_cast<std::uintptr_t>(guard), 1);
  *static_cast<char*>(guard) = 1;
}

}  // namespace

std::optional<bool> look_at(const void* address) {
  if (!all().contains(address)) return std::nullopt;
  const bool done = is_initialised(address);
  if (done && objects::known(address, use::guard)) sched::acquire_from(at(address).released);
  return done;
}

}  // namespace heddle::native::guards

namespace {

using namespace heddle::native;

// Outside executions, and for code that is not instrumented: the second byte is a lock.
int acquire_outside(std::int64_t* guard) noexcept {
  auto* const bytes = reinterpret_cast<unsigned char*>(guard);
  for (;;) {
    if (__atomic_load_n(&bytes[0], __ATOMIC_ACQUIRE) != 0) return 0;
    unsigned char free = 0;
    if (__atomic_compare_exchange_n(&bytes[1], &free, 1, false, __ATOMIC_ACQ_REL,
                                    __ATOMIC_ACQUIRE)) {
      if (__atomic_load_n(&bytes[0], __ATOMIC_ACQUIRE) == 0) return 1;
      __atomic_store_n(&bytes[1], 0, __ATOMIC_RELEASE);
      return 0;
    }
    __builtin_ia32_pause();
  }
}
void end_outside(std::int64_t* guard, bool done) noexcept {
  auto* const bytes = reinterpret_cast<unsigned char*>(guard);
  if (done) __atomic_store_n(&bytes[0], 1, __ATOMIC_RELEASE);
  __atomic_store_n(&bytes[1], 0, __ATOMIC_RELEASE);
}

}  // namespace

namespace __cxxabiv1 {

extern "C" int __cxa_guard_acquire(std::int64_t* guard) {
  if (!in_user_code() || !is_instrumented(HEDDLE_CALLER)) return acquire_outside(guard);
  const section here;
  return guards::begin(guard, HEDDLE_CALLER) ? 1 : 0;
}

extern "C" void __cxa_guard_release(std::int64_t* guard) noexcept {
  if (!in_user_code() || !objects::known(guard, use::guard)) return end_outside(guard, true);
  const section here;
  guards::end(guard, true, HEDDLE_CALLER);
}

extern "C" void __cxa_guard_abort(std::int64_t* guard) noexcept {
  if (!in_user_code() || !objects::known(guard, use::guard)) return end_outside(guard, false);
  const section here;
  guards::end(guard, false, HEDDLE_CALLER);
}

}  // namespace __cxxabiv1
