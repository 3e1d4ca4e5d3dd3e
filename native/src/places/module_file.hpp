// SPDX-License-Identifier: MIT
#pragma once

#include <elf.h>

#include <cstdint>
#include <string_view>
#include <vector>

// The files that the running program was loaded from, for what is not in memory: symbols of the
// linker and debug information.
namespace heddle::native {

struct module_file {
  std::uintptr_t base;  // what is added to the addresses in the file
  const char* data;     // of the whole file
  std::size_t size;

  [[nodiscard]] std::string_view section(std::string_view name) const noexcept;
};

// Of the program and of its libraries, opened at the first call.
[[nodiscard]] const std::vector<module_file>& module_files();

}  // namespace heddle::native
