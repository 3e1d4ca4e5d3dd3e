// SPDX-License-Identifier: MIT
#include "json_reader.hpp"

#include <cctype>
#include <cstdint>
#include <stdexcept>

namespace {

class reader {
 public:
  explicit reader(std::string_view text) : text_(text) {}
  json_value document() {
    json_value value = any();
    space();
    if (!text_.empty()) fail();
    return value;
  }

 private:
  [[noreturn]] static void fail() { throw std::runtime_error("no JSON"); }
  void space() {
    while (!text_.empty() && (text_[0] == ' ' || text_[0] == '\n')) text_.remove_prefix(1);
  }
  char next() {
    if (text_.empty()) fail();
    const char c = text_[0];
    text_.remove_prefix(1);
    return c;
  }
  void expect(char c) {
    space();
    if (next() != c) fail();
  }
  bool peek(char c) {
    space();
    return !text_.empty() && text_[0] == c;
  }
  void append(std::string& to, std::uint32_t c) {
    if (c < 0x80) {
      to += static_cast<char>(c);
    } else if (c < 0x800) {
      to += static_cast<char>(0xc0 | c >> 6);
      to += static_cast<char>(0x80 | (c & 0x3f));
    } else {
      to += static_cast<char>(0xe0 | c >> 12);
      to += static_cast<char>(0x80 | (c >> 6 & 0x3f));
      to += static_cast<char>(0x80 | (c & 0x3f));
    }
  }
  std::string string() {
    expect('"');
    std::string out;
    for (char c = next(); c != '"'; c = next()) {
      if (static_cast<unsigned char>(c) < 0x20) fail();
      if (c != '\\') {
        out += c;
        continue;
      }
      c = next();
      if (c == '"' || c == '\\' || c == '/') {
        out += c;
      } else if (c == 'u') {
        std::uint32_t code = 0;
        for (int i = 0; i < 4; ++i) {
          const char digit = next();
          if (std::isxdigit(static_cast<unsigned char>(digit)) == 0) fail();
          code = code * 16 + static_cast<std::uint32_t>(std::stoi(std::string(1, digit), nullptr, 16));
        }
        append(out, code);
      } else {
        fail();
      }
    }
    return out;
  }
  json_value any() {
    json_value value;
    if (peek('{')) {
      value.kind = json_value::type::object;
      next();
      while (!peek('}')) {
        if (!value.members.empty()) expect(',');
        space();
        std::string name = string();
        expect(':');
        if (!value.members.emplace(std::move(name), any()).second) fail();
      }
      next();
    } else if (peek('[')) {
      value.kind = json_value::type::list;
      next();
      while (!peek(']')) {
        if (!value.list.empty()) expect(',');
        value.list.push_back(any());
      }
      next();
    } else if (peek('"')) {
      value.kind = json_value::type::string;
      value.text = string();
    } else {
      while (!text_.empty() && (std::isalnum(static_cast<unsigned char>(text_[0])) != 0 ||
                                text_[0] == '-' || text_[0] == '.')) {
        value.text += next();
      }
      const bool word = value.text == "true" || value.text == "false" || value.text == "null";
      if (value.text.empty() || (!word && std::isdigit(static_cast<unsigned char>(
                                              value.text[value.text[0] == '-' ? 1 : 0])) == 0)) {
        fail();
      }
      value.kind = value.text == "null" ? json_value::type::null
                   : word               ? json_value::type::boolean
                                        : json_value::type::number;
    }
    return value;
  }
  std::string_view text_;
};

}  // namespace

std::optional<json_value> read_json(std::string_view text) {
  try {
    return reader(text).document();
  } catch (const std::runtime_error&) {
    return {};
  }
}
