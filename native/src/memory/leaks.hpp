// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "memory/arena.hpp"

namespace heddle::native {

// Sets `reachable` in those that a global variable, or a reachable one, may point into. Every aligned
// word is taken for a pointer, so nothing in use is missed.
void mark_reachable(const std::vector<block*>& blocks);

// The environment may say that memory which is never freed is nobody's business: HEDDLE_LEAKS=off.
[[nodiscard]] bool look_for_leaks() noexcept;

// "16 bytes, block 2 of T1, allocated at bank.cpp:12".
[[nodiscard]] std::string describe_block(const block& of);

}  // namespace heddle::native
