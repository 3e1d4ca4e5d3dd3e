// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <type_traits>

// The operations of fetch_add and its like, and for which types they are there.
namespace heddle::detail {

template <class T>
concept atomic_integral = std::is_integral_v<T> && !std::is_same_v<std::remove_cv_t<T>, bool>;
template <class T>
concept atomic_pointer = std::is_pointer_v<T> && std::is_object_v<std::remove_pointer_t<T>>;
template <class T>
concept atomic_addable = atomic_integral<T> || std::is_floating_point_v<T> || atomic_pointer<T>;
template <class T>
concept atomic_countable = atomic_integral<T> || atomic_pointer<T>;

// The member type difference_type, where there is one.
template <class T>
struct atomic_difference {};
template <class T>
requires(atomic_integral<T> || std::is_floating_point_v<T>) struct atomic_difference<T> {
  using difference_type = T;
};
template <atomic_pointer T>
struct atomic_difference<T> {
  using difference_type = std::ptrdiff_t;
};
template <class T>
struct operand_of {
  using type = T;
};
template <atomic_pointer T>
struct operand_of<T> {
  using type = std::ptrdiff_t;
};
template <class T>
using operand_t = typename operand_of<T>::type;

// Arithmetic wraps around as the standard demands of atomics, also for signed types.
struct wrapping_add {
  template <class T>
  T operator()(T a, operand_t<T> b) const noexcept {
    if constexpr (std::is_integral_v<T>) {
      using U = std::make_unsigned_t<T>;
      return static_cast<T>(static_cast<U>(static_cast<U>(a) + static_cast<U>(b)));
    } else {
      return a + b;
    }
  }
};
struct wrapping_subtract {
  template <class T>
  T operator()(T a, operand_t<T> b) const noexcept {
    if constexpr (std::is_integral_v<T>) {
      using U = std::make_unsigned_t<T>;
      return static_cast<T>(static_cast<U>(static_cast<U>(a) - static_cast<U>(b)));
    } else {
      return a - b;
    }
  }
};
struct bit_and {
  template <class T>
  T operator()(T a, T b) const noexcept {
    return static_cast<T>(a & b);
  }
};
struct bit_or {
  template <class T>
  T operator()(T a, T b) const noexcept {
    return static_cast<T>(a | b);
  }
};
struct bit_xor {
  template <class T>
  T operator()(T a, T b) const noexcept {
    return static_cast<T>(a ^ b);
  }
};

}  // namespace heddle::detail
