// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

// A whole program finds its global variables as they were when it started, in every execution. What
// instrumented code writes there is noted before it is written, and undone at the end. (What
// library functions write there on its behalf, a memset or a sprintf, is not.)
namespace heddle::native::globals {

// From now on. Tests leave their globals alone.
void reset_after_each_execution() noexcept;
[[nodiscard]] bool are_reset() noexcept;

// User code is about to write there. Call it in a section.
void about_to_write(std::uintptr_t address, std::size_t bytes);
void undo() noexcept;

}  // namespace heddle::native::globals
