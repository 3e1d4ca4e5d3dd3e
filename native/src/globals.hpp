// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

// A whole program finds its memory as it was when its main was about to start, in every execution:
// its global variables, and what its static initialisers have allocated. Both are copied before the
// first execution and put back after each one, whoever wrote there. Variables without a symbol, and
// those of libraries, are not known as such: what instrumented code writes there is noted before it
// is written, and undone.
namespace heddle::native::globals {

// From now on. Tests leave their globals alone.
void reset_after_each_execution();
extern constinit bool wanted;
[[nodiscard]] inline bool are_reset() noexcept { return wanted; }

// User code is about to write there. Call it in a section.
void note_before_write(std::uintptr_t address, std::size_t bytes);
inline void about_to_write(std::uintptr_t address, std::size_t bytes) {
  if (wanted) note_before_write(address, bytes);
}
void reset() noexcept;

// Variables that were not copied, because they lead to memory of a library that would go another
// way than they: only what instrumented code writes there is undone.
[[nodiscard]] const std::vector<std::string>& not_copied() noexcept;

}  // namespace heddle::native::globals
