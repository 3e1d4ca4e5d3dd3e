// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "memory/arena.hpp"

namespace heddle::native {

// The first that nothing leads to, neither a global variable nor the OS thread's stack; null: there
// is none. Then sets `reachable` in all that may still be wanted: every aligned word is taken for a
// pointer, those of the C library's heap as well.
[[nodiscard]] const block* find_leak(const std::vector<block*>& blocks);

// The environment may say that memory which is never freed is nobody's business: HEDDLE_LEAKS=off.
[[nodiscard]] bool leaks_are_failures() noexcept;

// Is there a word that may be a pointer into the C library's heap, where libraries keep what is
// theirs?
[[nodiscard]] bool leads_to_heap(std::uintptr_t begin, std::uintptr_t end);

// " of T1", or " of static initialisers".
[[nodiscard]] std::string owner_of(const block& of);
// "16 bytes, block 2 of T1, allocated at bank.cpp:12".
[[nodiscard]] std::string describe_block(const block& of);

}  // namespace heddle::native
