// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include <heddle/sched/location.hpp>

namespace heddle::native {

// The place in the source of what returns to `caller`: its file and line where somebody records the
// execution and the program has debug information (-g or -g1), else only something that tells it
// from others, and from the same one reached through other calls. What happens inside the standard
// library is told by the line of the user's that called it.
[[nodiscard]] location place_of(std::uintptr_t caller);

// An address in the program, equal in every process.
[[nodiscard]] std::uint32_t site_of(std::uintptr_t caller) noexcept;

// "bank.cpp:12"; empty where it is unknown.
[[nodiscard]] std::string text_of(location where);

}  // namespace heddle::native
