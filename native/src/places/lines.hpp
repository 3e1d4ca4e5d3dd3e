// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

// The line tables of the debug information (DWARF 4 and 5, section .debug_line), read when the
// first report needs them.
namespace heddle::native {

struct line_row {
  std::uintptr_t address;
  std::uint32_t file;  // an index of our own
  std::uint32_t line;
  bool ends;  // no code from here on
};

// The row that says where the code at `address` comes from; null: nothing does.
[[nodiscard]] const line_row* row_of(std::uintptr_t address);
[[nodiscard]] const line_row* row_before(const line_row* row);  // in the same piece of code
[[nodiscard]] const char* file_of(const line_row& row);         // lives for ever

}  // namespace heddle::native
