// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace heddle::native {

// The name of the global variable around `address`, of the module that lies at `base`, and how far
// into it that is. Empty: there is no such name.
[[nodiscard]] std::string data_symbol(std::uintptr_t address, std::uintptr_t base,
                                      std::uintptr_t& offset);

// Calls `found` for the guard of every function-local static that has a symbol.
void for_each_guard(const std::function<void(std::uintptr_t address)>& found);

}  // namespace heddle::native
