// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

// Reading and writing the text of a token.
namespace heddle::sched {

inline constexpr std::string_view hex_digits = "0123456789abcdef";

inline std::string hex(std::uint64_t value, int digits) {
  std::string text(static_cast<std::size_t>(digits), '0');
  for (auto at = text.rbegin(); at != text.rend(); ++at, value >>= 4) *at = hex_digits[value & 15];
  return text;
}

// Takes the text up to the next separator, and the separator, off the front.
inline std::string_view take(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view front = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return front;
}

// Throws std::invalid_argument(what) if the text is no number, or a number and something else.
inline std::uint32_t number(std::string_view text, int base, const char* what) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
    throw std::invalid_argument(what);
  }
  return value;
}

}  // namespace heddle::sched
