// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace heddle {

// A place in the user's source. Two words, passed by value and kept as pointers: text is made only
// for a report. (clang 14 has no std::source_location; the builtins work on every compiler we
// know.)
struct location {
  const char* file = nullptr;  // static storage; null where the place is unknown
  std::uint32_t line = 0;      // 1-based; 0 where unknown
  // Where it comes from machine code: the offset in its module, equal in every process. Lines are
  // then known in a recorded execution only, and this tells places apart in all.
  std::uint32_t site = 0;

  // As a default argument this names the caller's line.
  static constexpr location current(const char* file = __builtin_FILE(),
                                    std::uint32_t line = __builtin_LINE()) noexcept {
    return {file, line, 0};
  }
  // The machine code behind a call, where an operator that takes no default argument returns to: a
  // report finds the line, if the program has debug information. `file` is no text then.
  static location of_code(const void* returns_to) noexcept {
    return {static_cast<const char*>(returns_to), in_code};
  }
  static constexpr std::uint32_t in_code = 0xffff'ffff;

  [[nodiscard]] constexpr bool known() const noexcept { return file != nullptr; }
  friend constexpr bool operator==(const location&, const location&) = default;
};

// For operators, which are to know where they are used: they are not inlined, and give this.
#define HEDDLE_OPERATOR [[gnu::noinline]]
#define HEDDLE_USED_AT ::heddle::location::of_code(__builtin_return_address(0))

}  // namespace heddle
