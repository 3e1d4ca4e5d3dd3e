// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace heddle::native {

// The name of the global variable around `address`, of the module that lies at `base`, and how far
// into it that is. Empty: there is no such name.
[[nodiscard]] std::string data_symbol(std::uintptr_t address, std::uintptr_t base,
                                      std::uintptr_t& offset);

// Calls `found` for every global variable of the program itself that has a symbol, without those of
// Heddle and of the standard library.
void for_each_own_variable(
    const std::function<void(std::uintptr_t address, std::size_t bytes, std::string name)>& found);

// Does the variable of the program itself around `address` belong to the standard or the C library,
// which may be linked statically, or have their variables copied into programs?
[[nodiscard]] bool is_variable_of_library(std::uintptr_t address);

// Calls `found` for the guard of every function-local static that has a symbol.
void for_each_guard(const std::function<void(std::uintptr_t address)>& found);

}  // namespace heddle::native
