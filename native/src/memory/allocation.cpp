// SPDX-License-Identifier: MIT
#include "memory/allocation.hpp"

#include <cerrno>

#include "callers.hpp"
#include "memory/arena.hpp"
#include "memory/libc.hpp"
#include "shadow.hpp"
#include "user_code.hpp"

namespace heddle::native {

void* allocate(std::size_t bytes, std::size_t alignment, std::uintptr_t caller) noexcept {
  const bool inside = in_user_code();
  if (inside && is_instrumented(caller)) {
    const section here;
    void* const made = arena::allocate(bytes, alignment, caller);
    if (made == nullptr) errno = ENOMEM;
    return made;
  }
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
