// SPDX-License-Identifier: MIT
#include "escape.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace heddle::explorers {

namespace {

// The length of the UTF-8 character at the front, and the character; 0 where it is none.
std::size_t decode(std::string_view text, std::uint32_t& character) {
  const auto byte = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at]));
  };
  const std::uint32_t first = byte(0);
  if (first < 0x80) {
    character = first;
    return 1;
  }
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
  character = first & (0xffu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
    character = character << 6 | (byte(i) & 0x3f);
  }
  constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = character >= 0xd800 && character <= 0xdfff;
  return character < least[length] || character > 0x10ffff || surrogate ? 0 : length;
}

bool turns_direction(std::uint32_t character) {
  return character == 0x200e || character == 0x200f || character == 0x61c ||
         (character >= 0x202a && character <= 0x202e) ||
         (character >= 0x2066 && character <= 0x2069);
}

bool controls(std::uint32_t character) {
  return character < 0x20 || (character >= 0x7f && character < 0xa0) || character == 0x2028 ||
         character == 0x2029 || turns_direction(character);
}

std::string printable(std::string_view text, bool one_line) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::uint32_t character = 0;
    const std::size_t length = decode(text, character);
    const bool layout = length == 1 && (character == '\n' || character == '\t');
    if (layout && one_line) {
      out += character == '\n' ? "\\n" : "\\t";
    } else if (layout || (length != 0 && !controls(character))) {
      out += text.substr(0, length);
    } else {
      for (std::size_t i = 0; i < (length == 0 ? 1 : length); ++i) {
        out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[i]));
      }
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    std::uint32_t character = 0;
    const std::size_t length = decode(text, character);
    if (length == 0) {
      out += "\\ufffd";
    } else if (character == '"' || character == '\\') {
      out += '\\';
      out += static_cast<char>(character);
    } else if (controls(character) || character == '<' || character == '>' || character == '&') {
      out += fmt::format("\\u{:04x}", character);
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out + "\"";
}

std::string printable(std::string_view text) { return printable(text, false); }
std::string printable_line(std::string_view text) { return printable(text, true); }

}  // namespace heddle::explorers
