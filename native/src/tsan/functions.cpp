// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "real.hpp"
#include "shadow.hpp"
#include "user_code.hpp"

// The rest of what instrumented code may call.
using namespace heddle::native;

extern "C" {

void __tsan_func_entry(void*) {}  // is_instrumented() looks for calls of these two
void __tsan_func_exit() {}
void __tsan_ignore_thread_begin() {}
void __tsan_ignore_thread_end() {}

// Later compilers call these for memcpy and its like, earlier ones the functions themselves.
void* __tsan_memcpy(void* to, const void* from, std::size_t bytes) {
  if (in_user_code() && bytes != 0) {
    const section here;
    shadow::read(reinterpret_cast<std::uintptr_t>(from), bytes, HEDDLE_CALLER);
    shadow::write(reinterpret_cast<std::uintptr_t>(to), bytes, HEDDLE_CALLER);
  }
  return std::memcpy(to, from, bytes);
}
void* __tsan_memmove(void* to, const void* from, std::size_t bytes) {
  if (in_user_code() && bytes != 0) {
    const section here;
    shadow::read(reinterpret_cast<std::uintptr_t>(from), bytes, HEDDLE_CALLER);
    shadow::write(reinterpret_cast<std::uintptr_t>(to), bytes, HEDDLE_CALLER);
  }
  return std::memmove(to, from, bytes);
}
void* __tsan_memset(void* to, int value, std::size_t bytes) {
  if (in_user_code() && bytes != 0) {
    const section here;
    shadow::write(reinterpret_cast<std::uintptr_t>(to), bytes, HEDDLE_CALLER);
  }
  return std::memset(to, value, bytes);
}

}  // extern "C"
