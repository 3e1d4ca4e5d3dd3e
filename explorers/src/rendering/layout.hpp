// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "heddle/explorers/text_style.hpp"

namespace heddle::explorers {

// Fits text to a style: breaks long lines between words, colours what matters.
class layout {
 public:
  explicit layout(const text_style& style) noexcept : style_(style) {}
  [[nodiscard]] std::string bad(std::string text) const { return coloured("1;31", text); }
  [[nodiscard]] std::string strange(std::string text) const { return coloured("33", text); }
  [[nodiscard]] std::string strong(std::string text) const { return coloured("1", text); }
  // Lines longer than the width are broken between words, and go on a little further in.
  [[nodiscard]] std::string wrapped(std::string_view lines) const;
  // Thread columns: preemptions and the failure stand out.
  [[nodiscard]] std::string marked(std::string columns) const;

 private:
  [[nodiscard]] std::string coloured(const char* code, const std::string& text) const;
  const text_style style_;
};

}  // namespace heddle::explorers
