// SPDX-License-Identifier: MIT
#include "guards.hpp"

#include <dlfcn.h>

#include <cstdint>
#include <unordered_set>

#include <heddle/sched/lender.hpp>

#include "callers.hpp"
#include "objects.hpp"
#include "once.hpp"
#include "user_code.hpp"

// Function-local statics: who comes first initialises, the others wait.
namespace heddle::native::guards {

// Those that an execution has initialised, this one or an earlier one.
static std::unordered_set<const void*>& all() {
  static std::unordered_set<const void*>* const made = new std::unordered_set<const void*>;
  return *made;
}

bool is_done(const void* guard) {
  if (*static_cast<const char*>(guard) == 0 || !all().contains(guard)) return false;
  if (objects::known(guard, use::once)) {
    sched::acquire_from(once::at(guard).released);
  }
  return true;
}

}  // namespace heddle::native::guards

namespace {

using namespace heddle::native;
using heddle::location;

// Outside executions, and for code that is not instrumented. One lock for all: nobody waits long.
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

// The byte that inline code looks at says: initialised. The next one is ours outside executions.
extern "C" int __cxa_guard_acquire(std::int64_t* guard) {
  if (!in_user_code() || !is_instrumented(HEDDLE_CALLER)) return acquire_outside(guard);
  const section here;
  if (*reinterpret_cast<const char*>(guard) != 0 && !objects::known(guard, use::once)) return 0;
  guards::all().insert(guard);
  return once::begin(guard, HEDDLE_CALLER) ? 1 : 0;
}

extern "C" void __cxa_guard_release(std::int64_t* guard) noexcept {
  if (!in_user_code() || !objects::known(guard, use::once)) return end_outside(guard, true);
  const section here;
  once::end(guard, true, HEDDLE_CALLER);
  *reinterpret_cast<char*>(guard) = 1;
}

extern "C" void __cxa_guard_abort(std::int64_t* guard) noexcept {
  if (!in_user_code() || !objects::known(guard, use::once)) return end_outside(guard, false);
  const section here;
  once::end(guard, false, HEDDLE_CALLER);
}

}  // namespace __cxxabiv1
