// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstring>
#include <deque>

#include <heddle/shim/value.hpp>

namespace heddle::detail {

// Compare-exchange compares values: padding does not count.
template <class T>
T without_padding(T value) noexcept {
#if defined(__has_builtin)
#if __has_builtin(__builtin_clear_padding)
  if constexpr (!std::is_scalar_v<T> && !std::has_unique_object_representations_v<T>) {
    __builtin_clear_padding(&value);
  }
#endif
#endif
  return value;
}

// The model holds values as words. Types that do not fit are kept in a table, and their position in
// it is the word; equal representations share a position, so comparing words compares values.
template <class T, bool Fits = fits_word<T>>
class atomic_words {
 public:
  std::uint64_t encode(const T& value) noexcept { return to_word(without_padding(value)); }
  T decode(std::uint64_t word) const noexcept { return from_word<T>(word); }
};

template <class T>
class atomic_words<T, false> {
 public:
  std::uint64_t encode(const T& given) {
    const T value = without_padding(given);
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (std::memcmp(&values_[i], &value, sizeof(T)) == 0) return i;
    }
    values_.push_back(value);
    return values_.size() - 1;
  }
  T decode(std::uint64_t word) const { return values_[static_cast<std::size_t>(word)]; }

 private:
  std::deque<T> values_;
};

}  // namespace heddle::detail
