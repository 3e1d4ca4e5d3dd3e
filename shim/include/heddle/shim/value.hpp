// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
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

// Of a character that can be shown: 'a'; else its number.
inline void print_character(char value, std::string& out) {
  if (value >= ' ' && value <= '~') {
    (out += '\'') += value;
    out += '\'';
  } else {
    out += std::to_string(static_cast<int>(value));
  }
}

// Of what has no better text: its bytes as one number. Numbers that look like addresses differ from
// run to run and are left out.
inline void print_hex(std::uint64_t word, std::string& out) {
  if (word >> 40 != 0 && word >> 47 == 0) {
    out += "pointer";
    return;
  }
  char digits[16];
  int count = 0;
  do {
    digits[count++] = "0123456789abcdef"[word & 15];
    word >>= 4;
  } while (word != 0);
  out += "0x";
  while (count > 0) out += digits[--count];
}

template <class T>
void print_word(std::uint64_t word, std::string& out) {
  if constexpr (!fits_word<T>) {
    // The position among the values that there have been: equal values have equal numbers.
    out += "value " + std::to_string(word + 1);
  } else if constexpr (std::is_same_v<T, bool>) {
    out += word != 0 ? "true" : "false";
  } else if constexpr (std::is_pointer_v<T>) {
    out += word == 0 ? "null" : "pointer";  // an address would differ from run to run
  } else if constexpr (std::is_enum_v<T>) {
    print_word<std::underlying_type_t<T>>(word, out);
  } else if constexpr (std::is_same_v<T, char>) {
    print_character(from_word<T>(word), out);
  } else if constexpr (std::is_arithmetic_v<T>) {
    out += std::to_string(from_word<T>(word));
  } else if constexpr (requires(const T& value) { to_string(value); }) {
    out += to_string(from_word<T>(word));
  } else if constexpr (std::has_unique_object_representations_v<T>) {
    print_hex(word, out);  // others have bytes that mean nothing
  }
}

template <class T>
constexpr sched::value_text printer() noexcept {
  return &print_word<T>;
}

// The text of a value that is no word: strings in quotes, and what has a to_string() of its own.
template <class T>
void print_value(const void* at, std::string& out) {
  const T& value = *static_cast<const T*>(at);
  if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    ((out += '"') += std::string_view(value)) += '"';
  } else if constexpr (requires { to_string(value); }) {
    out += to_string(value);
  }
}

// How a report shows plain data.
template <class T>
inline constexpr sched::plain_texts texts_of{fits_word<T> ? &print_word<T> : nullptr,
                                             fits_word<T> ? nullptr : &print_value<T>};

}  // namespace heddle::detail
