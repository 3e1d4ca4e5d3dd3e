// SPDX-License-Identifier: MIT
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "atomics.hpp"
#include "user_code.hpp"

// Atomics of 16 bytes, and those of any size that compilers leave to a library.
namespace {

using namespace heddle::native;
__extension__ using wide = unsigned __int128;

// Calls `effect` as one operation. Outside an execution the lock of this file stands for the
// library's.
template <class Effect>
void perform(void* at, bool reads, std::uintptr_t caller, Effect effect) {
  if (!in_user_code()) {
    static constinit bool taken = false;
    while (__atomic_test_and_set(&taken, __ATOMIC_ACQUIRE)) {
    }
    effect();
    __atomic_clear(&taken, __ATOMIC_RELEASE);
    return;
  }
  const section here;
  atomics::large(
      at, reads, caller, [](void* of) { (*static_cast<Effect*>(of))(); }, &effect);
}
template <class F>
wide modify(volatile wide* at, wide operand, std::uintptr_t caller, F function) {
  wide before = 0;
  auto* const cell = const_cast<wide*>(at);
  perform(cell, false, caller, [&] {
    before = *cell;
    *cell = function(before, operand);
  });
  return before;
}
bool compare_exchange(void* at, void* expected, const void* desired, std::size_t bytes,
                      std::uintptr_t caller) {
  bool equal = false;
  perform(at, false, caller, [&] {
    equal = std::memcmp(at, expected, bytes) == 0;
    std::memcpy(equal ? at : expected, equal ? desired : at, bytes);
  });
  return equal;
}

}  // namespace

extern "C" {

wide __tsan_atomic128_load(const volatile wide* at, int) {
  wide value = 0;
  auto* const cell = const_cast<wide*>(at);
  perform(cell, true, HEDDLE_CALLER, [&] { value = *cell; });
  return value;
}
void __tsan_atomic128_store(volatile wide* at, wide value, int) {
  modify(at, value, HEDDLE_CALLER, [](wide, wide b) { return b; });
}
#define HEDDLE_MODIFY(name, expression)                                                         \
  wide __tsan_atomic128_##name(volatile wide* at, wide value, int) {                            \
    return modify(at, value, HEDDLE_CALLER, [](wide a, wide b) -> wide { return expression; }); \
  }
HEDDLE_MODIFY(exchange, ((void)a, b))
HEDDLE_MODIFY(fetch_add, a + b)
HEDDLE_MODIFY(fetch_sub, a - b)
HEDDLE_MODIFY(fetch_and, a& b)
HEDDLE_MODIFY(fetch_or, a | b)
HEDDLE_MODIFY(fetch_xor, a ^ b)
HEDDLE_MODIFY(fetch_nand, ~(a& b))
#undef HEDDLE_MODIFY
int __tsan_atomic128_compare_exchange_strong(volatile wide* at, wide* expected, wide desired, int,
                                             int) {
  return compare_exchange(const_cast<wide*>(at), expected, &desired, sizeof desired, HEDDLE_CALLER);
}
int __tsan_atomic128_compare_exchange_weak(volatile wide* at, wide* expected, wide desired, int,
                                           int) {
  return compare_exchange(const_cast<wide*>(at), expected, &desired, sizeof desired, HEDDLE_CALLER);
}
wide __tsan_atomic128_compare_exchange_val(volatile wide* at, wide expected, wide desired, int,
                                           int) {
  compare_exchange(const_cast<wide*>(at), &expected, &desired, sizeof desired, HEDDLE_CALLER);
  return expected;
}

// The library's own names are builtins of the compilers: ours get them by another way.
void heddle_atomic_load(std::size_t bytes, void* at, void* result, int) __asm__("__atomic_load");
void heddle_atomic_store(std::size_t bytes, void* at, void* value, int) __asm__("__atomic_store");
void heddle_atomic_exchange(std::size_t bytes, void* at, void* value, void* result,
                            int) __asm__("__atomic_exchange");
bool heddle_atomic_compare_exchange(std::size_t bytes, void* at, void* expected, void* desired, int,
                                    int) __asm__("__atomic_compare_exchange");
bool heddle_atomic_is_lock_free(std::size_t bytes, const void* at) __asm__("__atomic_is_lock_free");

void heddle_atomic_load(std::size_t bytes, void* at, void* result, int) {
  perform(at, true, HEDDLE_CALLER, [&] { std::memcpy(result, at, bytes); });
}
void heddle_atomic_store(std::size_t bytes, void* at, void* value, int) {
  perform(at, false, HEDDLE_CALLER, [&] { std::memcpy(at, value, bytes); });
}
void heddle_atomic_exchange(std::size_t bytes, void* at, void* value, void* result, int) {
  perform(at, false, HEDDLE_CALLER, [&] {
    std::memcpy(result, at, bytes);
    std::memcpy(at, value, bytes);
  });
}
bool heddle_atomic_compare_exchange(std::size_t bytes, void* at, void* expected, void* desired, int,
                                    int) {
  return compare_exchange(at, expected, desired, bytes, HEDDLE_CALLER);
}

// clang asks for what it cannot tell by itself.
bool heddle_atomic_is_lock_free(std::size_t bytes, const void*) {
  return bytes <= sizeof(std::uint64_t) && std::has_single_bit(bytes);
}

}  // extern "C"
