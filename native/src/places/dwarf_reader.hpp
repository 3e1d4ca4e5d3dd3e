// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace heddle::native {

// Reads the encodings of DWARF, never past the end: there everything is zero.
class dwarf_reader {
 public:
  explicit dwarf_reader(std::string_view from) noexcept : left_(from) {}

  [[nodiscard]] bool at_end() const noexcept { return left_.empty(); }
  void skip(std::uint64_t bytes) noexcept { left_.remove_prefix(clamp(bytes)); }
  [[nodiscard]] dwarf_reader skipped(std::uint64_t bytes) const noexcept {
    return dwarf_reader(left_.substr(clamp(bytes)));
  }
  [[nodiscard]] dwarf_reader limited(std::uint64_t bytes) const noexcept {
    return dwarf_reader(left_.substr(0, clamp(bytes)));
  }

  template <class T>
  T fixed() noexcept {
    T value{};
    if (left_.size() < sizeof value) {
      left_ = {};
      return value;
    }
    std::memcpy(&value, left_.data(), sizeof value);
    left_.remove_prefix(sizeof value);
    return value;
  }
  std::uint64_t unsigned_leb() noexcept {
    std::uint64_t value = 0;
    for (unsigned shift = 0; !at_end(); shift += 7) {
      const auto byte = fixed<std::uint8_t>();
      if (shift < 64) value |= std::uint64_t{byte & 0x7fu} << shift;
      if ((byte & 0x80) == 0) break;
    }
    return value;
  }
  std::int64_t signed_leb() noexcept {
    std::uint64_t value = 0;
    unsigned shift = 0;
    std::uint8_t byte = 0;
    do {
      byte = fixed<std::uint8_t>();
      if (shift < 64) value |= std::uint64_t{byte & 0x7fu} << shift;
      shift += 7;
    } while ((byte & 0x80) != 0 && !at_end());
    if (shift < 64 && (byte & 0x40) != 0) value |= ~std::uint64_t{0} << shift;
    return static_cast<std::int64_t>(value);
  }
  std::string_view text() noexcept {
    const std::string_view found = left_.substr(0, left_.find('\0'));
    skip(found.size() + 1);
    return found;
  }

 private:
  [[nodiscard]] std::size_t clamp(std::uint64_t bytes) const noexcept {
    return std::min<std::uint64_t>(bytes, left_.size());
  }
  std::string_view left_;
};

}  // namespace heddle::native
