// SPDX-License-Identifier: MIT
#include <atomic>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include <heddle/sched/thread_hooks.hpp>

#include "atomics.hpp"
#include "places/places.hpp"
#include "tsan/orders.hpp"
#include "user_code.hpp"

// Atomic operations of 1, 2, 4 and 8 bytes, as instrumented code makes them. Outside an execution
// they are what they say.
namespace {

using namespace heddle::native;

template <class T>
T load(const volatile T* at, int order, std::uintptr_t caller) {
  if (!in_user_code()) return __atomic_load_n(at, __ATOMIC_SEQ_CST);
  const section here;
  return static_cast<T>(atomics::load(const_cast<T*>(at), sizeof(T), order_of(order), caller));
}
template <class T>
void store(volatile T* at, T value, int order, std::uintptr_t caller) {
  if (!in_user_code()) return __atomic_store_n(at, value, __ATOMIC_SEQ_CST);
  const section here;
  atomics::store(const_cast<T*>(at), sizeof(T), value, order_of(order), caller);
}
// `f` of the value and the operand, as a function of words.
template <class T, class F>
T modify(volatile T* at, T operand, F, int order, std::uintptr_t caller) {
  if (!in_user_code()) {
    T before = __atomic_load_n(at, __ATOMIC_SEQ_CST);
    while (!__atomic_compare_exchange_n(at, &before, static_cast<T>(F()(before, operand)), false,
                                        __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
    }
    return before;
  }
  const section here;
  const auto function = [](std::uint64_t value, std::uint64_t with) -> std::uint64_t {
    return static_cast<T>(F()(static_cast<T>(value), static_cast<T>(with)));
  };
  return static_cast<T>(
      atomics::modify(const_cast<T*>(at), sizeof(T), operand, function, order_of(order), caller));
}
template <class T>
bool compare_exchange(volatile T* at, T* expected, T desired, bool weak, int success, int failure,
                      std::uintptr_t caller) {
  if (!in_user_code()) {
    return __atomic_compare_exchange_n(at, expected, desired, weak, __ATOMIC_SEQ_CST,
                                       __ATOMIC_SEQ_CST);
  }
  const section here;
  std::uint64_t found = *expected;
  const bool exchanged =
      atomics::compare_exchange(const_cast<T*>(at), sizeof(T), found, desired, weak,
                                order_of(success), order_of(failure), caller);
  if (!exchanged) *expected = static_cast<T>(found);
  return exchanged;
}

// The compilers compute in int; only the low bits are kept.
struct exchange {
  auto operator()(auto, auto b) const { return b; }
};
struct add {
  auto operator()(auto a, auto b) const { return static_cast<std::uint64_t>(a) + b; }
};
struct subtract {
  auto operator()(auto a, auto b) const { return static_cast<std::uint64_t>(a) - b; }
};
struct bit_and {
  auto operator()(auto a, auto b) const { return a & b; }
};
struct bit_or {
  auto operator()(auto a, auto b) const { return a | b; }
};
struct bit_xor {
  auto operator()(auto a, auto b) const { return a ^ b; }
};
struct bit_nand {
  auto operator()(auto a, auto b) const { return ~(a & b); }
};

}  // namespace

extern "C" {

#define HEDDLE_MODIFY(bits, name, function)                                                \
  std::uint##bits##_t __tsan_atomic##bits##_##name(volatile std::uint##bits##_t* at,       \
                                                   std::uint##bits##_t value, int order) { \
    return modify(at, value, function(), order, HEDDLE_CALLER);                            \
  }
#define HEDDLE_ATOMIC(bits)                                                                        \
  std::uint##bits##_t __tsan_atomic##bits##_load(const volatile std::uint##bits##_t* at,           \
                                                 int order) {                                      \
    return load(at, order, HEDDLE_CALLER);                                                         \
  }                                                                                                \
  void __tsan_atomic##bits##_store(volatile std::uint##bits##_t* at, std::uint##bits##_t value,    \
                                   int order) {                                                    \
    store(at, value, order, HEDDLE_CALLER);                                                        \
  }                                                                                                \
  HEDDLE_MODIFY(bits, exchange, exchange)                                                          \
  HEDDLE_MODIFY(bits, fetch_add, add)                                                              \
  HEDDLE_MODIFY(bits, fetch_sub, subtract)                                                         \
  HEDDLE_MODIFY(bits, fetch_and, bit_and)                                                          \
  HEDDLE_MODIFY(bits, fetch_or, bit_or)                                                            \
  HEDDLE_MODIFY(bits, fetch_xor, bit_xor)                                                          \
  HEDDLE_MODIFY(bits, fetch_nand, bit_nand)                                                        \
  int __tsan_atomic##bits##_compare_exchange_strong(                                               \
      volatile std::uint##bits##_t* at, std::uint##bits##_t* expected,                             \
      std::uint##bits##_t desired, int success, int failure) {                                     \
    return compare_exchange(at, expected, desired, false, success, failure, HEDDLE_CALLER);        \
  }                                                                                                \
  int __tsan_atomic##bits##_compare_exchange_weak(                                                 \
      volatile std::uint##bits##_t* at, std::uint##bits##_t* expected,                             \
      std::uint##bits##_t desired, int success, int failure) {                                     \
    return compare_exchange(at, expected, desired, true, success, failure, HEDDLE_CALLER);         \
  }                                                                                                \
  std::uint##bits##_t __tsan_atomic##bits##_compare_exchange_val(                                  \
      volatile std::uint##bits##_t* at, std::uint##bits##_t expected, std::uint##bits##_t desired, \
      int success, int failure) {                                                                  \
    compare_exchange(at, &expected, desired, false, success, failure, HEDDLE_CALLER);              \
    return expected;                                                                               \
  }

HEDDLE_ATOMIC(8)
HEDDLE_ATOMIC(16)
HEDDLE_ATOMIC(32)
HEDDLE_ATOMIC(64)
#undef HEDDLE_ATOMIC
#undef HEDDLE_MODIFY

void __tsan_atomic_thread_fence(int order) {
  if (!in_user_code()) return __atomic_thread_fence(__ATOMIC_SEQ_CST);
  const section here;
  heddle::sched::fence(order_of(order), place_of(HEDDLE_CALLER));
}
void __tsan_atomic_signal_fence(int) { __atomic_signal_fence(__ATOMIC_SEQ_CST); }

}  // extern "C"
