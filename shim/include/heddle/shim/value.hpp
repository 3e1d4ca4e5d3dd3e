// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

#include <heddle/sched/object.hpp>

// Values of user types as the 64-bit words that the model keeps and the reports print.
namespace heddle::detail {

template <class T>
inline constexpr bool fits_word = std::is_trivially_copyable_v<T> && sizeof(T) <= 8;

template <class T>
std::uint64_t to_word(const T& value) noexcept {
  std::uint64_t word = 0;
  if constexpr (fits_word<T>) std::memcpy(&word, &value, sizeof(T));
  return word;
}

template <class T>
T from_word(std::uint64_t word) noexcept {
  static_assert(fits_word<T>);
  T value;
  std::memcpy(static_cast<void*>(&value), &word, sizeof(T));
  return value;
}

template <class T>
void print_word(std::uint64_t word, std::string& out) {
  if constexpr (std::is_same_v<T, bool>) {
    out += word != 0 ? "true" : "false";
  } else if constexpr (std::is_pointer_v<T>) {
    out += word == 0 ? "null" : "pointer";  // an address would differ from run to run
  } else if constexpr (std::is_enum_v<T>) {
    print_word<std::underlying_type_t<T>>(word, out);
  } else if constexpr (std::is_same_v<T, char>) {
    out += std::to_string(static_cast<int>(from_word<T>(word)));
  } else {
    out += std::to_string(from_word<T>(word));
  }
}

template <class T>
constexpr sched::value_text printer() noexcept {
  if constexpr (fits_word<T> &&
                (std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_pointer_v<T>)) {
    return &print_word<T>;
  } else {
    return nullptr;
  }
}

}  // namespace heddle::detail
