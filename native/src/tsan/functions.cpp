// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

#include <heddle/sched/point.hpp>

#include "places/places.hpp"
#include "real.hpp"
#include "shadow.hpp"
#include "threads.hpp"
#include "user_code.hpp"

// The rest of what instrumented code may call.
using namespace heddle::native;

namespace {
[[gnu::noinline]] void begin_path(thread_record& self) {
  const section here;
  self.path = new (heddle::sched::allocate(sizeof(call_path), alignof(call_path))) call_path;
}
}  // namespace

extern "C" {

// is_instrumented() looks for calls of these two.
void __tsan_func_entry(void* caller) {
  thread_record* const self = user_thread();
  if (self == nullptr) return;
  if (self->path == nullptr) [[unlikely]]
    begin_path(*self);
  self->came_by = self->path->enter(site_of(reinterpret_cast<std::uintptr_t>(caller)));
}
void __tsan_func_exit() {
  thread_record* const self = user_thread();
  if (self != nullptr && self->path != nullptr) self->came_by = self->path->leave();
}
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
