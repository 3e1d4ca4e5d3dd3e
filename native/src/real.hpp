// SPDX-License-Identifier: MIT
#pragma once

#include <dlfcn.h>

#include <atomic>

namespace heddle::native {

// The function that ours stands in front of, looked for at its first use and kept in `slot`. No
// static initialiser does this: its guard would come back to us.
[[nodiscard]] inline void* find_real(std::atomic<void*>& slot, const char* name) noexcept {
  void* found = slot.load(std::memory_order_relaxed);
  if (found == nullptr) {
    found = ::dlsym(RTLD_NEXT, name);
    slot.store(found, std::memory_order_relaxed);
  }
  return found;
}

// HEDDLE_REAL_AS(type, "name") is a function that has no declaration here;
// HEDDLE_REAL(pthread_join) is the C library's pthread_join.
#define HEDDLE_REAL_AS(type, name)                     \
  (reinterpret_cast<type>([]() noexcept {              \
    static constinit std::atomic<void*> slot{nullptr}; \
    return ::heddle::native::find_real(slot, name);    \
  }()))
#define HEDDLE_REAL(name) HEDDLE_REAL_AS(decltype(&::name), #name)

}  // namespace heddle::native
