// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace heddle::native {

// Does this return address lie in a function that was compiled with heddle::instrument? Found out
// by looking at its code for the calls that the compiler has put there; remembered afterwards.
[[nodiscard]] bool is_instrumented(std::uintptr_t return_address) noexcept;

// Where the function around `address` begins; 0 where that is unknown.
[[nodiscard]] std::uintptr_t function_around(std::uintptr_t address) noexcept;

}  // namespace heddle::native
