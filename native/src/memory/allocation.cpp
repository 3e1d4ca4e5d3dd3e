// SPDX-License-Identifier: MIT
#include "memory/allocation.hpp"

#include <atomic>
#include <cerrno>

#include "callers.hpp"
#include "globals.hpp"
#include "heddle/native/program.hpp"
#include "memory/arena.hpp"
#include "memory/libc.hpp"
#include "shadow.hpp"
#include "user_code.hpp"

namespace heddle::native {

namespace {
// Is it instrumented code of a whole program that asks, before anything is explored? Finding out
// may allocate.
bool is_of_start(std::uintptr_t caller) noexcept {
  static constinit std::atomic_flag asking;
  if (&heddle_native_runner == nullptr || globals::are_reset() || asking.test_and_set())
    return false;
  const bool result = is_instrumented(caller);
  asking.clear();
  return result;
}
}  // namespace

void* allocate(std::size_t bytes, std::size_t alignment, std::uintptr_t caller) noexcept {
  const bool inside = in_user_code();
  if (inside && is_instrumented(caller)) {
    const section here;
    void* const made = arena::allocate(bytes, alignment, caller);
    if (made == nullptr) errno = ENOMEM;
    return made;
  }
  if (!inside && is_of_start(caller)) return arena::allocate_at_start(bytes, alignment, caller);
  void* const made = alignment <= alignof(std::max_align_t) ? __libc_malloc(bytes)
                                                            : __libc_memalign(alignment, bytes);
  if (inside && made != nullptr) {
    const section here;
    shadow::forget(reinterpret_cast<std::uintptr_t>(made), bytes);
  }
  return made;
}

void deallocate(void* memory, std::uintptr_t caller) noexcept {
  if (!arena::contains(memory)) return __libc_free(memory);
  const bool inside = in_user_code();
  const section here;
  arena::free(memory, inside ? caller : 0);
}

}  // namespace heddle::native
