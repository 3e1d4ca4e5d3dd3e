// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>

#include "brief_access.hpp"
#include "shadow.hpp"
#include "user_code.hpp"

// What the compilers' thread-sanitizer instrumentation calls before every access to memory. The
// names and signatures are theirs.
namespace {

using namespace heddle::native;

[[gnu::noinline]] void on_other_read(std::uintptr_t at, std::size_t bytes, std::uintptr_t caller,
                                     const thread_record& self) noexcept {
  if (shadow::is_brief<false>(at, bytes, caller, self)) return;
  const section here;
  shadow::read(at, bytes, caller);
}
[[gnu::noinline]] void on_other_write(std::uintptr_t at, std::size_t bytes, std::uintptr_t caller,
                                      const thread_record& self) noexcept {
  if (shadow::is_brief<true>(at, bytes, caller, self)) return;
  const section here;
  shadow::write(at, bytes, caller);
}
[[gnu::always_inline]] inline void on_read(void* address, std::size_t bytes,
                                           std::uintptr_t caller) noexcept {
  const thread_record* const self = user_thread();
  if (self == nullptr) return;
  const auto at = reinterpret_cast<std::uintptr_t>(address);
  if (!shadow::is_repeated<false>(at, bytes, caller, *self))
    on_other_read(at, bytes, caller, *self);
}
[[gnu::always_inline]] inline void on_write(void* address, std::size_t bytes,
                                            std::uintptr_t caller) noexcept {
  const thread_record* const self = user_thread();
  if (self == nullptr) return;
  const auto at = reinterpret_cast<std::uintptr_t>(address);
  if (!shadow::is_repeated<true>(at, bytes, caller, *self))
    on_other_write(at, bytes, caller, *self);
}

template <bool Write>
void on_range(void* address, std::size_t bytes, std::uintptr_t caller) noexcept {
  if (!in_user_code()) return;
  const section here;
  (Write ? shadow::write : shadow::read)(reinterpret_cast<std::uintptr_t>(address), bytes, caller);
}

}  // namespace

extern "C" {

#define HEDDLE_ACCESS(bytes)                                                                    \
  void __tsan_read##bytes(void* at) { on_read(at, bytes, HEDDLE_CALLER); }                      \
  void __tsan_write##bytes(void* at) { on_write(at, bytes, HEDDLE_CALLER); }                    \
  void __tsan_unaligned_read##bytes(void* at) { on_read(at, bytes, HEDDLE_CALLER); }            \
  void __tsan_unaligned_write##bytes(void* at) { on_write(at, bytes, HEDDLE_CALLER); }          \
  void __tsan_volatile_read##bytes(void* at) { on_read(at, bytes, HEDDLE_CALLER); }             \
  void __tsan_volatile_write##bytes(void* at) { on_write(at, bytes, HEDDLE_CALLER); }           \
  void __tsan_unaligned_volatile_read##bytes(void* at) { on_read(at, bytes, HEDDLE_CALLER); }   \
  void __tsan_unaligned_volatile_write##bytes(void* at) { on_write(at, bytes, HEDDLE_CALLER); } \
  void __tsan_read_write##bytes(void* at) {                                                     \
    on_read(at, bytes, HEDDLE_CALLER);                                                          \
    on_write(at, bytes, HEDDLE_CALLER);                                                         \
  }                                                                                             \
  void __tsan_unaligned_read_write##bytes(void* at) {                                           \
    on_read(at, bytes, HEDDLE_CALLER);                                                          \
    on_write(at, bytes, HEDDLE_CALLER);                                                         \
  }                                                                                             \
  void __tsan_read##bytes##_pc(void* at, void* pc) {                                            \
    on_read(at, bytes, reinterpret_cast<std::uintptr_t>(pc));                                   \
  }                                                                                             \
  void __tsan_write##bytes##_pc(void* at, void* pc) {                                           \
    on_write(at, bytes, reinterpret_cast<std::uintptr_t>(pc));                                  \
  }

HEDDLE_ACCESS(1)
HEDDLE_ACCESS(2)
HEDDLE_ACCESS(4)
HEDDLE_ACCESS(8)
HEDDLE_ACCESS(16)
#undef HEDDLE_ACCESS

void __tsan_read_range(void* at, std::size_t bytes) { on_range<false>(at, bytes, HEDDLE_CALLER); }
void __tsan_write_range(void* at, std::size_t bytes) { on_range<true>(at, bytes, HEDDLE_CALLER); }
void __tsan_read_range_pc(void* at, std::size_t bytes, void* pc) {
  on_range<false>(at, bytes, reinterpret_cast<std::uintptr_t>(pc));
}
void __tsan_write_range_pc(void* at, std::size_t bytes, void* pc) {
  on_range<true>(at, bytes, reinterpret_cast<std::uintptr_t>(pc));
}

// The pointer to the table of virtual functions. It is written anew by each constructor and
// destructor, most often with the value that it has: then nothing changes for a reader.
void __tsan_vptr_update(void** at, void* value) {
  if (!in_user_code() || *at == value) return;
  on_write(at, sizeof(void*), HEDDLE_CALLER);
}
void __tsan_vptr_read(void** at) { on_read(at, sizeof(void*), HEDDLE_CALLER); }

}  // extern "C"
