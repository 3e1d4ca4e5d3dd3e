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
using shadow::cell;

template <bool Write>
[[gnu::noinline]] void on_other(std::uintptr_t address, std::size_t bytes,
                                std::uintptr_t caller) noexcept {
  const section here;
  (Write ? shadow::write : shadow::read)(address, bytes, caller);
}
template <bool Write>
[[gnu::always_inline]] inline void on_access(void* where, std::size_t bytes,
                                             std::uintptr_t caller) noexcept {
  const thread_record* const self = user_thread();
  if (self == nullptr) return;
  const auto address = reinterpret_cast<std::uintptr_t>(where);
  cell* const at = shadow::near_cell<Write>(address);
  if (at == nullptr) return on_other<Write>(address, bytes, caller);
  if (shadow::is_repeated<Write>(*at, address, bytes, caller, *self)) return;
  if (address % 8 + bytes > 8) return on_other<Write>(address, bytes, caller);
  shadow::access_in_section<Write>(*at, address, bytes, caller, *self);
}
[[gnu::always_inline]] inline void on_read(void* address, std::size_t bytes,
                                           std::uintptr_t caller) noexcept {
  on_access<false>(address, bytes, caller);
}
[[gnu::always_inline]] inline void on_write(void* address, std::size_t bytes,
                                            std::uintptr_t caller) noexcept {
  on_access<true>(address, bytes, caller);
}

template <bool Write>
void on_range(void* address, std::size_t bytes, std::uintptr_t caller) noexcept {
  if (!in_user_code()) return;
  on_other<Write>(reinterpret_cast<std::uintptr_t>(address), bytes, caller);
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
