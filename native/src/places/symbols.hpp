// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace heddle::native {

// The name of the global variable around `address`, of the module that lies at `base`, and how far
// into it that is. Empty: there is no such name.
[[nodiscard]] std::string data_symbol(std::uintptr_t address, std::uintptr_t base,
                                      std::uintptr_t& offset);

}  // namespace heddle::native
